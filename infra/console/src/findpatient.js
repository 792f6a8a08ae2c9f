// A patient of the clinic's, found by their phone number.

import { html, useState } from "../vendor/htm-preact.js";
import { get } from "./api.js";
import { Choice } from "./dialogs.js";
import { t } from "./i18n.js";
import { Name, Problem } from "./parts.js";

/** Tells the patient's id, or "" while it is not clear whom is meant. Enter in the field searches. */
export function FindPatient({ chosen, onChosen }) {
  const [phone, setPhone] = useState("");
  const [found, setFound] = useState(null);
  const [error, setError] = useState(null);
  const seek = async () => {
    if (!phone.trim()) return;
    setError(null);
    try {
      const { items } = await get(`/patients?phone=${encodeURIComponent(phone.trim())}`);
      const people = items.filter((one) => one.kind !== "household");
      setFound(people);
      if (people.length === 1) onChosen(people[0].id);
    } catch (failure) {
      setError(failure);
    }
  };
  const typed = (event) => {
    setFound(null);
    onChosen("");
    setPhone(event.target.value);
  };
  const entered = (event) => {
    if (event.key !== "Enter" || chosen) return;
    event.preventDefault();
    seek();
  };
  return html`
    <label class="field">${t("find_patient.phone")}
      <input type="tel" required maxlength="40" autocomplete="off" autofocus value=${phone} onInput=${typed} onChange=${() => !found && seek()} onKeyDown=${entered} />
    </label>
    ${found?.length > 0 &&
    html`
      <fieldset>
        <legend>${t("find_patient.who")}</legend>
        ${found.map((one) => html`<${Choice} key=${one.id} name="patient" value=${one.id} chosen=${chosen} onChoose=${onChosen}><${Name} of=${one.name} /><//>`)}
      </fieldset>
    `}
    ${found?.length === 0 && html`<p class="faint small" role="status">${t("find_patient.nobody")}</p>`}
    <${Problem} error=${error} />
  `;
}
