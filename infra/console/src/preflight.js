// A trial of all open channels: an invented patient writes on each, and what comes of it is told as it comes.

import { html, useState } from "../vendor/htm-preact.js";
import { problemOf } from "./accountwords.js";
import { announce } from "./announce.js";
import { get, post } from "./api.js";
import { t, word } from "./i18n.js";
import { Icon } from "./icons.js";
import { Problem } from "./parts.js";
import { usePolling } from "./polling.js";

const RUNNING = { state: "running", together: null, message: "", accounts: [] };
const ICONS = { waiting: "clock", arrived: "check", failed: "warning" };

export function Preflight({ admin }) {
  const [run, setRun] = useState(null);
  const [error, setError] = useState(null);
  const running = run?.state === "running";
  const start = async () => {
    setError(null);
    setRun(RUNNING);
    try {
      const { id } = await post("/preflight");
      setRun({ ...RUNNING, id });
    } catch (failure) {
      setRun(null);
      setError(failure);
    }
  };
  usePolling(async (isCurrent) => {
    if (!running || !run.id) return;
    const known = await get(`/preflight/${encodeURIComponent(run.id)}`);
    if (!isCurrent()) return;
    setRun(known);
    if (known.state !== "running") announce(word("preflight_state", known.state));
  }, [run?.id, running]);
  return html`
    <section class="card preflight" aria-labelledby="preflight">
      <header>
        <h2 id="preflight">${t("preflight.title")}</h2>
        ${admin && html`<button type="button" aria-busy=${running} disabled=${running} onClick=${start}>${running ? t("preflight.runs") : t("preflight.run")}</button>`}
      </header>
      <p class="faint">${t("preflight.lead")}</p>
      <${Problem} error=${error} />
      ${run && html`<${Result} run=${run} />`}
    </section>
  `;
}

const Result = ({ run }) => html`
  <p class=${`lead ${run.state === "failed" ? "why" : run.state === "passed" ? "well" : ""}`}>${word("preflight_state", run.state)}</p>
  <ul class="probes">
    ${run.accounts.map(
      (one) => html`
        <li key=${`${one.channel}/${one.account}`}>
          <${Icon} name=${one.channel} />
          <span>${word("channel", one.channel)} <bdi class="faint">${one.display || one.account}</bdi></span>
          <span class=${one.state === "failed" ? "why" : ""}><${Icon} name=${ICONS[one.state]} size=${16} /> ${word("probe_state", one.state)}</span>
          ${!one.test.ok && html`<p class="why">${problemOf(one.test)}${one.test.detail && html` <small>${one.test.detail}</small>`}</p>`}
        </li>
      `,
    )}
  </ul>
  ${run.together === true && html`<p class="well"><${Icon} name="check" size=${16} /> ${t("preflight.together")}</p>`}
  ${run.together === false && html`<p class="why"><${Icon} name="warning" size=${16} /> ${t("trial.apart")}</p>`}
`;
