// The clinic's channel accounts: what each is, whether it works, and what an administrator does with it.

import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { AccountCard } from "./accounts.js";
import { AddDialog } from "./accountforms.js";
import { get } from "./api.js";
import { learn, t } from "./i18n.js";
import { Icon } from "./icons.js";
import { style } from "./looks.js";
import { Problem } from "./parts.js";
import { Preflight } from "./preflight.js";
import { ready as setup, SetupNav } from "./setupnav.js";

/** This screen's words and looks are no part of a first visit. */
export const ready = Promise.all([learn("channels"), style("styles/channels.css"), setup]);

export function Channels({ me }) {
  const { accounts, kinds, neglected, error, reload, replace } = useAccounts();
  const [adding, setAdding] = useState(false);
  const admin = me.role === "admin";
  const added = (account) => {
    setAdding(false);
    reload(account);
  };
  return html`
    <main class="channels" id="main" tabindex="-1">
      <div class="channels-column">
        <${SetupNav} me=${me} view="channels" />
        <header class="channels-head">
          <div>
            <h1>${t("channels.title")}</h1>
            <p class="faint">${admin ? t("channels.lead") : t("channels.read_only")}</p>
          </div>
          ${admin && kinds && html`<button type="button" class="primary" onClick=${() => setAdding(true)}><${Icon} name="plus" size=${16} /> ${t("channels.add")}</button>`}
        </header>
        <${Problem} error=${error} />
        ${!accounts && !error && html`<p role="status">${t("state.loading")}</p>`}
        ${accounts?.length === 0 && html`<p class="empty">${t("channels.none")}</p>`}
        ${accounts?.length > 0 &&
        html`
          <ul class="accounts">
            ${accounts.map(
              (account) => html`
                <${AccountCard} key=${`${account.channel}/${account.id}`} account=${account} neglect=${neglected.filter((one) => one.channel === account.channel && one.account === account.id)} kind=${kinds?.[account.channel]}
                  language=${me.clinic.language} admin=${admin} onChange=${replace} onRemoved=${() => reload()} />
              `,
            )}
          </ul>
          <${Preflight} admin=${admin} />
        `}
        ${adding && html`<${AddDialog} kinds=${kinds} onAdded=${added} onClose=${() => setAdding(false)} />`}
      </div>
    </main>
  `;
}

const same = (one, other) => one.channel === other.channel && one.id === other.id;

function useAccounts() {
  const [state, setState] = useState({ accounts: null, kinds: null, neglected: [], error: null });
  const reload = async () => {
    try {
      const [accounts, kinds, neglected] = await Promise.all(["/accounts", "/channels", "/health/channels"].map((path) => get(path)));
      const byName = Object.fromEntries(kinds.items.map((kind) => [kind.channel, kind]));
      setState({ accounts: accounts.items, kinds: byName, neglected: neglected.items, error: null });
    } catch (error) {
      setState((old) => ({ ...old, error }));
    }
  };
  useEffect(() => {
    reload();
  }, []);
  const replace = (changed) =>
    setState((old) => ({ ...old, accounts: old.accounts.map((one) => (same(one, changed) ? changed : one)) }));
  return { ...state, reload, replace };
}
