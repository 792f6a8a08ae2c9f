// Transfer and close: each asks one question, and stays open with the reason when the server says no.

import { html, useState } from "../vendor/htm-preact.js";
import { count, t, word } from "./i18n.js";
import { Dialog, Problem } from "./parts.js";

/** A dialog's form: `onSubmit` gives the error that kept it from being done, or nothing. */
export function Ask({ title, action, busy, ready, onSubmit, onClose, children }) {
  const [error, setError] = useState(null);
  const submit = async (event) => {
    event.preventDefault();
    setError(null);
    setError(await onSubmit());
  };
  return html`
    <${Dialog} title=${title} onClose=${onClose}>
      <form onSubmit=${submit}>
        ${children}
        <${Problem} error=${error} />
        <footer>
          <button type="button" onClick=${onClose}>${t("action.cancel")}</button>
          <button class="primary" disabled=${busy || !ready}>${action}</button>
        </footer>
      </form>
    <//>
  `;
}

export const Choice = ({ name, value, chosen, onChoose, children }) => html`
  <label class="choice">
    <input type="radio" name=${name} value=${value} checked=${chosen === value} onChange=${() => onChoose(value)} />
    <span>${children}</span>
  </label>
`;

export function TransferDialog({ me, contact, agents, queues, busy, onAct, onClose }) {
  const [chosen, setChosen] = useState("");
  const submit = () => {
    const [kind, ...rest] = chosen.split(":");
    return onAct("transfer", { [kind]: rest.join(":") });
  };
  // To take it oneself there is a button; to give it to whom it is with is no transfer.
  const others = agents.filter((agent) => agent.id !== contact.agent && agent.id !== me.agent?.id);
  const offered = [...others.map((agent) => `agent:${agent.id}`), ...queues.map((queue) => `queue:${queue}`)];
  return html`
    <${Ask} title=${t("transfer.title")} action=${t("action.transfer")} busy=${busy} ready=${offered.includes(chosen)} onSubmit=${submit} onClose=${onClose}>
      <fieldset>
        <legend>${t("transfer.agent")}</legend>
        ${others.map(
          (agent) => html`
            <${Choice} key=${agent.id} name="to" value=${`agent:${agent.id}`} chosen=${chosen} onChoose=${setChosen}>
              <bdi>${agent.name}</bdi>
              <small class=${`presence ${agent.state}`}>${word("agent", agent.state)} · ${count("transfer.assigned", Number(agent.assigned?.length ?? agent.assigned) || 0)}</small>
            <//>
          `,
        )}
        ${others.length === 0 && html`<p class="faint">${t("transfer.nobody")}</p>`}
      </fieldset>
      <fieldset>
        <legend>${t("transfer.queue")}</legend>
        ${queues.map((queue) => html`<${Choice} key=${queue} name="to" value=${`queue:${queue}`} chosen=${chosen} onChoose=${setChosen}>${word("queue", queue)}<//>`)}
      </fieldset>
    <//>
  `;
}

export function CloseDialog({ dispositions, busy, onAct, onClose }) {
  const [chosen, setChosen] = useState("");
  const [note, setNote] = useState("");
  const submit = () => onAct("close", note.trim() ? { disposition: chosen, note: note.trim() } : { disposition: chosen });
  return html`
    <${Ask} title=${t("close.title")} action=${t("action.close")} busy=${busy} ready=${chosen} onSubmit=${submit} onClose=${onClose}>
      <fieldset>
        <legend>${t("close.disposition")}</legend>
        ${dispositions.map((name) => html`<${Choice} key=${name} name="disposition" value=${name} chosen=${chosen} onChoose=${setChosen}>${word("disposition", name)}<//>`)}
      </fieldset>
      <label class="field">${t("close.note")}
        <textarea rows="2" value=${note} maxlength="1000" onInput=${(event) => setNote(event.target.value)}></textarea>
      </label>
    <//>
  `;
}
