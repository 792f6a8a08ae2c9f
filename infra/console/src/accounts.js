// One channel account: its state in words, its address for the provider, and the steps that can be taken.

import { html, useState } from "../vendor/htm-preact.js";
import { CloseDialog, EditDialog, OpenDialog, RemoveDialog, SecretsDialog } from "./accountforms.js";
import { neglectOf, pathOf, titleOf, verdict } from "./accountwords.js";
import { announce } from "./announce.js";
import { post } from "./api.js";
import { t, word } from "./i18n.js";
import { Icon } from "./icons.js";
import { Problem } from "./parts.js";
import { dateAndTime } from "./time.js";

export function AccountCard({ account, neglect, kind, language, admin, onChange, onRemoved }) {
  const [dialog, setDialog] = useState(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(null);

  const test = async () => {
    setBusy(true);
    setError(null);
    try {
      const tested = await post(`${pathOf(account)}/test`);
      onChange(tested);
      announce(`${titleOf(account)}: ${verdict(tested.test)}`);
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
  };
  const done = (changed) => {
    setDialog(null);
    onChange(changed);
  };
  const shared = { account, kind, language, onDone: done, onClose: () => setDialog(null) };
  const name = html`<span class="unseen">: ${titleOf(account)}</span>`;
  const step = (key, icon) =>
    html`<button type="button" onClick=${() => setDialog(key)}><${Icon} name=${icon} size=${16} /> ${t(`account.${key}`)}${name}</button>`;
  return html`
    <li class="account card" aria-label=${titleOf(account)}>
      <header>
        <h2><${Icon} name=${account.channel} /> ${word("channel", account.channel)}</h2>
        <span class=${`tag ${account.state}`}>${word("account_state", account.state)}</span>
      </header>
      <p><bdi>${account.display || account.id}</bdi>${account.display && html` <small class="faint">${account.id}</small>`}</p>
      <${Health} test=${account.test} />
      ${account.state === "enabled" && neglect.map((one) => html`<p key=${one.problem} class="why"><${Icon} name="warning" size=${16} /> ${neglectOf(one)}</p>`)}
      ${account.webhook && html`<${Webhook} address=${account.webhook} name=${titleOf(account)} />`}
      <${Problem} error=${error} />
      ${admin &&
      html`
        <div class="steps">
          <button type="button" aria-busy=${busy} disabled=${busy} onClick=${test}>
            <${Icon} name="check" size=${16} /> ${busy ? t("account.testing") : t("account.test")}${name}
          </button>
          ${account.state === "paused" ? step("open", "inbox") : step("close", "close")}
          ${step("edit", "file")} ${kind?.needs.some((need) => need.secret) && step("secrets", "clock")}
          ${step("remove", "exit")}
        </div>
      `}
      ${dialog === "open" && html`<${OpenDialog} ...${shared} />`}
      ${dialog === "close" && html`<${CloseDialog} ...${shared} />`}
      ${dialog === "edit" && html`<${EditDialog} ...${shared} />`}
      ${dialog === "secrets" && html`<${SecretsDialog} ...${shared} />`}
      ${dialog === "remove" && html`<${RemoveDialog} ...${shared} onDone=${onRemoved} />`}
    </li>
  `;
}

function Health({ test }) {
  if (!test) return html`<p class="faint">${t("account.untested")}</p>`;
  return html`
    <p class=${test.ok ? "well" : "why"}>
      <${Icon} name=${test.ok ? "check" : "warning"} size=${16} /> ${verdict(test)}
      ${" "}<small class="faint">${t("account.tested", { time: dateAndTime(test.at) })}</small>
    </p>
    ${!test.ok && test.detail && html`<details class="small"><summary>${t("account.detail")}</summary><p class="faint">${test.detail}</p></details>`}
  `;
}

function Webhook({ address, name }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(address);
    setCopied(true);
    announce(t("account.copied"));
  };
  return html`
    <div class="webhook">
      <span class="faint small">${t("account.webhook")}</span>
      <code tabindex="0">${address}</code>
      <button type="button" class="small" onClick=${copy}>${copied ? t("account.copied") : t("account.copy")}<span class="unseen">: ${name}</span></button>
    </div>
  `;
}
