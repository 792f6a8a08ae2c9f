// For whom a visit is booked: a patient whom the desk has brought along, one who is found by phone, or somebody new.

import { html, useEffect, useRef, useState } from "../vendor/htm-preact.js";
import { get } from "./api.js";
import { t } from "./i18n.js";
import { Name, Problem } from "./parts.js";

/** What a booking says of its patient; nothing while that is not clear. */
export function personOf({ patient, name, phone }) {
  if (patient) return { patient };
  return name.trim() && phone.trim() ? { name: name.trim(), phone: phone.trim() } : null;
}

// By then a number is typed, and the next field is there before Tab is pressed.
const PAUSE_MS = 400;
const FEWEST_DIGITS = 6;

export function BookingFor({ person, onPerson }) {
  const [found, setFound] = useState(null);
  const [error, setError] = useState(null);
  const set = (name) => (event) => onPerson({ ...person, [name]: event.target.value });
  const sought = useRef("");
  const seek = async () => {
    const phone = person.phone.trim();
    if (!phone || sought.current === phone) return;
    sought.current = phone;
    setError(null);
    try {
      const { items } = await get(`/patients?phone=${encodeURIComponent(phone)}`);
      if (sought.current !== phone) return;
      const people = items.filter((one) => one.kind !== "household");
      setFound(people);
      if (people.length === 1) onPerson({ ...person, patient: people[0].id });
    } catch (failure) {
      if (sought.current !== phone) return;
      sought.current = "";
      setError(failure);
    }
  };
  useEffect(() => {
    if (person.phone.replace(/\D/g, "").length < FEWEST_DIGITS) return;
    const timer = setTimeout(seek, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [person.phone]);
  const phoned = (event) => {
    sought.current = "";
    setFound(null);
    onPerson({ ...person, patient: null, phone: event.target.value });
  };
  if (person.patient && !found) return null;
  return html`
    <label class="field">${t("booking_for.phone")}
      <input type="tel" required maxlength="40" autocomplete="off" autofocus value=${person.phone} onInput=${phoned} onChange=${seek} />
    </label>
    ${found?.length > 0 && html`<${Found} found=${found} person=${person} onPerson=${onPerson} />`}
    ${found?.length === 0 && html`<p class="faint small" role="status">${t("booking_for.nobody")}</p>`}
    ${found && !person.patient && html`<label class="field">${t("booking_for.name")}<input required maxlength="200" autocomplete="off" value=${person.name} onInput=${set("name")} /></label>`}
    <${Problem} error=${error} />
  `;
}

const Found = ({ found, person, onPerson }) => html`
  <fieldset>
    <legend>${t("booking_for.who")}</legend>
    ${found.map(
      (one) => html`
        <label key=${one.id} class="choice">
          <input type="radio" name="patient" checked=${person.patient === one.id} onChange=${() => onPerson({ ...person, patient: one.id })} />
          <span><${Name} of=${one.name} /></span>
        </label>
      `,
    )}
    <label class="choice">
      <input type="radio" name="patient" checked=${!person.patient} onChange=${() => onPerson({ ...person, patient: null })} />
      <span>${t("booking_for.other")}</span>
    </label>
  </fieldset>
`;
