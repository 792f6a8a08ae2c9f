// The day by channel, and what brought people: the same numbers as the tiles', divided.

import { html } from "../vendor/htm-preact.js";
import { number, percent, t, word } from "./i18n.js";
import { exactSpan } from "./time.js";

const seconds = (value) => (value === null ? "–" : exactSpan(value));

const sent = (way) => (one, channel) => number(one.messages[channel]?.[way] ?? 0);

const counted = (name) => (one) => number(one[name]);

const columns = () => [
  [t("column.offered"), counted("offered")],
  [t("column.unique_records"), counted("unique_records")],
  [t("column.answered"), counted("answered")],
  [t("column.answered_in_target"), counted("answered_in_target")],
  [t("report.median"), (one) => seconds(one.median_wait_s)],
  [t("report.average"), (one) => seconds(one.average_wait_s)],
  [t("report.in"), sent("in")],
  [t("report.out"), sent("out")],
];

export function ByChannel({ channels }) {
  const rows = Object.entries(channels);
  if (rows.length === 0) return null;
  return html`
    <section class="card" aria-labelledby="by-channel">
      <h2 id="by-channel">${t("report.title")}</h2>
      <${Table} label="by-channel" first=${t("report.channel")} columns=${columns()} rows=${rows} nameOf=${(channel) => word("channel", channel)} />
      <p class="faint small">${t("report.note")}</p>
    </section>
  `;
}

const touched = ({ count, share }) => (share === null ? number(count) : `${number(count)} (${percent(share)})`);

export function ByOrigin({ origins }) {
  const rows = Object.entries(origins);
  if (rows.length === 0) return null;
  const shares = [
    [t("origins.first"), (one) => touched(one.first_touch)],
    [t("origins.last"), (one) => touched(one.last_touch)],
  ];
  return html`
    <section class="card" aria-labelledby="by-origin">
      <h2 id="by-origin">${t("origins.title")}</h2>
      <${Table} label="by-origin" first=${t("origins.type")} columns=${shares} rows=${rows} nameOf=${(type) => word("origin", type)} />
      <p class="faint small">${t("origins.note")}</p>
    </section>
  `;
}

const booked = ({ booked: count, share }) => (share === null ? number(count) : `${number(count)} (${percent(share)})`);

/** Where new people are lost: by the channel on which they first came. */
export function NewPeople({ people }) {
  const rows = Object.entries(people);
  if (rows.length === 0) return null;
  const steps = [
    ...["contacted", "missed", "recovered"].map((step) => [t(`new_people.${step}`), counted(step)]),
    [t("new_people.booked"), booked],
  ];
  return html`
    <section class="card" aria-labelledby="new-people">
      <h2 id="new-people">${t("new_people.title")}</h2>
      <${Table} label="new-people" first=${t("report.channel")} columns=${steps} rows=${rows} nameOf=${(channel) => word("channel", channel)} />
      <p class="faint small">${t("new_people.note")}</p>
    </section>
  `;
}

const Table = ({ label, first, columns: shown, rows, nameOf }) => html`
  <div class="table-scroll" tabindex="0" role="group" aria-labelledby=${label}>
    <table>
      <thead><tr><th scope="col">${first}</th>${shown.map(([title]) => html`<th key=${title} scope="col">${title}</th>`)}</tr></thead>
      <tbody>
        ${rows.map(
          ([key, one]) => html`<tr key=${key}><th scope="row">${nameOf(key)}</th>${shown.map(([title, show]) => html`<td key=${title}>${show(one, key)}</td>`)}</tr>`,
        )}
      </tbody>
    </table>
  </div>
`;
