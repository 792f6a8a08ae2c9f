// The dialogs about a practitioner and about a type of visit.

import { html, useRef, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { newKey, patch, post } from "./api.js";
import { Ask } from "./dialogs.js";
import { LANGUAGES, t, word } from "./i18n.js";
import { Tick, Ticks } from "./ticks.js";

/** Saves something new, or a change of something that has an id; gives the error that kept it from being done. */
function useSaving(path, known, onSaved) {
  const [busy, setBusy] = useState(false);
  const key = useRef(newKey());
  const save = async (body) => {
    setBusy(true);
    try {
      if (known.id) await patch(`${path}/${encodeURIComponent(known.id)}`, { ...body, version: known.version });
      else await post(path, body, key.current);
      announce(t("schedules.saved"));
      onSaved();
      return null;
    } catch (error) {
      if (!error.uncertain) key.current = newKey();
      if (error.code === "conflict" && error.field === "name") Object.assign(error, { code: "name_taken", field: null });
      return error;
    } finally {
      setBusy(false);
    }
  };
  return [busy, save];
}

const languages = () => Object.keys(LANGUAGES).map((one) => [one, word("language", one)]);

export function PractitionerDialog({ practitioner, onSaved, onClose }) {
  const [form, setForm] = useState({ name: "", languages: [], active: true, ...practitioner });
  const [busy, save] = useSaving("/practitioners", practitioner, onSaved);
  const submit = () => save({ name: form.name.trim(), languages: form.languages, ...(practitioner.id && { active: form.active }) });
  return html`
    <${Ask} title=${practitioner.name ?? t("schedules.add_practitioner")} action=${t("schedules.save")} busy=${busy} ready=${form.name.trim()} onSubmit=${submit} onClose=${onClose}>
      <label class="field">${t("schedules.name")}<input required autofocus maxlength="100" value=${form.name} onInput=${(event) => setForm({ ...form, name: event.target.value })} /></label>
      <${Ticks} legend=${t("schedules.languages")} options=${languages()} chosen=${form.languages} onChoose=${(chosen) => setForm({ ...form, languages: chosen })} />
      ${practitioner.id && html`<${Tick} label=${t("schedules.active")} checked=${form.active} onChange=${(active) => setForm({ ...form, active })} />`}
    <//>
  `;
}

const NEW_TYPE = { name: "", minutes: 30, buffer: 0, bookable: false, active: true, practitioners: [], preparation: {} };

export function TypeDialog({ type, practitioners, onSaved, onClose }) {
  const [form, setForm] = useState({ ...NEW_TYPE, ...type });
  const [busy, save] = useSaving("/appointment-types", type, onSaved);
  const set = (name) => (value) => setForm({ ...form, [name]: value });
  const submit = () => save(typeBody(form, type.id));
  return html`
    <${Ask} title=${type.name ?? t("schedules.add_type")} action=${t("schedules.save")} busy=${busy} ready=${form.name.trim()} onSubmit=${submit} onClose=${onClose}>
      <label class="field">${t("schedules.name")}<input required autofocus maxlength="100" value=${form.name} onInput=${(event) => set("name")(event.target.value)} /></label>
      <div class="pair">
        <${Amount} label=${t("booking.minutes")} min="1" max="1440" value=${form.minutes} onInput=${set("minutes")} />
        <${Amount} label=${t("schedules.buffer")} min="0" max="240" value=${form.buffer} onInput=${set("buffer")} />
      </div>
      <${Tick} label=${t("schedules.bookable")} checked=${form.bookable} onChange=${set("bookable")} />
      <${Ticks} legend=${t("schedules.done_by")} note=${t("schedules.none_is_all")} options=${practitioners.filter((one) => one.active || form.practitioners.includes(one.id)).map((one) => [one.id, one.name])} chosen=${form.practitioners} onChoose=${set("practitioners")} />
      <${Preparation} said=${form.preparation} onSaid=${set("preparation")} />
      ${type.id && html`<${Tick} label=${t("schedules.active")} checked=${form.active} onChange=${set("active")} />`}
    <//>
  `;
}

function typeBody({ name, minutes, buffer, bookable, active, practitioners, preparation }, known) {
  const said = Object.fromEntries(Object.entries(preparation).filter(([, text]) => text.trim()));
  return { name: name.trim(), minutes: Number(minutes), buffer: Number(buffer), bookable, practitioners, preparation: said, ...(known && { active }) };
}

export const Amount = ({ label, value, onInput, ...rest }) => html`
  <label class="field">${label}<input type="number" required inputmode="numeric" value=${value} onInput=${(event) => onInput(event.target.value)} ...${rest} /></label>
`;

/** The clinic's own words before such a visit, in the languages in which it has some. */
const Preparation = ({ said, onSaid }) => html`
  <details>
    <summary>${t("schedules.preparation")}</summary>
    ${languages().map(
      ([code, name]) => html`
        <label key=${code} class="field">${name}<textarea rows="2" lang=${code} maxlength="1000" value=${said[code] ?? ""} onInput=${(event) => onSaid({ ...said, [code]: event.target.value })}></textarea></label>
      `,
    )}
  </details>
`;
