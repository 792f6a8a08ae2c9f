// Who stands by somebody, by whom they stand, and who else is reached at the same number.

import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { get, post, remove } from "./api.js";
import { parts, t, word } from "./i18n.js";
import { Name, Problem } from "./parts.js";

const RELATIONSHIPS = ["parent", "guardian", "caregiver", "spouse", "sibling", "child", "other"];
const pathOf = (id) => `/patients/${encodeURIComponent(id)}`;

export function Related({ person }) {
  const [items, setItems] = useState(null);
  const [shared, setShared] = useState([]);
  const [error, setError] = useState(null);
  const path = `${pathOf(person.id)}/related`;
  useEffect(() => {
    get(path).then((answer) => setItems(answer.items)).catch(setError);
    reachedAt(person.phone, person).then(setShared).catch(setError);
  }, [person.id, person.phone]);

  const act = async (step, done) => {
    setError(null);
    try {
      setItems((await step()).items);
      announce(t(done));
      return true;
    } catch (failure) {
      setError(failure.field === "until" ? Object.assign(failure, { code: "born_when", field: null }) : failure);
      return false;
    }
  };
  const other = (one) => (one.patient === person.id ? one.related : one.patient);
  const forget = (one) => act(() => remove(`${path}/${encodeURIComponent(other(one))}`), "related.removed");
  const add = (patient, relationship) => act(() => post(path, { patient, relationship }), "related.added");
  return html`
    ${items?.length === 0 && html`<p class="faint small">${t("related.none")}</p>`}
    ${items?.length > 0 &&
    html`
      <ul class="relations">
        ${items.map(
          (one) => html`
            <li key=${other(one)}>
              <span>${parts(one.patient === person.id ? "related.by_them" : "related.of_them", { name: html`<strong><${Name} of=${one.name} /></strong>`, as: word("relationship", one.relationship) })}
                ${one.acts && html`<small class="faint"> ${t("related.acts")}</small>`}</span>
              <button type="button" class="quiet small" onClick=${() => forget(one)}>${t("related.remove")}<span class="unseen">: ${one.name}</span></button>
            </li>
          `,
        )}
      </ul>
    `}
    ${shared.length > 0 && html`<p class="small">${t("related.shared")} ${shared.map((one, place) => html`${place > 0 && ", "}<${Name} key=${one.id} of=${one.name} />`)}</p>`}
    <${Problem} error=${error} />
    <${Adding} person=${person} near=${shared} onAdd=${add} />
  `;
}

/** Everybody else who is reached at a number. */
async function reachedAt(phone, person) {
  if (!phone) return [];
  const own = new Set([person.id, ...(person.records ?? []).map((one) => one.id)]);
  const { items } = await get(`/patients?phone=${encodeURIComponent(phone)}`);
  return items.filter((one) => !own.has(one.id) && one.kind !== "household");
}

function Adding({ person, near, onAdd }) {
  const [phone, setPhone] = useState("");
  const [found, setFound] = useState(null);
  const [form, setForm] = useState({ patient: "", relationship: "parent" });
  const [error, setError] = useState(null);
  const choices = found ?? near;
  const chosen = choices.some((one) => one.id === form.patient) ? form.patient : (choices[0]?.id ?? "");
  const seek = async () => {
    setError(null);
    try {
      setFound(await reachedAt(phone, person));
    } catch (failure) {
      setError(failure);
    }
  };
  const submit = async (event) => {
    event.preventDefault();
    if (!chosen) await seek();
    else if (await onAdd(chosen, form.relationship)) {
      setFound(null);
      setPhone("");
    }
  };
  return html`
    <form class="ask-form" onSubmit=${submit}>
      <label class="field">${t("related.phone")}
        <input type="tel" maxlength="40" autocomplete="off" value=${phone} onInput=${(event) => setPhone(event.target.value)} onChange=${() => phone.trim() && seek()} />
      </label>
      ${found?.length === 0 && html`<p class="faint small" role="status">${t("related.nobody")}</p>`}
      ${choices.length > 0 &&
      html`
        <label class="field">${t("related.who")}
          <select value=${chosen} onChange=${(event) => setForm({ ...form, patient: event.target.value })}>${choices.map((one) => html`<option key=${one.id} value=${one.id}>${one.name || t("contact.unnamed")}</option>`)}</select>
        </label>
        <label class="field">${t("related.as")}
          <select value=${form.relationship} onChange=${(event) => setForm({ ...form, relationship: event.target.value })}>${RELATIONSHIPS.map((one) => html`<option key=${one} value=${one}>${word("relationship", one)}</option>`)}</select>
        </label>
      `}
      <${Problem} error=${error} />
      <p><button class="small">${t(choices.length > 0 ? "related.add" : "related.find")}</button></p>
    </form>
  `;
}
