// Who may be leaving the clinic, and why: people whom somebody could still ask.

import { html, useState } from "../vendor/htm-preact.js";
import { get } from "./api.js";
import { t, word } from "./i18n.js";
import { Name, Problem } from "./parts.js";
import { shortWhen } from "./time.js";

/** Asked for when somebody wants to see it: it takes the server as long as a month's figures. */
export function ChurnRisks() {
  const [state, setState] = useState({ asked: false, items: null, error: null });
  const ask = () => {
    setState({ asked: true, items: null, error: null });
    get("/churn-risks").then(({ items }) => setState({ asked: true, items, error: null }), (error) => setState({ asked: false, items: null, error }));
  };
  return html`
    <${Problem} error=${state.error} />
    ${!state.asked && html`<p><button type="button" onClick=${ask}>${t("churn.show")}</button></p>`}
    <div role="status">${state.asked && !state.items && t("state.loading")}</div>
    ${state.items && html`<${Listed} items=${state.items} />`}
  `;
}

const Listed = ({ items }) => html`
  ${items.length === 0 && html`<p class="faint">${t("churn.nobody")}</p>`}
  <ul class="setup-list">${items.map((one) => html`<${ChurnRisk} key=${one.patient} risk=${one} />`)}</ul>
`;

const ChurnRisk = ({ risk }) => html`
  <li class="card survey">
    <h3><${Name} of=${risk.name} /></h3>
    <ul class="churn-signs">${risk.signs.map(({ reason, at }) => html`<li key=${`${reason}/${at}`}>${word("churn_sign", reason)} <span class="faint small">${shortWhen(at)}</span></li>`)}</ul>
    ${risk.contact && html`<p><a class="button small" href=${`#/contact/${encodeURIComponent(risk.contact)}`}>${t("surveys.open")}<span class="unseen">: ${risk.name ?? t("contact.unnamed")}</span></a></p>`}
  </li>
`;
