// Self-service: whether it is on, and what it talks patients through, in the versions that there are.

import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { get, put } from "./api.js";
import { FlowOutline } from "./flowoutline.js";
import { FlowSettings } from "./flowsettings.js";
import { learn, t, word } from "./i18n.js";
import { Icon } from "./icons.js";
import { style } from "./looks.js";
import { Problem } from "./parts.js";
import { ready as setup, SetupNav } from "./setupnav.js";
import { dateAndTime } from "./time.js";

export const ready = Promise.all([learn("flows"), learn("flownames"), style("styles/flows.css"), setup]);

const LEADS = new Set(["supervisor", "admin"]);

export function Flows({ me }) {
  const { flows, error, replace } = useFlows();
  return html`
    <main class="flows" id="main" tabindex="-1">
      <div class="flows-column">
        <${SetupNav} me=${me} view="flows" />
        <h1>${t("flows.title")}</h1>
        <${FlowSettings} admin=${me.role === "admin"} />
        <section aria-labelledby="flows-title">
          <h2 id="flows-title">${t("flows.list")}</h2>
          <p class="faint small">${t("flows.person_note")}</p>
          <${Problem} error=${error} />
          ${!flows && !error && html`<p role="status">${t("state.loading")}</p>`}
          <ul class="flows-list">${(flows ?? []).map((one) => html`<${Flow} key=${one.id} summary=${one} role=${me.role} onUsed=${replace} />`)}</ul>
        </section>
      </div>
    </main>
  `;
}

function useFlows() {
  const [state, setState] = useState({ flows: null, error: null });
  useEffect(() => {
    get("/flows")
      .then(({ items }) => setState({ flows: items, error: null }))
      .catch((error) => setState({ flows: null, error }));
  }, []);
  const replace = (flow) => setState((old) => ({ ...old, flows: old.flows.map((one) => (one.id === flow.id ? flow : one)) }));
  return { ...state, replace };
}

/** What a version is called: by its number, or that nobody has changed it. */
const versionName = ({ number }) => (number === 0 ? t("flows.delivered") : t("flows.version", { n: number }));

function Flow({ summary, role, onUsed }) {
  const [open, setOpen] = useState(false);
  const title = word("flow", summary.id);
  return html`
    <li class="card">
      <header class="flows-head">
        <h3>${title} <small class="faint">${versionName(summary)}</small></h3>
        <button type="button" class="small" aria-expanded=${open} onClick=${() => setOpen(!open)}>${t("flows.read")}<span class="unseen">: ${title}</span></button>
      </header>
      ${open && html`<${Versions} summary=${summary} role=${role} onUsed=${onUsed} />`}
    </li>
  `;
}

/** The flow as it is, and, for whoever leads, as it was: an older version is read before it is used. */
function Versions({ summary, role, onUsed }) {
  const { versions, error, failed } = useVersions(summary.id, LEADS.has(role));
  const [chosen, setChosen] = useState(summary.number);
  const [busy, setBusy] = useState(false);
  const shown = versions?.find((one) => one.number === chosen);
  const use = async () => {
    setBusy(true);
    try {
      onUsed(await put(`/flows/${summary.id}/current`, { number: chosen }));
      announce(t("flows.used"));
    } catch (failure) {
      failed(failure);
    }
    setBusy(false);
  };
  if (!versions) return error ? html`<${Problem} error=${error} />` : html`<p role="status">${t("state.loading")}</p>`;
  return html`
    <${Problem} error=${error} />
    ${versions.length > 1 && html`<${Choice} versions=${versions} current=${summary.number} chosen=${chosen} onChoose=${setChosen} />`}
    ${role === "admin" && chosen !== summary.number && html`<p><button type="button" class="primary" disabled=${busy} onClick=${use}>${t("flows.use")}</button></p>`}
    ${shown && html`<${FlowOutline} key=${shown.number} flow=${shown} />`}
  `;
}

function useVersions(id, leads) {
  const [state, setState] = useState({ versions: null, error: null });
  const failed = (error) => setState((old) => ({ ...old, error }));
  useEffect(() => {
    const read = leads ? get(`/flows/${id}/versions`).then(({ items }) => items) : get(`/flows/${id}`).then((flow) => [flow]);
    read.then((versions) => setState({ versions, error: null })).catch(failed);
  }, [id]);
  return { ...state, failed };
}

/** `role:admin` or `agent:ana`, as a person reads it. */
const whoOf = (by) => (by.startsWith("role:") ? word("role", by.slice(5)) : by.replace(/^\w+:/, ""));

const Choice = ({ versions, current, chosen, onChoose }) => html`
  <fieldset class="flow-versions">
    <legend>${t("flows.versions")}</legend>
    ${versions.map(
      (one) => html`
        <label key=${one.number} class="choice">
          <input type="radio" name=${`version-${one.id}`} checked=${one.number === chosen} onChange=${() => onChoose(one.number)} />
          <span><span>${versionName(one)}${one.number === current && html` <span class="tag"><${Icon} name="check" size=${12} /> ${t("flows.in_use")}</span>`}</span>
            <small>${one.at && t("flows.by", { when: dateAndTime(one.at), who: whoOf(one.by) })}${one.note && html` · <bdi>${one.note}</bdi>`}</small></span>
        </label>
      `,
    )}
  </fieldset>
`;
