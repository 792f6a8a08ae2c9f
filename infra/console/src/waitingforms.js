// Put on the waiting list, and put before others.

import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { get, post, serverNow } from "./api.js";
import { Ask } from "./dialogs.js";
import { FindPatient } from "./findpatient.js";
import { number, t, word } from "./i18n.js";
import { Ticks } from "./ticks.js";
import { dateAndTime } from "./time.js";
import { pathOf, weekdayName } from "./waitingentry.js";

const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6];
const PARTS = ["morning", "midday", "afternoon", "evening"];
const MOST = 9;

export function JoinDialog({ practice, type, onDone, onClose }) {
  const [form, setForm] = useState({ patient: "", type_id: type || practice.types[0].id, practitioners: [], weekdays: [], parts: [], earliest: "", latest: "", instead_of: "" });
  const [busy, setBusy] = useState(false);
  const set = (name) => (value) => setForm((old) => ({ ...old, [name]: value }));
  const submit = async () => {
    setBusy(true);
    try {
      const entry = await post("/waiting-list", { ...form, earliest: form.earliest || null, latest: form.latest || null, instead_of: form.instead_of || null });
      onDone(t("waiting.added", { name: entry.patient_name || t("contact.unnamed") }));
      return null;
    } catch (error) {
      setBusy(false);
      return error;
    }
  };
  const who = practitionersOf(practice, form.type_id);
  return html`
    <${Ask} title=${t("waiting.add")} action=${t("waiting.join")} busy=${busy} ready=${form.patient} onSubmit=${submit} onClose=${onClose}>
      <${FindPatient} chosen=${form.patient} onChosen=${(patient) => setForm((old) => (old.patient === patient ? old : { ...old, patient, instead_of: "" }))} />
      <label class="field">${t("waiting.for")}
        <select required value=${form.type_id} onChange=${(event) => setForm({ ...form, type_id: event.target.value, practitioners: [], instead_of: "" })}>
          ${practice.types.map((one) => html`<option key=${one.id} value=${one.id}>${one.name}</option>`)}
        </select>
      </label>
      ${form.patient && html`<${InsteadOf} key=${form.patient} patient=${form.patient} type=${form.type_id} chosen=${form.instead_of} onChosen=${set("instead_of")} />`}
      ${who.length > 1 && html`<${Ticks} legend=${t("waiting.practitioners")} note=${t("waiting.none_is_any")} options=${who.map((one) => [one.id, one.name])} chosen=${form.practitioners} onChoose=${set("practitioners")} />`}
      <${Ticks} legend=${t("waiting.weekdays")} note=${t("waiting.none_is_any")} options=${WEEKDAYS.map((one) => [one, weekdayName(one, "short")])} chosen=${form.weekdays} onChoose=${set("weekdays")} />
      <${Ticks} legend=${t("waiting.parts")} note=${t("waiting.none_is_any")} options=${PARTS.map((one) => [one, word("day_part", one)])} chosen=${form.parts} onChoose=${set("parts")} />
      <div class="pair">
        <label class="field">${t("waiting.earliest")}<input type="date" value=${form.earliest} onInput=${(event) => set("earliest")(event.target.value)} /></label>
        <label class="field">${t("waiting.latest")}<input type="date" min=${form.earliest || null} value=${form.latest} onInput=${(event) => set("latest")(event.target.value)} /></label>
      </div>
    <//>
  `;
}

/** They may wait for an earlier time than that of a visit which they have. */
function InsteadOf({ patient, type, chosen, onChosen }) {
  const [visits, setVisits] = useState([]);
  useEffect(() => {
    get(`/appointments?patient=${encodeURIComponent(patient)}`)
      .then(({ items }) => setVisits(items))
      .catch(() => setVisits([]));
  }, []);
  const theirs = visits.filter((one) => one.status === "booked" && one.type_id === type && Date.parse(one.start) > serverNow());
  if (theirs.length === 0) return null;
  return html`
    <label class="field">${t("waiting.earlier")}
      <select value=${chosen} onChange=${(event) => onChosen(event.target.value)}>
        <option value="">${t("waiting.another")}</option>
        ${theirs.map((one) => html`<option key=${one.id} value=${one.id}>${dateAndTime(one.start)}</option>`)}
      </select>
    </label>
  `;
}

/** Who sees patients for this type of visit. */
export function practitionersOf({ practitioners, types }, type) {
  const only = types.find((one) => one.id === type)?.practitioners ?? [];
  return practitioners.filter((one) => one.active && (only.length === 0 || only.includes(one.id)));
}

export function PriorityDialog({ entry, onDone, onClose }) {
  const [priority, setPriority] = useState(entry.priority || 1);
  const [reason, setReason] = useState(entry.reason);
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    try {
      await post(`${pathOf(entry)}/priority`, { priority, reason: priority > 0 ? reason.trim() : "", version: entry.version });
      onDone(t("waiting.priority_set"));
      return null;
    } catch (error) {
      setBusy(false);
      return error;
    }
  };
  return html`
    <${Ask} title=${t("waiting.priority")} action=${t("waiting.save")} busy=${busy} ready=${priority === 0 || reason.trim()} onSubmit=${submit} onClose=${onClose}>
      <p>${t("waiting.priority_lead", { name: entry.patient_name || t("contact.unnamed") })}</p>
      <label class="field">${t("waiting.rank")}
        <select autofocus value=${priority} onChange=${(event) => setPriority(Number(event.target.value))}>
          <option value="0">${t("waiting.rank_none")}</option>
          ${Array.from({ length: MOST }, (_, n) => html`<option key=${n + 1} value=${n + 1}>${number(n + 1)}</option>`)}
        </select>
      </label>
      ${priority > 0 && html`<label class="field">${t("waiting.reason")}<input required maxlength="200" value=${reason} onInput=${(event) => setReason(event.target.value)} /></label>`}
    <//>
  `;
}
