// Which visits of these days may be missed: whom to call first, and why, in words.

import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { get } from "./api.js";
import { count, t } from "./i18n.js";
import { Icon } from "./icons.js";
import { Name } from "./parts.js";
import { reasonText, shareText } from "./riskwords.js";
import { dateAndTime } from "./time.js";

const NONE = new Map();

/** The risks by visit; none where the clinic does not have them reckoned, or they cannot be had: the agenda works without. */
export function useRisks(days) {
  const wanted = days.join("/");
  const [state, setState] = useState({ of: null, risks: NONE });
  useEffect(() => {
    let current = true;
    Promise.all(days.map((day) => get(`/risk/visits?day=${day}`)))
      .then((pages) => current && setState({ of: wanted, risks: byVisit(pages.flatMap((page) => page.items)) }))
      .catch(() => {});
    return () => {
      current = false;
    };
  }, [wanted]);
  return state.of === wanted ? state.risks : NONE;
}

const byVisit = (items) => new Map(items.filter((one) => one.risk).map((one) => [one.appointment, one.risk]));

/** A mark is for a visit that can still be called about. */
export const mayMiss = (visit, risks) => visit.status === "booked" && Boolean(risks.get(visit.id)?.high);

/** The likeliest missed first. */
export function CallFirst({ visits, risks, onOpen }) {
  const likely = visits.filter((one) => mayMiss(one, risks));
  if (likely.length === 0) return null;
  likely.sort((a, b) => risks.get(b.id).probability - risks.get(a.id).probability);
  return html`
    <details class="agenda-risks">
      <summary><${Icon} name="warning" size=${14} /> ${count("risks.first", likely.length)}</summary>
      <ol>
        ${likely.map(
          (visit) => html`
            <li key=${visit.id}>
              <button type="button" class="small" onClick=${() => onOpen(visit)}>${dateAndTime(visit.start)} · <${Name} of=${visit.patient_name} /></button>
              <span class="small"><bdi>${visit.practitioner}</bdi> · ${shareText(risks.get(visit.id))}</span>
              <${Reasons} risk=${risks.get(visit.id)} />
            </li>
          `,
        )}
      </ol>
    </details>
  `;
}

export const Reasons = ({ risk }) => html`<ul class="faint small risk-reasons" aria-label=${t("risks.why")}>${risk.reasons.map((one) => html`<li key=${one.feature}>${reasonText(one)}</li>`)}</ul>`;

/** On a visit's card. */
export const RiskNote = ({ risk }) => html`
  <div class="risk-note">
    <p>${risk.high && html`<strong><${Icon} name="warning" size=${14} /> ${t("risks.may_miss")}</strong> · `}${shareText(risk)}</p>
    <${Reasons} risk=${risk} />
  </div>
`;
