// What was said of the visits of a day: first those who were not content, with the contact in which somebody sees to it.

import { html } from "../vendor/htm-preact.js";
import { count, t, word } from "./i18n.js";
import { Icon } from "./icons.js";
import { Name } from "./parts.js";

const HIGHEST = { nps: 10, csat: 5 };

/** The low ones first, then who wrote something, then the others that answered. */
const rankOf = (one) => (one.low ? 0 : one.comment ? 1 : 2);

export function Said({ found: { items } }) {
  const answered = items.filter((one) => one.score !== null).sort((a, b) => rankOf(a) - rankOf(b) || a.score - b.score);
  const silent = items.length - answered.length;
  return html`
    ${items.length === 0 && html`<p class="faint">${t("surveys.nobody")}</p>`}
    <ul class="setup-list">${answered.map((one) => html`<${Answer} key=${one.id} survey=${one} />`)}</ul>
    ${silent > 0 && html`<p class="faint">${count("surveys.silent", silent)}</p>`}
  `;
}

const Answer = ({ survey }) => html`
  <li class=${`card survey ${survey.low ? "low" : ""}`}>
    <header class="setup-head">
      <h3>${survey.patient ? html`<${Name} of=${survey.patient_name} />` : t("surveys.erased")}</h3>
      <span class=${`setup-tag ${survey.low ? "clay" : "plain"}`}>${t("surveys.score", { n: survey.score, of: HIGHEST[survey.kind] })}</span>
    </header>
    ${survey.comment && html`<blockquote><bdi>${survey.comment}</bdi></blockquote>`}
    <p class="faint small">${[survey.practitioner, word("survey_kind", survey.kind), word("channel", survey.channel)].filter(Boolean).join(" · ")}</p>
    ${survey.contact &&
    html`<p><a class="button small" href=${`#/contact/${encodeURIComponent(survey.contact)}`}>${survey.low && html`<${Icon} name="warning" size=${14} /> `}${t(survey.low ? "surveys.see_to" : "surveys.open")}<span class="unseen">: ${survey.patient_name ?? t("contact.unnamed")}</span></a></p>`}
  </li>
`;
