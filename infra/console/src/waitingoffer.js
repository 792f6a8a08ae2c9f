// A time is offered by hand: the free ones that suit them first, or all.

import { html, useEffect, useRef, useState } from "../vendor/htm-preact.js";
import { get, newKey, post, serverNow } from "./api.js";
import { daysAfter } from "./calendar.js";
import { Ask, Choice } from "./dialogs.js";
import { t } from "./i18n.js";
import { Problem } from "./parts.js";
import { Tick } from "./ticks.js";
import { dateAndTime, dayOf } from "./time.js";
import { pathOf } from "./waitingentry.js";

const DAYS = 28;
const MOST_SHOWN = 40;
const HOUR_MS = 3_600_000;
/** Where the parts of a day end, as the server has them. */
const ENDS = [["morning", "12:00"], ["midday", "15:00"], ["afternoon", "18:00"], ["evening", "24:00"]];

/** Whether a free time is one that they have asked for. */
export function suits(slot, { practitioners, weekdays, parts, earliest, latest }) {
  const [day, time] = slot.local_start.split("T");
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  const part = ENDS.find(([, ends]) => time < ends)[0];
  const among = (one, wanted) => wanted.length === 0 || wanted.includes(one);
  return among(slot.practitioner_id, practitioners) && among(weekday, weekdays) && among(part, parts) && (!earliest || day >= earliest) && (!latest || day <= latest);
}

const keyOf = (slot) => `${slot.practitioner_id}/${slot.start}`;

export function OfferDialog({ entry, onDone, onClose }) {
  const { slots, error } = useSlots(entry);
  const [all, setAll] = useState(false);
  const [chosen, setChosen] = useState("");
  const [busy, offer] = useOffering(entry, onDone);
  const shown = (slots ?? []).filter((one) => all || suits(one, entry)).slice(0, MOST_SHOWN);
  const slot = shown.find((one) => keyOf(one) === chosen);
  return html`
    <${Ask} title=${t("waiting.offer")} action=${t("waiting.offer_now")} busy=${busy} ready=${slot} onSubmit=${() => offer(slot)} onClose=${onClose}>
      <p>${t("waiting.offer_lead", { name: entry.patient_name || t("contact.unnamed") })}</p>
      <${Tick} label=${t("waiting.offer_all")} checked=${all} onChange=${setAll} />
      <${Problem} error=${error} />
      ${!slots && !error && html`<p role="status">${t("state.loading")}</p>`}
      ${slots && shown.length === 0 && html`<p class="faint" role="status">${t(slots.length > 0 ? "waiting.none_suits" : "waiting.none_free")}</p>`}
      ${shown.length > 0 &&
      html`
        <fieldset class="waiting-times">
          <legend>${t("waiting.free")}</legend>
          ${shown.map((one) => html`<${Choice} key=${keyOf(one)} name="slot" value=${keyOf(one)} chosen=${chosen} onChoose=${setChosen}>${dateAndTime(one.start)} <small><bdi>${one.practitioner}</bdi></small><//>`)}
        </fieldset>
      `}
    <//>
  `;
}

/** The free times for their type of visit, from an hour on: a sooner one needs a call. */
function useSlots(entry) {
  const [state, setState] = useState({ slots: null, error: null });
  useEffect(() => {
    const soon = serverNow() + HOUR_MS;
    const from = new Date(soon).toISOString();
    const until = `${daysAfter(dayOf(soon), DAYS)}T00:00:00Z`;
    get(`/slots?type=${encodeURIComponent(entry.type_id)}&from=${encodeURIComponent(from)}&until=${encodeURIComponent(until)}`)
      .then(({ items }) => setState({ slots: items, error: null }))
      .catch((error) => setState({ slots: null, error }));
  }, []);
  return state;
}

/** Offers a time; the same one keeps its key, so that pressed again after a lost answer it is asked once. */
function useOffering(entry, onDone) {
  const [busy, setBusy] = useState(false);
  const wish = useRef({ key: "", slot: "" });
  const offer = async (slot) => {
    setBusy(true);
    if (wish.current.slot !== keyOf(slot)) wish.current = { key: newKey(), slot: keyOf(slot) };
    try {
      await post(`${pathOf(entry)}/offer`, { practitioner_id: slot.practitioner_id, start: slot.start }, wish.current.key);
      onDone(t("waiting.offered", { name: entry.patient_name || t("contact.unnamed"), when: dateAndTime(slot.start) }));
      return null;
    } catch (error) {
      if (!error.uncertain) wish.current = { key: "", slot: "" };
      if (error.code === "conflict") error.code = "not_offered";
      setBusy(false);
      return error;
    }
  };
  return [busy, offer];
}
