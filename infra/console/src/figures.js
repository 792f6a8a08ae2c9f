// How the clinic does over some days: every figure with of how many it is, what it means, and what it is made of.

import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { get, serverNow } from "./api.js";
import { daysAfter } from "./calendar.js";
import { isFew, isNone, kindOf, nameOf, partName, partsOf, shown, shownPart, whatOf } from "./figurewords.js";
import { count, learn, t, word } from "./i18n.js";
import { style } from "./looks.js";
import { Problem } from "./parts.js";
import { dayOf } from "./time.js";

export const ready = Promise.all([learn("figures"), learn("flownames"), style("styles/figures.css")]);

const GROUPS = ["appointments", "follow-up", "access", "bot", "messages", "authorisations", "surveys", "reviews", "retention"];
const SPANS = [
  ["today", 1],
  ["week", 7],
  ["month", 30],
];
const MOST_DAYS = 31;

/** From this day to that one, both included. */
const lastDays = (n) => {
  const until = dayOf(serverNow());
  return { from: daysAfter(until, 1 - n), until };
};

export function Figures() {
  const [range, setRange] = useState(() => lastDays(7));
  const types = useTypes();
  const wrong = wrongWith(range);
  const answers = useReports(range, wrong);
  return html`
    <section class="figures" aria-labelledby="figures-title">
      <header class="figures-head">
        <h2 id="figures-title">${t("figures.title")}</h2>
        <${Range} range=${range} wrong=${wrong} onRange=${setRange} />
      </header>
      ${!wrong && GROUPS.map((group) => html`<${Group} key=${group} group=${group} answer=${answers[group]} types=${types} />`)}
    </section>
  `;
}

function wrongWith({ from, until }) {
  if (!from || !until || until < from) return "figures.backwards";
  return daysAfter(from, MOST_DAYS) <= until ? "figures.too_long" : null;
}

function Range({ range, wrong, onRange }) {
  const set = (name) => (event) => onRange({ ...range, [name]: event.target.value });
  const marked = wrong ? { "aria-invalid": "true", "aria-describedby": "range-wrong" } : {};
  return html`
    <div class="figures-range" role="group" aria-label=${t("figures.period")}>
      <div class="figures-spans">
        ${SPANS.map(([name, n]) => html`<button key=${name} type="button" aria-pressed=${same(range, lastDays(n))} onClick=${() => onRange(lastDays(n))}>${t(`figures.${name}`)}</button>`)}
      </div>
      <label class="figures-day">${t("figures.from")} <input type="date" value=${range.from} onChange=${set("from")} ...${marked} /></label>
      <label class="figures-day">${t("figures.until")} <input type="date" value=${range.until} onChange=${set("until")} ...${marked} /></label>
      ${wrong && html`<p class="problem" id="range-wrong" role="alert">${t(wrong)}</p>`}
    </div>
  `;
}

const same = (one, other) => one.from === other.from && one.until === other.until;

/** The kinds of visits by id: a figure names them so. */
function useTypes() {
  const [types, setTypes] = useState({});
  useEffect(() => {
    get("/appointment-types")
      .then(({ items }) => setTypes(Object.fromEntries(items.map((one) => [one.id, one.name]))))
      .catch(() => {});
  }, []);
  return types;
}

/** One answer of the server: what cannot be told now does not hide the others. */
function Group({ group, answer: { report, error } = {}, types }) {
  const title = word("figure_group", group.replace("-", "_"));
  const channels = Object.entries(report?.channels ?? {});
  return html`
    <section class="card" aria-label=${title} aria-busy=${!report && !error}>
      <h3>${title}</h3>
      <${Problem} error=${error} />
      ${!report && !error && html`<p class="faint" role="status">${t("state.loading")}</p>`}
      ${report && html`<div class="figure-list">${report.total.map((one) => html`<${Figure} key=${one.id} figure=${one} types=${types} />`)}</div>`}
      ${channels.length > 0 && html`<${ByChannel} title=${title} figures=${report.total} channels=${channels} />`}
    </section>
  `;
}

/** The answers by group, one asked for after the other: each is a good deal of work for the server. */
function useReports({ from, until }, wrong) {
  const [state, setState] = useState({ of: null, answers: {} });
  const wanted = `${from}/${until}`;
  useEffect(() => {
    let current = !wrong;
    const note = (group, answer) => current && setState((old) => ({ of: wanted, answers: { ...(old.of === wanted && old.answers), [group]: answer } }));
    const read = async () => {
      for (const group of GROUPS) {
        if (!current) return;
        await get(`/metrics/${group}?from=${from}&to=${daysAfter(until, 1)}`).then((report) => note(group, { report }), (error) => note(group, { error }));
      }
    };
    read();
    return () => {
      current = false;
    };
  }, [wanted]);
  return state.of === wanted ? state.answers : {};
}

function Figure({ figure, types }) {
  const parts = partsOf(figure);
  return html`
    <div class="figure" role="group" aria-label=${nameOf(figure)}>
      <h4>${nameOf(figure)}</h4>
      <p class=${isNone(figure) ? "figure-none" : "figure-value"}>${shown(figure)}</p>
      ${!isNone(figure) && html`<p class="faint small">${count(`figure_of.${kindOf(figure)}`, figure.n)}</p>`}
      <details>
        <summary>${t("figures.more")}<span class="unseen">: ${nameOf(figure)}</span></summary>
        <p>${whatOf(figure)} ${isFew(figure) && t("figures.few")}</p>
        ${parts.length > 0 && html`<${Parts} figure=${figure} parts=${parts} types=${types} />`}
        <p class="faint small">${t("figures.definition", { id: figure.id, version: figure.version, source: figure.source })}</p>
      </details>
    </div>
  `;
}

const Parts = ({ figure, parts, types }) => html`
  <table class="figure-parts" aria-label=${t("figures.made_of")}>
    <tbody>${parts.map(([name, part]) => html`<tr key=${name}><th scope="row"><bdi>${partName(figure, name, types)}</bdi></th><td>${shownPart(figure, name, part)}</td></tr>`)}</tbody>
  </table>
`;

const Theirs = ({ figure }) => (figure ? shownPart(figure, "", figure) : "–");

const ByChannel = ({ title, figures, channels }) => html`
  <details>
    <summary>${t("figures.by_channel")}<span class="unseen">: ${title}</span></summary>
    <div class="table-scroll" tabindex="0" role="group" aria-label=${`${t("figures.by_channel")}: ${title}`}>
      <table>
        <thead><tr><th scope="col">${t("report.channel")}</th>${figures.map((one) => html`<th key=${one.id} scope="col">${nameOf(one)}</th>`)}</tr></thead>
        <tbody>
          ${channels.map(([name, theirs]) => html`<tr key=${name}><th scope="row">${word("channel", name)}</th>${figures.map((one) => html`<td key=${one.id}><${Theirs} figure=${theirs.find((each) => each.id === one.id)} /></td>`)}</tr>`)}
        </tbody>
      </table>
    </div>
  </details>
`;
