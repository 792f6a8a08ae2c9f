// Booking a visit: the clinic's wall time goes to the server as typed; the server knows the zone.

import { html, useRef, useState } from "../vendor/htm-preact.js";
import { newKey, post, serverNow } from "./api.js";
import { t } from "./i18n.js";
import { Problem } from "./parts.js";
import { keep } from "./session.js";
import { dayOf, zoneIsOurs, zoneName } from "./time.js";

const DAY_MS = 86_400_000;
const MINUTES = [15, 20, 30, 45, 60, 90];

const distinct = (values) => [...new Set(values.filter(Boolean))].sort();

export function Booking({ me, patient, name, known, onBooked, onCancel }) {
  const [form, setForm] = useState({ day: dayOf(serverNow() + DAY_MS), time: "09:00", practitioner: "", type: "", minutes: 30 });
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  // The same wish keeps its key, so that pressing again after a lost answer does not book twice.
  const wish = useRef({ key: "", body: "" });
  const set = (name) => (event) => setForm({ ...form, [name]: event.target.value });

  const submit = async (event) => {
    event.preventDefault();
    const { day, time, practitioner, type, minutes } = form;
    const body = { patient, start: `${day}T${time}`, practitioner: practitioner.trim(), type: type.trim(), minutes: Number(minutes) };
    if (wish.current.body !== JSON.stringify(body)) wish.current = { key: newKey(), body: JSON.stringify(body) };
    setBusy(true);
    setError(null);
    try {
      onBooked(await post("/appointments", body, wish.current.key));
    } catch (failure) {
      if (!failure.uncertain) wish.current = { key: "", body: "" };
      setError(failure);
      setBusy(false);
    }
  };
  const wrong = (...fields) => (fields.includes(error?.field) ? { "aria-invalid": "true", "aria-describedby": "booking-problem" } : {});
  const practitioners = distinct([...(me.practitioners ?? me.clinic.practitioners ?? []), ...known.map((one) => one.practitioner)]);
  return html`
    <form class="booking" onSubmit=${submit} aria-label=${t("booking.open")}>
      <a href="#/agenda" onClick=${() => keep("agenda.for", { patient, patient_name: name })}>${t("booking.agenda")}</a>
      <div class="pair">
        <label class="field">${t("booking.day")}<input type="date" required value=${form.day} min=${dayOf(serverNow())} onInput=${set("day")} ...${wrong("start")} /></label>
        <label class="field">${t("booking.time")}<input type="time" required value=${form.time} onInput=${set("time")} ...${wrong("start")} /></label>
      </div>
      ${!zoneIsOurs() && html`<p class="faint small">${t("timeline.zone", { zone: zoneName() })}</p>`}
      <label class="field">${t("booking.practitioner")}<input list="practitioners" required maxlength="120" value=${form.practitioner} onInput=${set("practitioner")} ...${wrong("practitioner")} /></label>
      <datalist id="practitioners">${practitioners.map((name) => html`<option key=${name} value=${name}></option>`)}</datalist>
      <div class="pair">
        <label class="field">${t("booking.type")}<input list="visit-types" required maxlength="120" value=${form.type} onInput=${set("type")} ...${wrong("type")} /></label>
        <label class="field">${t("booking.minutes")}
          <select value=${form.minutes} onChange=${set("minutes")} ...${wrong("minutes")}>${MINUTES.map((n) => html`<option key=${n} value=${n}>${n}</option>`)}</select>
        </label>
      </div>
      <datalist id="visit-types">${distinct([t("booking.type_first"), t("booking.type_follow_up"), ...known.map((one) => one.type)]).map((name) => html`<option key=${name} value=${name}></option>`)}</datalist>
      <div id="booking-problem"><${Problem} error=${error} /></div>
      <footer>
        <button type="button" onClick=${onCancel}>${t("action.cancel")}</button>
        <button class="primary" disabled=${busy}>${t("booking.book")}</button>
      </footer>
    </form>
  `;
}
