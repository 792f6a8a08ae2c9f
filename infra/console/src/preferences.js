// How a patient would rather be reached: by what, in which language, not at which hours.

import { html, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { put } from "./api.js";
import { learn, t, word } from "./i18n.js";
import { Problem } from "./parts.js";
import { Tick } from "./ticks.js";

export const ready = learn("preferences");

const CHANNELS = ["whatsapp", "sms", "email", "telegram", "messenger", "instagram"];
const LANGUAGES = ["pt-BR", "es", "it", "ca", "en"];

export function Preferences({ person, onChanged }) {
  // The patient as they were when the form was opened: what is refreshed meanwhile changes nothing in it.
  const [changing, setChanging] = useState(null);
  const done = () => {
    setChanging(null);
    announce(t("preferences.saved"));
    onChanged();
  };
  if (changing) return html`<${Form} person=${changing} onDone=${done} onClose=${() => setChanging(null)} />`;
  return html`
    <${Noted} person=${person} />
    <button type="button" class="quiet small" onClick=${() => setChanging(person)}>${t("preferences.change")}</button>
  `;
}

const Noted = ({ person }) => html`
  <dl class="facts">
    <div><dt>${t("preferences.reached")}</dt><dd>${person.channels?.length ? person.channels.map((name) => word("channel", name)).join(", ") : t("preferences.any")}</dd></div>
    ${person.quiet_from && html`<div><dt>${t("preferences.quiet")}</dt><dd>${person.quiet_from}–${person.quiet_until}</dd></div>`}
    ${person.timezone && html`<div><dt>${t("preferences.timezone")}</dt><dd>${person.timezone.replaceAll("_", " ")}</dd></div>`}
    ${person.by_phone && html`<div><dt>${t("preferences.wants")}</dt><dd>${t("preferences.by_phone")}</dd></div>`}
  </dl>
`;

function Form({ person, onDone, onClose }) {
  const [form, setForm] = useState({
    first: person.channels?.[0] ?? "",
    second: person.channels?.[1] ?? "",
    language: person.language ?? "",
    from: person.quiet_from ?? "",
    until: person.quiet_until ?? "",
    timezone: person.timezone ?? "",
    by_phone: person.by_phone ?? false,
  });
  const [error, setError] = useState(null);
  const set = (name) => (event) => setForm({ ...form, [name]: event.target.value });
  const submit = async (event) => {
    event.preventDefault();
    setError(null);
    try {
      await put(`/patients/${encodeURIComponent(person.id)}/preferences`, {
        channels: [form.first, form.second, ...(person.channels ?? []).slice(2)].filter(Boolean),
        language: form.language || null,
        quiet_from: form.from || null,
        quiet_until: form.until || null,
        timezone: form.timezone.trim().replaceAll(" ", "_") || null,
        by_phone: form.by_phone,
        version: person.version,
      });
      onDone();
    } catch (failure) {
      setError(failure);
    }
  };
  const channels = [...new Set([...CHANNELS, ...(person.channels ?? [])])];
  return html`
    <form class="preferences-form" onSubmit=${submit}>
      <${Choice} label=${t("preferences.first")} group="channel" of=${channels} value=${form.first} onChange=${set("first")} />
      <${Choice} label=${t("preferences.second")} group="channel" of=${channels} value=${form.second} onChange=${set("second")} />
      <${Choice} label=${t("patient.language")} group="language" of=${LANGUAGES} value=${form.language} onChange=${set("language")} />
      <label class="field">${t("preferences.quiet_from")}<input type="time" value=${form.from} required=${form.until !== ""} onInput=${set("from")} /></label>
      <label class="field">${t("preferences.quiet_until")}<input type="time" value=${form.until} required=${form.from !== ""} onInput=${set("until")} /></label>
      <label class="field">${t("preferences.timezone")}<input list="timezones" autocomplete="off" maxlength="64" placeholder=${t("preferences.any_timezone")} value=${form.timezone} onInput=${set("timezone")} /></label>
      <datalist id="timezones">${Intl.supportedValuesOf("timeZone").map((one) => html`<option key=${one} value=${one}></option>`)}</datalist>
      <${Tick} label=${`${t("preferences.wants")} ${t("preferences.by_phone")}`} checked=${form.by_phone} onChange=${(yes) => setForm({ ...form, by_phone: yes })} />
      <${Problem} error=${error} />
      <p><button class="primary small">${t("preferences.save")}</button>${" "}
        <button type="button" class="small" onClick=${onClose}>${t("action.cancel")}</button></p>
    </form>
  `;
}

const Choice = ({ label, group, of, value, onChange }) => html`
  <label class="field">${label}
    <select value=${value} onChange=${onChange}>
      <option value="">${t("preferences.any")}</option>
      ${of.map((one) => html`<option key=${one} value=${one}>${word(group, one)}</option>`)}
    </select>
  </label>
`;
