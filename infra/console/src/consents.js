// What a patient takes from us: as it is, how it came about, and what they have just told us.

import { html, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { newKey, post } from "./api.js";
import { t, word } from "./i18n.js";
import { Icon } from "./icons.js";
import { Problem } from "./parts.js";
import { dateAndTime } from "./time.js";

const PURPOSES = ["care", "marketing"];

export function Consents({ me, person, onChanged }) {
  const [asking, setAsking] = useState(null);
  const stopped = new Set(person.opted_out ?? []);
  return html`
    <h3>${t("consent.title")}</h3>
    <ul class="consents">
      ${PURPOSES.map(
        (purpose) => html`
          <li key=${purpose}>
            <span><${Icon} name=${stopped.has(purpose) ? "close" : "check"} size=${15} /> ${word("purpose_of_consent", purpose)}: <strong>${t(stopped.has(purpose) ? "consent.stopped" : "consent.taken")}</strong></span>
            ${me.agent && html`<button type="button" class="quiet small" onClick=${() => setAsking({ purpose, action: stopped.has(purpose) ? "start" : "stop", key: newKey() })}>${t(stopped.has(purpose) ? "consent.start" : "consent.stop")}<span class="unseen"> ${word("purpose_of_consent", purpose)}</span></button>`}
          </li>
        `,
      )}
    </ul>
    ${asking && html`<${Note} key=${asking.key} person=${person} asking=${asking} onDone=${onChanged} onClose=${() => setAsking(null)} />`}
    ${person.consents?.length > 0 && html`<${History} consents=${person.consents} />`}
  `;
}

function Note({ person, asking, onDone, onClose }) {
  const [note, setNote] = useState("");
  const [error, setError] = useState(null);
  const submit = async (event) => {
    event.preventDefault();
    setError(null);
    try {
      const body = { action: asking.action, purposes: [asking.purpose], note: note.trim() };
      await post(`/patients/${encodeURIComponent(person.id)}/consents`, body, asking.key);
      announce(t("consent.noted"));
      onClose();
      onDone();
    } catch (failure) {
      setError(failure);
    }
  };
  return html`
    <form class="consent-note" onSubmit=${submit}>
      <label class="field">${t("consent.note")}
        <input value=${note} maxlength="200" onInput=${(event) => setNote(event.target.value)} />
      </label>
      <${Problem} error=${error} />
      <button class="primary small">${t(`consent_sure.${asking.action}`, { purpose: word("purpose_of_consent", asking.purpose) })}</button>${" "}
      <button type="button" class="small" onClick=${onClose}>${t("action.cancel")}</button>
    </form>
  `;
}

const History = ({ consents }) => html`
  <details class="consent-history">
    <summary>${t("consent.history")}</summary>
    <ul>
      ${[...consents].reverse().map(
        (one) => html`
          <li key=${one.at + one.source}>
            <time datetime=${one.at}>${dateAndTime(one.at)}</time> ${word("consent_did", one.action)}: ${one.purposes.map((purpose) => word("purpose_of_consent", purpose)).join(", ")}
            <span class="faint"> · ${word("consent_source", one.source.split(":")[0])}${one.channel && ` · ${word("channel", one.channel)}`}${one.evidence && html` · <bdi>“${one.evidence}”</bdi>`}</span>
          </li>
        `,
      )}
    </ul>
  </details>
`;
