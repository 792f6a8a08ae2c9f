// What surveys come to: a number, its interval, and of how many answers it is.

import { html } from "../vendor/htm-preact.js";
import { count, locale, number, percent, t } from "./i18n.js";

const signed = (score) => new Intl.NumberFormat(locale(), { maximumFractionDigits: 0, signDisplay: "exceptZero" }).format(score);

export function SurveyResults({ found }) {
  const { asked, answered, nps, csat } = found;
  return html`
    <dl class="survey-tiles">
      <${Tile} title=${t("surveys.nps")} value=${nps.score} as=${signed} of=${nps} few=${!nps.enough}>
        ${t("surveys.nps_of", { promoters: number(nps.promoters), detractors: number(nps.detractors) })}
      <//>
      <${Tile} title=${t("surveys.csat")} value=${csat.share} as=${percent} of=${csat} few=${false}>
        ${t("surveys.csat_of", { n: number(csat.content) })}
      <//>
      <div class="tile">
        <dt>${t("surveys.answered")}</dt>
        <dd class="value">${asked > 0 ? percent(answered / asked) : "–"}</dd>
        <dd class="note">${t("surveys.answered_of", { n: number(answered), of: number(asked) })}</dd>
      </div>
    </dl>
  `;
}

/** One number; where it is of too few to say much, that is said, too. */
const Tile = ({ title, value, as, of: { answers, low, high }, few, children }) => html`
  <div class="tile">
    <dt>${title}</dt>
    <dd class="value">${value === null ? "–" : as(value)}</dd>
    <dd class="note">${count("surveys.answers", answers)}${low !== null && high !== null && ` · ${t("surveys.interval", { low: as(low), high: as(high) })}`}</dd>
    ${answers > 0 && html`<dd class="note">${children}</dd>`}
    ${answers > 0 && few && html`<dd class="note few">${t("surveys.few")}</dd>`}
  </div>
`;
