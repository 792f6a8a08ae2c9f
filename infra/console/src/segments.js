// Groups of patients, kept as a question: who is in one is found anew each time.

import { html, useState } from "../vendor/htm-preact.js";
import { post } from "./api.js";
import { useCounting } from "./counting.js";
import { count, locale, number, t, word } from "./i18n.js";
import { Icon } from "./icons.js";
import { Problem } from "./parts.js";

const listed = (items) => new Intl.ListFormat(locale(), { type: "disjunction" }).format(items);

function age({ age_from: from, age_to: to }) {
  if (from === null && to === null) return "";
  if (to === null) return t("segments.age_from", { from });
  return from === null ? t("segments.age_to", { to }) : t("segments.age", { from, to });
}

/** A query in words, a phrase each. */
export function inWords(query, types) {
  const type = types.find((one) => one.id === query.type_id)?.name;
  return [
    listed(query.kinds.map((one) => word("patient_kind", one))),
    age(query),
    query.languages.length > 0 && listed(query.languages.map((one) => word("language", one))),
    type && t("segments.of_type", { type }),
    query.seen_before_days && count("segments.seen_before", query.seen_before_days),
    query.seen_within_days && count("segments.seen_within", query.seen_within_days),
    query.missed_last && t("segments.missed_last"),
    query.nothing_booked && t("segments.nothing_booked"),
  ].filter(Boolean);
}

export const Segments = ({ known, onAsk }) => html`
  <section aria-labelledby="segments-title">
    <header class="setup-head">
      <h2 id="segments-title">${t("segments.title")}</h2>
      <button type="button" onClick=${() => onAsk("segment", null)}><${Icon} name="plus" size=${16} /> ${t("segments.add")}</button>
    </header>
    ${known.segments.length === 0 && html`<p class="faint">${t("segments.none")}</p>`}
    <ul class="setup-list">
      ${known.segments.map((one) => html`<${Segment} key=${`${one.id}/${one.version}`} segment=${one} types=${known.types} onAsk=${onAsk} />`)}
    </ul>
  </section>
`;

function Segment({ segment, types, onAsk }) {
  const [open, setOpen] = useState(false);
  const called = html`<span class="unseen">: ${segment.name}</span>`;
  return html`
    <li class="card">
      <h3><bdi>${segment.name}</bdi></h3>
      <p class="faint small">${inWords(segment.query, types).join(" · ")}</p>
      ${open && html`<${HowMany} query=${segment.query} />`}
      <p class="setup-steps">
        <button type="button" class="small" aria-expanded=${open} onClick=${() => setOpen(!open)}>${t("segments.how_many")}${called}</button>
        <button type="button" class="small" onClick=${() => onAsk("segment", segment)}>${t("segments.edit")}${called}</button>
        <button type="button" class="small" onClick=${() => onAsk("dropSegment", segment)}>${t("segments.remove")}${called}</button>
      </p>
    </li>
  `;
}

/** How many are in it now, as they are counted. */
export function HowMany({ query }) {
  const { sum, done, error } = useCounting((next) => post("/segments/preview", { query, ...(next && { next }) }), JSON.stringify(query));
  if (error) return html`<${Problem} error=${error} />`;
  return html`
    <p role="status" class="how-many">
      <strong>${count("segments.people", sum?.people ?? 0)}</strong> ${" "}
      <span class="faint">${done ? t("segments.looked_at", { n: number(sum.looked_at) }) : t("segments.counting", { n: number(sum?.looked_at ?? 0) })}</span>
    </p>
  `;
}
