// Other reminders, tried on half of the patients: how long it would take, and what came of it.

import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { get, post } from "./api.js";
import { ExperimentForm } from "./experimentform.js";
import { number, percent, t, word } from "./i18n.js";
import { Icon } from "./icons.js";
import { Problem } from "./parts.js";
import { whenOf } from "./policyspans.js";
import { points } from "./riskwords.js";
import { dateAndTime } from "./time.js";

export function Experiments({ admin }) {
  const [items, setItems] = useState(null);
  const [error, setError] = useState(null);
  const [writing, setWriting] = useState(false);
  useEffect(() => {
    get("/experiments").then((answer) => setItems(answer.items), setError);
  }, []);
  const replace = (one) => setItems((all) => all.map((each) => (each.id === one.id ? one : each)));
  const drafted = (one) => {
    setItems((all) => [...(all ?? []), one]);
    setWriting(false);
    announce(t("experiments.drafted"));
  };
  return html`
    <section aria-labelledby="experiments-title" class="experiments">
      <header class="risk-head">
        <h2 id="experiments-title">${t("experiments.title")}</h2>
        ${admin && html`<button type="button" aria-expanded=${writing} onClick=${() => setWriting(!writing)}><${Icon} name="plus" size=${16} /> ${t("experiments.draft")}</button>`}
      </header>
      <p class="faint">${t("experiments.lead")}</p>
      <${Problem} error=${error} />
      ${writing && html`<${ExperimentForm} onDrafted=${drafted} onClose=${() => setWriting(false)} />`}
      ${items?.length === 0 && !writing && html`<p class="faint">${t("experiments.none")}</p>`}
      <ul class="experiments-list">${(items ?? []).toReversed().map((one) => html`<${Experiment} key=${one.id} experiment=${one} admin=${admin} onChanged=${replace} />`)}</ul>
    </section>
  `;
}

function Experiment({ experiment, admin, onChanged }) {
  const [results, setResults] = useState(false);
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const { id, version, name, state } = experiment;
  const act = async (step, said) => {
    setBusy(true);
    setError(null);
    try {
      onChanged(await post(`/experiments/${encodeURIComponent(id)}/${step}`, { version }));
      announce(t(said));
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
  };
  return html`
    <li class="card">
      <header class="risk-head">
        <h3><bdi>${name}</bdi> <span class=${`tag ${state === "running" ? "" : "paused"}`}>${word("experiment_state", state)}</span></h3>
        <p class="steps">
          ${admin && state === "draft" && html`<button type="button" class="small primary" disabled=${busy || experiment.estimate.weeks === null} onClick=${() => act("start", "experiments.started")}>${t("experiments.start")}<span class="unseen">: ${name}</span></button>`}
          ${state !== "draft" && html`<button type="button" class="small" aria-expanded=${results} onClick=${() => setResults(!results)}>${t("experiments.results")}<span class="unseen">: ${name}</span></button>`}
        </p>
      </header>
      ${experiment.started_at && html`<p class="small faint">${t("experiments.since", { when: dateAndTime(experiment.started_at) })} ${experiment.stopped_at && t("experiments.until", { when: dateAndTime(experiment.stopped_at) })}</p>`}
      <${Estimate} estimate=${experiment.estimate} />
      <ol class="policy-steps">${experiment.steps.map((one) => html`<li key=${one.name}><strong>${one.name}</strong> <span class="faint">${whenOf(one.minutes)}</span></li>`)}</ol>
      <${Problem} error=${error} />
      ${results && html`<${Results} key=${version} id=${id} />`}
      ${admin && state === "running" && html`<${Stop} name=${name} busy=${busy} onYes=${() => act("stop", "experiments.stopped")} />`}
    </li>
  `;
}

const rounded = (value) => number(Math.round(value));

const Estimate = ({ estimate: { patients, weeks, a_week: week } }) =>
  weeks === null
    ? html`<p class="why"><${Icon} name="warning" size=${16} /> ${t("experiments.never", { patients: number(patients), week: rounded(week) })}</p>`
    : html`<p>${t("experiments.estimate", { patients: number(patients), weeks: number(weeks), week: rounded(week) })}</p>`;

function Stop({ name, busy, onYes }) {
  const [asking, setAsking] = useState(false);
  if (!asking) return html`<p><button type="button" class="danger small" onClick=${() => setAsking(true)}>${t("experiments.stop")}<span class="unseen">: ${name}</span></button></p>`;
  return html`
    <p class="sure">${t("experiments.sure")}
      <button type="button" class="danger" autofocus disabled=${busy} onClick=${onYes}>${t("experiments.yes_stop")}</button>
      <button type="button" onClick=${() => setAsking(false)}>${t("appointment.keep")}</button></p>
  `;
}

/** Each share with of how many it is; the difference with its interval, and never without the word that it is early. */
function Results({ id }) {
  const [found, setFound] = useState(null);
  const [error, setError] = useState(null);
  useEffect(() => {
    get(`/experiments/${encodeURIComponent(id)}`).then(setFound, setError);
  }, []);
  if (!found) return error ? html`<${Problem} error=${error} />` : html`<p role="status">${t("state.loading")}</p>`;
  return html`
    ${!found.enough && html`<p class="experiment-early"><${Icon} name="warning" size=${16} /> ${t("experiments.early")}</p>`}
    <div class="table-scroll" tabindex="0" role="group" aria-label=${t("experiments.results")}>
      <table>
        <thead><tr>${["arm", "patients", "kept", "missed"].map((name) => html`<th key=${name} scope="col">${t(`experiments.${name}`)}</th>`)}</tr></thead>
        <tbody>
          <${Arm} name=${t("experiments.usual")} arm=${found.usual} />
          <${Arm} name=${t("experiments.tried")} arm=${found.tried} />
          <tr><th scope="row">${t("experiments.difference_of")}</th><td></td><td>${interval(found.kept)}</td><td>${interval(found.missed)}</td></tr>
        </tbody>
      </table>
    </div>
  `;
}

const share = (count, of) => (of > 0 ? `${number(count)} (${percent(count / of)})` : number(count));

const Arm = ({ name, arm }) => html`<tr><th scope="row">${name}</th><td>${number(arm.patients)}</td><td>${share(arm.kept, arm.patients)}</td><td>${share(arm.missed, arm.patients)}</td></tr>`;

const interval = (one) => (one ? t("experiments.interval", { of: points(one.of), low: points(one.low), high: points(one.high) }) : "–");
