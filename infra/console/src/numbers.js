// Today in numbers: tiles, a chart of each quarter of an hour, and tables of it, of each channel and origin.

import { html, useEffect, useRef, useState } from "../vendor/htm-preact.js";
import { get } from "./api.js";
import { ByChannel, ByOrigin, NewPeople } from "./channelreport.js";
import { drawChart } from "./chart.js";
import { Figures, ready as figures } from "./figures.js";
import { learn, number, percent, t } from "./i18n.js";
import { Problem } from "./parts.js";
import { usePolling } from "./polling.js";
import { clock, exactSpan, span, zoneName } from "./time.js";

/** The words of the tables are no part of a first visit. */
export const ready = Promise.all([learn("numbers"), figures]);

export function Numbers() {
  const [metrics, setMetrics] = useState(null);
  const [error, setError] = useState(null);
  usePolling(async (isCurrent) => {
    try {
      const answer = await get("/metrics");
      if (isCurrent()) setMetrics((old) => (JSON.stringify(old) === JSON.stringify(answer) ? old : answer));
      if (isCurrent()) setError(null);
    } catch (failure) {
      if (isCurrent()) setError(failure);
      throw failure;
    }
  }, [], 3000);
  return html`
    <main class="numbers" id="main" tabindex="-1">
      <div class="numbers-column">
        <h1>${t("numbers.title")}</h1>
        <p class="faint">${t("timeline.zone", { zone: zoneName() })}</p>
        <${Problem} error=${error} />
        ${!metrics && !error && html`<p role="status">${t("state.loading")}</p>`}
        ${metrics && html`<${Tiles} metrics=${metrics} /><${Quarters} intervals=${metrics.intervals} /><${ByChannel} channels=${metrics.channels ?? {}} /><${NewPeople} people=${metrics.new_people ?? {}} /><${ByOrigin} origins=${metrics.total.origins ?? {}} /><${Definitions} kpis=${metrics.kpis ?? []} />`}
        <${Figures} />
      </div>
    </main>
  `;
}

const measured = (value, show) => (value === null || value === undefined ? "–" : show(value));

const sumOf = (messages, way) => Object.values(messages ?? {}).reduce((sum, channel) => sum + (channel[way] ?? 0), 0);

function Tiles({ metrics: { now, total } }) {
  const tiles = [
    ["waiting", number(now.waiting), now.waiting > 0 ? t("tile.oldest", { span: span(now.oldest_wait_s ?? 0) }) : t("tile.nobody"), now.waiting > 0],
    ["assigned", number(now.assigned), t("tile.now")],
    ["handled", number(total.handled), t("tile.of_offered", { n: number(total.offered) })],
    ["service_level", measured(total.service_level, percent), t("tile.in_target", { n: number(total.answered_in_target), of: number(total.answered + total.abandoned) })],
    ["average_wait", measured(total.average_wait_s, exactSpan), t("tile.until_answer")],
    ["abandoned", number(total.abandoned), t("tile.calls"), total.abandoned > 0],
    ["unique", number(total.unique_records), t("tile.people")],
    ["messages", number(sumOf(total.messages, "in")), t("tile.messages_out", { n: number(sumOf(total.messages, "out")) })],
  ];
  return html`
    <dl class="tiles">
      ${tiles.map(
        ([name, value, note, warn]) => html`
          <div key=${name} class=${`tile ${warn ? "warn" : ""}`}>
            <dt>${t(`tile.${name}`)}</dt>
            <dd class="value">${value}</dd>
            <dd class="note">${note}</dd>
          </div>
        `,
      )}
    </dl>
  `;
}

function Quarters({ intervals }) {
  return html`
    <section class="card" aria-labelledby="quarters">
      <h2 id="quarters">${t("chart.title")}</h2>
      ${intervals.length === 0 ? html`<p class="faint">${t("chart.none")}</p>` : html`<${Chart} intervals=${intervals} /><${Table} intervals=${intervals} />`}
    </section>
  `;
}

/** The drawing says nothing that the table below it does not, so a screen reader is sent there. */
function Chart({ intervals }) {
  const box = useRef(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let undo = () => {};
    let gone = false;
    drawChart(box.current, intervals)
      .then((clear) => {
        if (gone) clear();
        else undo = clear;
      })
      .catch(() => setFailed(true));
    return () => {
      gone = true;
      undo();
    };
  }, [intervals]);
  return html`
    <ul class="legend" aria-hidden="true">
      ${["offered", "answered", "abandoned"].map((name) => html`<li key=${name} class=${`of-${name}`}>${t(`column.${name}`)}</li>`)}
    </ul>
    <div class="chart" ref=${box} role="img" aria-label=${t("chart.label")}></div>
    ${failed && html`<p class="faint">${t("chart.failed")}</p>`}
  `;
}

const COLUMNS = ["offered", "handled", "answered", "answered_in_target", "abandoned", "unique_records"];

const Table = ({ intervals }) => html`
  <details>
    <summary>${t("chart.table")}</summary>
    <div class="table-scroll" tabindex="0" role="group" aria-label=${t("chart.table")}>
      <table>
        <thead><tr><th scope="col">${t("column.start")}</th>${COLUMNS.map((name) => html`<th key=${name} scope="col">${t(`column.${name}`)}</th>`)}</tr></thead>
        <tbody>
          ${intervals.map(
            (row) => html`<tr key=${row.start}><th scope="row">${clock(row.start)}</th>${COLUMNS.map((name) => html`<td key=${name}>${number(row[name] ?? 0)}</td>`)}</tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>
`;

const Definitions = ({ kpis }) =>
  kpis.length === 0
    ? null
    : html`<p class="faint small">${t("numbers.definitions")} ${kpis.map((kpi) => `${kpi.id} v${kpi.version}`).join(", ")}</p>`;
