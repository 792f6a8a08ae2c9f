// What became of each row of a file: all of them, those that failed, those that wait for a decision.

import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { getAll } from "./api.js";
import { number, percent, t, word } from "./i18n.js";
import { Problem } from "./parts.js";
import { save, table } from "./importing.js";
import { fieldName } from "./said.js";

const FILTERS = ["all", "failed", "review"];

export function Rows({ known }) {
  const [rows, setRows] = useState(null);
  const [filter, setFilter] = useState(known.counts.failed ? "failed" : "all");
  const [error, setError] = useState(null);
  useEffect(() => {
    getAll(`/patients/imports/${encodeURIComponent(known.id)}/rows`).then(setRows).catch(setError);
  }, [known.id]);
  const download = () => table(known.id).then((blob) => save(blob, `${known.name || known.source}.result.csv`)).catch(setError);
  if (!rows) return error ? html`<${Problem} error=${error} />` : html`<p role="status">${t("state.loading")}</p>`;
  const items = rows.items.filter((row) => filter === "all" || row.decision === filter);
  return html`
    <div class="import-tools">
      <div role="group" aria-label=${t("import.which")} class="review-tabs">
        ${FILTERS.map((name) => html`<button key=${name} type="button" aria-pressed=${name === filter} onClick=${() => setFilter(name)}>${word("import_only", name)}</button>`)}
      </div>
      <button type="button" onClick=${download}>${t("import.download")}</button>
      ${known.counts.review > 0 && html`<a href="#/reviews">${t("import.decide")}</a>`}
    </div>
    <${Problem} error=${error} />
    ${rows.partial && html`<p class="faint small">${t("list.partial", { n: number(rows.items.length) })}</p>`}
    ${items.length === 0
      ? html`<p class="faint">${t("import.no_rows")}</p>`
      : html`
          <div class="table-scroll" tabindex="0" role="group" aria-label=${t("import.result")}>
            <table class="import-rows">
              <thead><tr><th scope="col">${t("import.row")}</th><th scope="col">${t("import.became")}</th><th scope="col">${t("import.said")}</th></tr></thead>
              <tbody>${items.map((row) => html`<${Row} key=${row.row} row=${row} />`)}</tbody>
            </table>
          </div>
        `}
  `;
}

const Row = ({ row }) => html`
  <tr>
    <th scope="row">${number(row.row)}</th>
    <td>${word("import_decision", row.decision)}</td>
    <td>
      ${row.issues.map((one) => html`<span key=${one.field} class="issue">${one.field && html`<strong>${fieldName(one.field)}:</strong> `}${one.message}</span>`)}
      ${row.score !== null && row.decision === "review" && t("review.score", { share: percent(Math.min(0.99, row.score)) })}
    </td>
  </tr>
`;
