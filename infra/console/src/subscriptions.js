// Who is told of appointments: the clinic's webhooks, whether they work, and what was sent to them.

import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { get, post } from "./api.js";
import { learn, t, word } from "./i18n.js";
import { Icon } from "./icons.js";
import { style } from "./looks.js";
import { Notices } from "./notices.js";
import { Problem } from "./parts.js";
import { ready as setup, SetupNav } from "./setupnav.js";
import { pathOf, RemoveDialog, SecretDialog, SubscriptionDialog } from "./subscriptionforms.js";
import { dateAndTime } from "./time.js";

export const ready = Promise.all([learn("subscriptions"), style("styles/subscriptions.css"), setup]);

export function Subscriptions({ me }) {
  const admin = me.role === "admin";
  const { items, error, reload } = useSubscriptions();
  const [dialog, setDialog] = useState(null);
  const close = () => setDialog(null);
  /** A new secret is shown next, this once. */
  const done = (after) => {
    setDialog(after?.secret ? { name: "secret", subscription: after } : null);
    reload();
  };
  return html`
    <main class="subscriptions" id="main" tabindex="-1">
      <div class="subscriptions-column">
        <${SetupNav} me=${me} view="subscriptions" />
        <header class="subscriptions-head">
          <div><h1>${t("subscriptions.title")}</h1><p class="faint">${t(admin ? "subscriptions.lead" : "subscriptions.read_only")}</p></div>
          ${admin && html`<button type="button" class="primary" onClick=${() => setDialog({ name: "edit", subscription: {} })}><${Icon} name="plus" size=${16} /> ${t("subscriptions.add")}</button>`}
        </header>
        <${Problem} error=${error} />
        ${!items && !error && html`<p role="status">${t("state.loading")}</p>`}
        ${items?.length === 0 && html`<p class="faint">${t("subscriptions.none")}</p>`}
        <ul class="subscriptions-list">
          ${(items ?? []).map((one) => html`<${Subscription} key=${one.id} subscription=${one} admin=${admin} onChanged=${done} onAsk=${(name) => setDialog({ name, subscription: one })} />`)}
        </ul>
      </div>
    </main>
    ${dialog?.name === "edit" && html`<${SubscriptionDialog} subscription=${dialog.subscription} onDone=${done} onClose=${close} />`}
    ${dialog?.name === "remove" && html`<${RemoveDialog} subscription=${dialog.subscription} onDone=${() => done()} onClose=${close} />`}
    ${dialog?.name === "secret" && html`<${SecretDialog} secret=${dialog.subscription.secret} onClose=${close} />`}
  `;
}

function useSubscriptions() {
  const [state, setState] = useState({ items: null, error: null });
  const reload = () =>
    get("/subscriptions")
      .then(({ items }) => Promise.all(items.map((one) => get(pathOf(one)))))
      .then((items) => setState({ items, error: null }))
      .catch((error) => setState((old) => ({ ...old, error })));
  useEffect(() => {
    reload();
  }, []);
  return { ...state, reload };
}

/** What an administrator does with one as it stands. */
function stepsOf({ state, rotating }) {
  return ["test", state === "paused" ? "resume" : "pause", rotating ? "secret/finish" : "secret"];
}

const WORDS = { "secret/finish": "finish" };
const wordOf = (step) => WORDS[step] ?? step;

function Subscription({ subscription, admin, onChanged, onAsk }) {
  const [error, setError] = useState(null);
  const [open, setOpen] = useState(false);
  const title = subscription.name || new URL(subscription.url).host;
  const act = async (step) => {
    setError(null);
    try {
      const body = step.startsWith("secret") ? { version: subscription.version } : undefined;
      const after = await post(`${pathOf(subscription)}/${step}`, body);
      announce(t(`subscription_done.${wordOf(step)}`));
      onChanged(after);
    } catch (failure) {
      setError(failure);
    }
  };
  return html`
    <li class="card">
      <header class="subscriptions-head">
        <h2><bdi>${title}</bdi></h2>
        <span class=${`tag ${subscription.state}`}>${word("subscription_state", subscription.state)}</span>
      </header>
      <p><code>${subscription.url}</code></p>
      <${Standing} subscription=${subscription} />
      <p class="faint small">${subscription.events.length > 0 ? subscription.events.map((one) => word("event", one.split(".")[1])).join(", ") : t("subscriptions.all_events")} · ${t("subscriptions.shares", { fields: ["id", "version", "status", ...subscription.fields].join(", ") })}</p>
      <${Problem} error=${error} />
      <p class="steps">
        ${admin && stepsOf(subscription).map((step) => html`<button key=${step} type="button" class="small" onClick=${() => act(step)}>${t(`subscription.${wordOf(step)}`)}<span class="unseen">: ${title}</span></button>`)}
        ${admin && ["edit", "remove"].map((name) => html`<button key=${name} type="button" class="small" onClick=${() => onAsk(name)}>${t(`subscription.${name}`)}<span class="unseen">: ${title}</span></button>`)}
        <button type="button" class="small" aria-expanded=${open} onClick=${() => setOpen(!open)}>${t("subscriptions.notices")}<span class="unseen">: ${title}</span></button>
      </p>
      ${open && html`<${Notices} path=${pathOf(subscription)} admin=${admin} />`}
    </li>
  `;
}

function Standing({ subscription }) {
  const { state, retry_at: retry, paused_by: by, reason, rotating } = subscription;
  return html`
    ${state === "failing" && html`<p class="why"><${Icon} name="warning" size=${14} /> ${retry ? t("subscriptions.retried", { when: dateAndTime(retry) }) : t("subscriptions.failing")}</p>`}
    ${state === "paused" && by === "recado" && html`<p class="why"><${Icon} name="warning" size=${14} /> ${word("pause_reason", reason)}</p>`}
    ${rotating && html`<p class="faint small">${t("subscriptions.rotating")}</p>`}
  `;
}
