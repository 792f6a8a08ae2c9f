// What is still to be asked: only what is missing, or was said too long ago.

import { html, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { put } from "./api.js";
import { currentLanguage, t, word } from "./i18n.js";
import { Problem } from "./parts.js";
import { ago, fieldName, valueOf } from "./said.js";

const DOCUMENTS = { "pt-BR": "br/cpf", es: "es/dni", it: "it/codicefiscale", ca: "ad/nrt", en: "br/cpf" };
const KINDS = ["ad/nrt", "br/cpf", "br/cns", "es/dni", "es/nie", "it/codicefiscale", "pt/cc", "ad/passport", "br/passport", "es/passport", "it/passport", "pt/passport"];
const COUNTRIES = ["AD", "AR", "BR", "ES", "FR", "GB", "IT", "PT", "US"];
const SEXES = ["female", "male", "other", "unknown"];

export function AskFor({ person, onChanged }) {
  const [more, setMore] = useState(false);
  const [form, setForm] = useState({ kind: DOCUMENTS[currentLanguage()] });
  const [error, setError] = useState(null);
  const booking = person.ask_to_book;
  const needs = more || booking.length === 0 ? person.ask_to_register : booking;
  const known = new Map(person.fields.map((one) => [one.field, one]));
  const held = (field) => form[field] ?? known.get(field)?.value ?? "";
  const set = (field) => (event) => setForm({ ...form, [field]: event.target.value });

  const submit = async (event) => {
    event.preventDefault();
    setError(null);
    const said = needs.filter(({ field }) => !["phone", "document"].includes(field) && held(field).trim());
    const body = Object.fromEntries(said.map(({ field }) => [field, held(field).trim()]));
    if (form.document?.trim()) body.documents = { [form.kind]: form.document.trim() };
    try {
      await put(`/patients/${encodeURIComponent(person.id)}/fields`, { ...body, version: person.version });
      setForm({ kind: form.kind });
      announce(t("ask.noted"));
      onChanged();
    } catch (failure) {
      setError(failure);
      if (failure.status === 409) onChanged();
    }
  };
  const names = (booking.length > 0 ? booking : person.ask_to_register).map(({ field }) => word("field", field)).join(", ");
  return html`
    <details class="fold ask">
      <summary>${t(booking.length > 0 ? "ask.to_book" : "ask.to_register")}<small class=${booking.length > 0 ? "warn" : ""}>${names}</small></summary>
      <form class="ask-form" onSubmit=${submit}>
        ${needs.map(({ field, why }) => html`<${Input} key=${field} field=${field} why=${why} said=${known.get(field)} form=${form} value=${held(field)} set=${set} />`)}
        <${Problem} error=${error} />
        <p>
          ${needs.some(({ field }) => field !== "phone") && html`<button class="primary small">${t("ask.save")}</button>`}${" "}
          ${!more && booking.length > 0 && person.ask_to_register.length > booking.length && html`<button type="button" class="quiet small" onClick=${() => setMore(true)}>${t("ask.more")}</button>`}
        </p>
      </form>
    </details>
  `;
}

/** A number is no field that somebody types: it is theirs from when they write or call from it. */
function Input({ field, why, said, form, value, set }) {
  const again = why === "stale" && html` <small>${said ? t("ask.again", { age: ago(said.at) }) : t("ask.still")}</small>`;
  if (field === "phone") return html`<p class="faint small">${t(why === "stale" ? "ask.phone_stale" : "ask.phone")}</p>`;
  if (field === "document") return html`<${DocumentInput} form=${form} set=${set} />`;
  if (field === "sex") return html`<${Select} field=${field} of=${SEXES} value=${value} set=${set}>${again}<//>`;
  if (field === "country") return html`<${Select} field=${field} of=${[...new Set([...COUNTRIES, value])].filter(Boolean)} value=${value} set=${set}>${again}<//>`;
  return html`
    <label class="field"><span>${fieldName(field)}${again}</span>
      <input type=${field === "birth_date" ? "date" : "text"} maxlength="200" autocomplete="off" value=${value} onInput=${set(field)} />
    </label>
  `;
}

const Select = ({ field, of, value, set, children }) => html`
  <label class="field"><span>${fieldName(field)}${children}</span>
    <select value=${value} onChange=${set(field)}>
      <option value="">${t("ask.unsaid")}</option>
      ${of.map((one) => html`<option key=${one} value=${one}>${valueOf(field, one)}</option>`)}
    </select>
  </label>
`;

const DocumentInput = ({ form, set }) => html`
  <div class="pair">
    <label class="field">${fieldName("document")}
      <select value=${form.kind} onChange=${set("kind")}>${KINDS.map((kind) => html`<option key=${kind} value=${kind}>${fieldName(kind)}</option>`)}</select>
    </label>
    <label class="field">${t("ask.number")}<input maxlength="40" autocomplete="off" value=${form.document ?? ""} onInput=${set("document")} /></label>
  </div>
`;
