// Two records side by side, field by field, and why a person has to say whether they are one person's.

import { html } from "../vendor/htm-preact.js";
import { Evidence } from "./evidence.js";
import { parts, percent, t, word } from "./i18n.js";
import { Icon } from "./icons.js";
import { Name } from "./parts.js";
import { ago, FIELDS, fieldName, isDocument, sourceAndAge, valueOf } from "./said.js";
import { dateAndTime } from "./time.js";

export const titleOf = ({ records: [one, other] }) =>
  parts("review.pair", { one: html`<${Name} of=${one.name} />`, other: html`<${Name} of=${other.name} />` });

export const plainTitle = ({ records }) => {
  const [one, other] = records.map((side) => side.name || t("contact.unnamed"));
  return t("review.pair", { one, other });
};

export function Pair({ review }) {
  const likely = review.reason === "likely";
  return html`
    <p class="review-why"><${Icon} name=${review.joined ? "person" : "warning"} size=${18} /> <span>${reasonOf(review)}${" "}
      ${(review.joined || likely) && html`<span class="faint">${t("review.score", { share: percent(Math.min(0.99, review.score)) })}</span>`}</span></p>
    <${Versus} review=${review} />
    <section class="review-evidence" aria-labelledby="review-evidence">
      <h3 id="review-evidence">${t("review.evidence")}</h3>
      <${Evidence} evidence=${review.evidence} />
    </section>
  `;
}

function reasonOf(review) {
  if (review.state !== "open") return t(`review.was_${review.state}`);
  return review.joined ? t("review.joined_why") : word("review_reason", review.reason);
}

const SIDES = ["before", "later"];

const Versus = ({ review }) => html`
  <table class="versus" role="table">
    <caption class="unseen">${plainTitle(review)}</caption>
    <thead role="rowgroup">
      <tr role="row">
        <th role="columnheader" scope="col"><span class="unseen">${t("review.field")}</span></th>
        ${SIDES.map((side) => html`<th key=${side} role="columnheader" scope="col">${t(`review.${side}`)}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">${rowsOf(review).map((row) => html`<${Row} key=${row.key} row=${row} />`)}</tbody>
  </table>
`;

const Row = ({ row }) => html`
  <tr role="row" class=${row.level}>
    <th role="rowheader" scope="row">
      <span>${row.label}</span>
      ${row.level === "differs" && html`<span class="mark"><span aria-hidden="true">≠</span> ${t("review.differs")}</span>`}
      ${row.level === "equal" && html`<span class="mark"><span aria-hidden="true">=</span><span class="unseen"> ${t("review.equal")}</span></span>`}
    </th>
    ${row.cells.map(
      (values, place) => html`
        <td key=${place} role="cell">
          <span class="side-name" aria-hidden="true">${t(`review.${SIDES[place]}`)}</span>
          ${values.length === 0 && html`<span class="faint"><span aria-hidden="true">–</span><span class="unseen">${t("review.unsaid")}</span></span>`}
          ${values.map((one) => html`<span key=${one.text} class=${`said ${one.shared ? "shared" : ""}`}><bdi>${one.text}</bdi>${one.note && html` <small>${one.note}</small>`}</span>`)}
        </td>
      `,
    )}
  </tr>
`;

/** One row for each field of which either record says something. */
function rowsOf({ records }) {
  const fields = [...new Set(records.flatMap((side) => Object.keys(side.fields)))];
  const documents = fields.filter(isDocument).sort();
  const systems = [...new Set(records.flatMap((side) => side.contact_points.map((point) => point.system)))];
  const [who, where] = [FIELDS.slice(0, 5), FIELDS.slice(5)].map((some) => some.filter((field) => fields.includes(field)));
  return [
    ...[...who, ...documents].map((field) => compared(field, fieldName(field), records.map((side) => saidOf(side, field)))),
    ...systems.map((system) => compared(system, systemName(system), records.map((side) => reachedBy(side, system)))),
    ...where.map((field) => compared(field, fieldName(field), records.map((side) => saidOf(side, field)))),
    plain("kind", records.map((side) => word("patient_kind", side.kind))),
    plain("first_seen", records.map((side) => dateAndTime(side.first_seen_at)), records.map((side) => ago(side.first_seen_at))),
    plain("latest", records.map((side) => side.latest_at && dateAndTime(side.latest_at)), records.map((side) => side.latest_at && ago(side.latest_at))),
  ];
}

const systemName = (system) => (["phone", "email"].includes(system) ? fieldName(system) : word("system", system));

function saidOf(side, field) {
  if (!side.fields[field]) return [];
  const told = side.told?.[field];
  return [{ text: valueOf(field, side.fields[field]), note: told && sourceAndAge(told) }];
}

const reachedBy = (side, system) =>
  side.contact_points.filter((point) => point.system === system).map((point) => ({ text: point.value }));

/** Whether both say the same, one of several the same, something else, or only one of them anything. */
function compared(key, label, cells) {
  const [one, other] = cells.map((values) => new Set(values.map((value) => value.text)));
  const shared = [...one].filter((text) => other.has(text));
  const all = shared.length === one.size && shared.length === other.size;
  const level = shared.length > 0 ? (all ? "equal" : "shares") : one.size && other.size ? "differs" : "alone";
  return { key, label, level, cells: cells.map((values) => values.map((value) => ({ ...value, shared: shared.includes(value.text) }))) };
}

const plain = (key, values, notes = []) => ({
  key,
  label: fieldName(key),
  level: "about",
  cells: values.map((text, place) => (text ? [{ text, note: notes[place] }] : [])),
});
