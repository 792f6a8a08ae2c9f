// An authorisation is noted by hand, where no other system tells of it.

import { html, useState } from "../vendor/htm-preact.js";
import { post, serverNow } from "./api.js";
import { daysAfter } from "./calendar.js";
import { Ask } from "./dialogs.js";
import { FindPatient } from "./findpatient.js";
import { t } from "./i18n.js";
import { dayOf } from "./time.js";

const USUAL_DAYS = 30;

export function AuthorisationDialog({ types, onDone, onClose }) {
  const today = dayOf(serverNow());
  const [form, setForm] = useState({ patient: "", id: "", number: "", type_id: "", expires: daysAfter(today, USUAL_DAYS) });
  const [busy, setBusy] = useState(false);
  const set = (name) => (event) => setForm({ ...form, [name]: event.target.value });
  const submit = async () => {
    setBusy(true);
    const { id, patient, expires, number, type_id: type } = form;
    try {
      await post("/authorisations", { id: id.trim(), patient, expires, number: number.trim() || null, type_id: type || null });
      onDone(t("authorisations.added"));
      return null;
    } catch (error) {
      setBusy(false);
      return error;
    }
  };
  return html`
    <${Ask} title=${t("authorisations.add")} action=${t("authorisations.save")} busy=${busy} ready=${form.patient && form.id.trim()} onSubmit=${submit} onClose=${onClose}>
      <${FindPatient} chosen=${form.patient} onChosen=${(patient) => setForm((old) => ({ ...old, patient }))} />
      <label class="field">${t("authorisations.id")}<input required maxlength="100" autocomplete="off" value=${form.id} onInput=${set("id")} /></label>
      <div class="pair">
        <label class="field">${t("authorisations.number")}<input maxlength="100" autocomplete="off" value=${form.number} onInput=${set("number")} /></label>
        <label class="field">${t("authorisations.expires")}<input type="date" required min=${today} value=${form.expires} onInput=${set("expires")} /></label>
      </div>
      ${types.length > 0 &&
      html`<label class="field">${t("authorisations.type")}
        <select value=${form.type_id} onChange=${set("type_id")}>
          <option value="">${t("authorisations.any_type")}</option>
          ${types.map((one) => html`<option key=${one.id} value=${one.id}>${one.name}</option>`)}
        </select>
      </label>`}
      <p class="faint small">${t("authorisations.note")}</p>
    <//>
  `;
}
