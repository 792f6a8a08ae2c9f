// Where a visit is put: booked for somebody, or moved. A time that is taken is answered with others, or taken all the same.

import { html, useRef, useState } from "../vendor/htm-preact.js";
import { newKey, post, serverNow } from "./api.js";
import { BookingFor, personOf } from "./bookingfor.js";
import { parts, t } from "./i18n.js";
import { Icon } from "./icons.js";
import { Dialog, Name, Problem } from "./parts.js";
import { dateAndTime, dayOf } from "./time.js";

export function PlaceDialog({ practice, look, slot, day, errand, onDone, onClose }) {
  const moving = errand?.visit;
  const [form, setForm] = useState(() => begun({ practice, look, slot, day, moving }));
  const [person, setPerson] = useState({ patient: errand?.patient ?? null, name: "", phone: "" });
  const { place, error, busy } = usePlacing(moving, form, person, onDone);
  const submit = (event) => {
    event.preventDefault();
    place(whereOf(form, slot));
  };
  const known = moving || personOf(person);
  return html`
    <${Dialog} title=${t(moving ? "place.move_title" : "place.book_title")} onClose=${onClose}>
      ${errand && html`<p>${parts("place.for", { name: html`<strong><${Name} of=${(moving ?? errand).patient_name} /></strong>` })}</p>`}
      <form onSubmit=${submit}>
        <${When} form=${form} onForm=${setForm} practice=${practice} moving=${moving} error=${error} />
        ${!moving && html`<${BookingFor} person=${person} onPerson=${setPerson} />`}
        ${error && (isTaken(error) ? html`<${Taken} error=${error} practice=${practice} busy=${busy} onPlace=${place} onAnyway=${() => place({ ...whereOf(form, slot), overbook: true })} moving=${moving} />` : html`<${Problem} error=${error} />`)}
        <footer>
          <button type="button" onClick=${onClose}>${t("action.cancel")}</button>
          <button class="primary" autofocus=${Boolean(known)} disabled=${busy || !known}>${t(moving ? "visit.move" : "booking.book")}</button>
        </footer>
      </form>
    <//>
  `;
}

/** Taken by another visit, or the patient elsewhere then, or no time of the practitioner's for this: what may be overruled. */
const CLASHES = ["slot_taken", "patient_busy"];
const isTaken = (error) => CLASHES.includes(error.code) || (error.status === 400 && error.field === "start");

const begun = ({ practice, look, slot, day, moving }) => ({
  day: slot?.local_start.slice(0, 10) ?? day ?? dayOf(serverNow()),
  time: slot?.local_start.slice(11, 16) ?? "09:00",
  practitioner: slot?.practitioner_id ?? (look.practitioner || moving?.practitioner_id || practice.practitioners.find((one) => one.active)?.id || ""),
  type: slot?.type_id ?? look.type,
});

/** The free time as the server named it while it is still meant, else wall time, which the server reads at the practitioner's. */
function whereOf(form, slot) {
  const asOffered = slot && slot.local_start.slice(0, 16) === `${form.day}T${form.time}` && slot.practitioner_id === form.practitioner;
  return { start: asOffered ? slot.start : `${form.day}T${form.time}`, practitioner_id: form.practitioner };
}

/** Asks for the visit to be put somewhere. The same wish keeps its key: pressed again after a lost answer, it is one visit. */
function usePlacing(moving, form, person, onDone) {
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const wish = useRef({ key: "", body: "" });
  const ask = (where) => {
    if (moving) return post(`/appointments/${encodeURIComponent(moving.id)}/move`, { ...where, version: moving.version });
    const body = { ...where, ...personOf(person), type_id: form.type };
    if (wish.current.body !== JSON.stringify(body)) wish.current = { key: newKey(), body: JSON.stringify(body) };
    return post("/appointments", body, wish.current.key);
  };
  const place = async (where) => {
    setBusy(true);
    setError(null);
    try {
      const visit = await ask(where);
      onDone(visit, t(moving ? "place.moved" : "booking.done", { when: dateAndTime(visit.start) }));
    } catch (failure) {
      if (!failure.uncertain) wish.current = { key: "", body: "" };
      setError(failure);
      setBusy(false);
    }
  };
  return { place, error, busy };
}

function When({ form, onForm, practice, moving, error }) {
  const set = (name) => (event) => onForm({ ...form, [name]: event.target.value });
  const wrong = (...fields) => (fields.includes(error?.field) ? { "aria-invalid": "true" } : {});
  return html`
    <div class="pair">
      <label class="field">${t("booking.day")}<input type="date" required value=${form.day} onInput=${set("day")} ...${wrong("start")} /></label>
      <label class="field">${t("booking.time")}<input type="time" required value=${form.time} onInput=${set("time")} ...${wrong("start")} /></label>
    </div>
    <label class="field">${t("booking.practitioner")}
      <select required value=${form.practitioner} onChange=${set("practitioner")} ...${wrong("practitioner", "practitioner_id")}>
        ${practice.practitioners.filter((one) => one.active).map((one) => html`<option key=${one.id} value=${one.id}>${one.name}</option>`)}
      </select>
    </label>
    ${!moving &&
    html`<label class="field">${t("booking.type")}
      <select required value=${form.type} onChange=${set("type")} ...${wrong("type", "type_id")}>${practice.types.map((one) => html`<option key=${one.id} value=${one.id}>${one.name}</option>`)}</select>
    </label>`}
  `;
}

const Taken = ({ error, practice, busy, moving, onPlace, onAnyway }) => html`
  <div class="agenda-taken" role="alert">
    <p><${Icon} name="warning" size=${16} /> ${CLASHES.includes(error.code) ? t(`error.${error.code}`) : t("place.outside")}</p>
    ${error.alternatives.length > 0 &&
    html`
      <p class="small">${t("place.alternatives")}</p>
      <ul>
        ${error.alternatives.map(
          (one) => html`
            <li key=${`${one.practitioner_id}/${one.start}`}>
              <button type="button" disabled=${busy} onClick=${() => onPlace({ start: one.start, practitioner_id: one.practitioner_id })}>
                ${dateAndTime(one.start)} · <bdi>${practice.practitioners.find((each) => each.id === one.practitioner_id)?.name}</bdi>
              </button>
            </li>
          `,
        )}
      </ul>
    `}
    <button type="button" class="danger" disabled=${busy} onClick=${onAnyway}>${t(moving ? "place.move_anyway" : "place.book_anyway")}</button>
  </div>
`;
