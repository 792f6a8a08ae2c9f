// How visits were, by those who had them: what it comes to, with how sure that is, what they said of a day, who may
// be leaving, and what the review site shows.

import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { get, serverNow } from "./api.js";
import { daysAfter } from "./calendar.js";
import { ChurnRisks } from "./churn.js";
import { learn, t } from "./i18n.js";
import { style } from "./looks.js";
import { Problem } from "./parts.js";
import { Ratings } from "./ratings.js";
import { ready as setup, SetupNav } from "./setupnav.js";
import { SurveyResults } from "./surveyresults.js";
import { Said } from "./surveysaid.js";
import { dayOf } from "./time.js";

export const ready = Promise.all([learn("surveys"), style("styles/surveys.css"), setup]);

const DAYS_BEFORE = 29;
const MOST_DAYS = 92;

export function Surveys({ me }) {
  const today = dayOf(serverNow());
  const [period, setPeriod] = useState({ since: daysAfter(today, -DAYS_BEFORE), until: today });
  const [day, setDay] = useState(today);
  return html`
    <main class="setup-page surveys" id="main" tabindex="-1">
      <div class="setup-column">
        <${SetupNav} me=${me} view="surveys" />
        <div><h1>${t("surveys.title")}</h1><p class="faint">${t("surveys.lead")}</p></div>
        <section aria-labelledby="survey-results">
          <header class="setup-head">
            <h2 id="survey-results">${t("surveys.results")}</h2>
            <${Day} label=${t("surveys.since")} value=${period.since} min=${daysAfter(period.until, -MOST_DAYS + 1)} max=${period.until} onDay=${(since) => setPeriod({ ...period, since })} />
            <${Day} label=${t("surveys.until")} value=${period.until} min=${period.since} max=${daysAfter(period.since, MOST_DAYS - 1)} onDay=${(until) => setPeriod({ ...period, until })} />
          </header>
          <${Asked} path=${`/surveys/results?since=${period.since}&until=${period.until}`} as=${SurveyResults} />
        </section>
        <section aria-labelledby="survey-day">
          <header class="setup-head">
            <h2 id="survey-day">${t("surveys.said")}</h2>
            <${Day} label=${t("surveys.day")} value=${day} onDay=${setDay} />
          </header>
          <${Asked} path=${`/surveys?day=${day}`} as=${Said} />
        </section>
        <section aria-labelledby="churn">
          <div><h2 id="churn">${t("churn.title")}</h2><p class="faint">${t("churn.lead")}</p></div>
          <${ChurnRisks} />
        </section>
        <section aria-labelledby="ratings">
          <div><h2 id="ratings">${t("ratings.title")}</h2><p class="faint">${t("ratings.lead")}</p></div>
          <${Asked} path="/ratings" as=${Ratings} />
        </section>
      </div>
    </main>
  `;
}

const Day = ({ label, value, onDay, ...limits }) => html`
  <label class="survey-day">${label} <input type="date" required value=${value} onChange=${(event) => event.target.value && onDay(event.target.value)} ...${limits} /></label>
`;

/** What the server says there, shown `as` a component of it. */
function Asked({ path, as: Part }) {
  const [state, setState] = useState({ found: null, error: null });
  useEffect(() => {
    let wanted = true;
    get(path)
      .then((found) => wanted && setState({ found, error: null }))
      .catch((error) => wanted && setState({ found: null, error }));
    return () => {
      wanted = false;
    };
  }, [path]);
  if (state.error) return html`<${Problem} error=${state.error} />`;
  return state.found ? html`<${Part} found=${state.found} />` : html`<p role="status">${t("state.loading")}</p>`;
}
