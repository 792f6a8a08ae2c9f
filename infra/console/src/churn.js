// Who may be leaving the clinic, and why: people whom somebody could still ask.

import { html } from "../vendor/htm-preact.js";
import { t, word } from "./i18n.js";
import { Name } from "./parts.js";
import { shortWhen } from "./time.js";

export const ChurnRisks = ({ found: { items } }) => html`
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
