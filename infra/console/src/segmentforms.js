// A group is said: who is meant, with how many that are now; or it is taken away.

import { html, useRef, useState } from "../vendor/htm-preact.js";
import { newKey, post, put, remove } from "./api.js";
import { Ask } from "./dialogs.js";
import { LANGUAGES, t, word } from "./i18n.js";
import { HowMany } from "./segments.js";
import { Tick, Ticks } from "./ticks.js";

const KINDS = ["patient", "member", "lead", "partner", "caregiver"];
const NUMBERS = ["age_from", "age_to", "seen_before_days", "seen_within_days"];
const NEW = { kinds: ["patient", "member"], languages: [], age_from: null, age_to: null, type_id: null, seen_before_days: 180, seen_within_days: null, missed_last: false, nothing_booked: true };

const pathOf = ({ id }) => `/segments/${encodeURIComponent(id)}`;

/** As the server wants it: what was left empty is not asked. */
function queryOf(form) {
  const numbers = Object.fromEntries(NUMBERS.map((name) => [name, form[name] === "" || form[name] === null ? null : Number(form[name])]));
  return { ...form, ...numbers, type_id: form.type_id || null };
}

export function SegmentDialog({ one: segment, known, onDone, onClose }) {
  const [name, setName] = useState(segment?.name ?? "");
  const [form, setForm] = useState({ ...NEW, ...segment?.query });
  const [tried, setTried] = useState(null);
  const [busy, setBusy] = useState(false);
  const key = useRef(newKey());
  const set = (field) => (value) => {
    setTried(null);
    setForm({ ...form, [field]: value });
  };
  const submit = async () => {
    setBusy(true);
    const body = { name: name.trim(), query: queryOf(form) };
    try {
      if (segment) await put(pathOf(segment), { ...body, version: segment.version });
      else await post("/segments", body, key.current);
      onDone(t("segments.saved"));
      return null;
    } catch (error) {
      if (!error.uncertain) key.current = newKey();
      if (error.code === "conflict" && error.field === "name") Object.assign(error, { code: "segment_named", field: null });
      setBusy(false);
      return error;
    }
  };
  return html`
    <${Ask} title=${t(segment ? "segments.edit" : "segments.add")} action=${t("campaigns.save")} busy=${busy} ready=${name.trim() && form.kinds.length > 0} onSubmit=${submit} onClose=${onClose}>
      <label class="field">${t("segments.name")}<input required autofocus maxlength="100" value=${name} onInput=${(event) => setName(event.target.value)} /></label>
      <${QueryFields} form=${form} set=${set} types=${known.types} />
      <p><button type="button" class="small" disabled=${form.kinds.length === 0} onClick=${() => setTried(queryOf(form))}>${t("segments.how_many")}</button></p>
      ${tried && html`<${HowMany} query=${tried} />`}
    <//>
  `;
}

const QueryFields = ({ form, set, types }) => html`
  <${Ticks} legend=${t("segments.kinds")} options=${KINDS.map((one) => [one, word("patient_kind", one)])} chosen=${form.kinds} onChoose=${set("kinds")} />
  <${Ticks} legend=${t("segments.languages")} note=${t("segments.none_is_any")} options=${Object.keys(LANGUAGES).map((one) => [one, word("language", one)])} chosen=${form.languages} onChoose=${set("languages")} />
  <div class="pair">
    <${Amount} label=${t("segments.from_age")} max="130" value=${form.age_from} onInput=${set("age_from")} />
    <${Amount} label=${t("segments.to_age")} max="130" value=${form.age_to} onInput=${set("age_to")} />
  </div>
  <label class="field">${t("segments.type")}
    <select value=${form.type_id ?? ""} onChange=${(event) => set("type_id")(event.target.value)}>
      <option value="">${t("segments.any_type")}</option>
      ${types.map((one) => html`<option key=${one.id} value=${one.id}>${one.name}</option>`)}
    </select>
  </label>
  <div class="pair">
    <${Amount} label=${t("segments.before")} min="1" max="3650" value=${form.seen_before_days} onInput=${set("seen_before_days")} />
    <${Amount} label=${t("segments.within")} min="1" max="3650" value=${form.seen_within_days} onInput=${set("seen_within_days")} />
  </div>
  <${Tick} label=${t("segments.missed_last")} checked=${form.missed_last} onChange=${set("missed_last")} />
  <${Tick} label=${t("segments.nothing_booked")} checked=${form.nothing_booked} onChange=${set("nothing_booked")} />
`;

const Amount = ({ label, value, onInput, min = "0", max }) => html`
  <label class="field">${label}<input type="number" inputmode="numeric" min=${min} max=${max} value=${value ?? ""} onInput=${(event) => onInput(event.target.value)} /></label>
`;

export function DropDialog({ one: segment, onDone, onClose }) {
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    try {
      await remove(pathOf(segment));
      onDone(t("segments.removed"));
      return null;
    } catch (error) {
      setBusy(false);
      return error;
    }
  };
  return html`
    <${Ask} title=${t("segments.remove")} action=${t("segments.remove")} busy=${busy} ready=${true} onSubmit=${submit} onClose=${onClose}>
      <p>${t("segments.remove_sure", { name: segment.name })}</p>
    <//>
  `;
}
