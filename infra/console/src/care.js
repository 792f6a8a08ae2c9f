// What somebody is to the clinic, and the team that looks after them in person.

import { html, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { put } from "./api.js";
import { t, word } from "./i18n.js";
import { Icon } from "./icons.js";
import { Problem } from "./parts.js";

const KINDS = ["lead", "patient", "member", "partner", "caregiver"];

export const CareFlag = ({ care }) => html`
  <p class="care-flag"><${Icon} name="person" size=${18} /> <span><strong>${t("care.with", { team: word("queue", care.team) })}</strong>
    ${care.note && html` <bdi class="faint">“${care.note}”</bdi>`}</span></p>
`;

export function Standing({ me, person, onChanged }) {
  const [form, setForm] = useState({ kind: person.kind, team: person.care?.team ?? "", note: person.care?.note ?? "" });
  const [error, setError] = useState(null);
  const set = (name) => (event) => setForm({ ...form, [name]: event.target.value });
  const path = `/patients/${encodeURIComponent(person.id)}`;
  const submit = async (event) => {
    event.preventDefault();
    setError(null);
    const { kind, team, note } = form;
    try {
      if (kind !== person.kind) await put(`${path}/kind`, { kind });
      if (team !== (person.care?.team ?? "") || note !== (person.care?.note ?? "")) await put(`${path}/care`, { team: team || null, note: team ? note.trim() : "" });
      announce(t("care.saved"));
    } catch (failure) {
      setError(failure);
    }
    onChanged();
  };
  const teams = [...new Set([...(me.clinic.queues ?? []), form.team])].filter(Boolean);
  return html`
    <form class="ask-form" onSubmit=${submit}>
      <label class="field">${t("care.kind")}
        <select value=${form.kind} onChange=${set("kind")}>${KINDS.map((kind) => html`<option key=${kind} value=${kind}>${word("patient_kind", kind)}</option>`)}</select>
      </label>
      <label class="field">${t("care.team")}
        <select value=${form.team} onChange=${set("team")}>
          <option value="">${t("care.nobody")}</option>
          ${teams.map((team) => html`<option key=${team} value=${team}>${word("queue", team)}</option>`)}
        </select>
      </label>
      ${form.team &&
      html`
        <label class="field">${t("care.note")}<textarea rows="2" maxlength="500" value=${form.note} onInput=${set("note")}></textarea></label>
        <p class="faint small">${t("care.meaning")}</p>
      `}
      <${Problem} error=${error} />
      <p><button class="primary small">${t("ask.save")}</button></p>
    </form>
  `;
}
