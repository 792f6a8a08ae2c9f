// What came of a campaign: those who were written to beside those who by lot were not.

import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { get, serverNow } from "./api.js";
import { pathOf } from "./campaignwords.js";
import { locale, number, percent, t } from "./i18n.js";
import { Problem } from "./parts.js";
import { dateAndTime } from "./time.js";

/** A visit booked within so many days of the first message counts as having come of it. */
const COUNTS_MS = 30 * 86_400_000;

const points = (share) => new Intl.NumberFormat(locale(), { maximumFractionDigits: 1, signDisplay: "exceptZero" }).format(share * 100);

export function Results({ campaign }) {
  const [state, setState] = useState({ found: null, error: null });
  useEffect(() => {
    get(`${pathOf(campaign)}/results`)
      .then((found) => setState({ found, error: null }))
      .catch((error) => setState({ found: null, error }));
  }, [campaign.version]);
  const { found, error } = state;
  if (!found) return error ? html`<${Problem} error=${error} />` : html`<p role="status">${t("state.loading")}</p>`;
  return html`
    <div class="campaign-results">
      <${Effect} found=${found} />
      <div class="table-scroll" tabindex="0" role="group" aria-label=${t("campaigns.arms")}>
        <table>
          <thead><tr><td></td><th scope="col">${t("campaigns.treated")}</th><th scope="col">${t("campaigns.controls")}</th></tr></thead>
          <tbody>
            <${Arm} name="people" treated=${number(found.treated)} controls=${number(found.controls)} />
            <${Arm} name="booked" treated=${ofThem(found.booked, found.treated)} controls=${ofThem(found.booked_controls, found.controls)} />
            ${["sent", "messages", "delivered", "answered", "yes", "unreached", "opted_out"].map((name) => html`<${Arm} key=${name} name=${name} treated=${number(found[name])} controls="–" />`)}
          </tbody>
        </table>
      </div>
    </div>
  `;
}

const Arm = ({ name, treated, controls }) => html`<tr><th scope="row">${t(`campaign_row.${name}`)}</th><td>${treated}</td><td>${controls}</td></tr>`;

const ofThem = (n, of) => (of > 0 ? `${number(n)} (${percent(n / of)})` : number(n));

/** By how much more are booked for being written to: only once everybody's thirty days are over. */
function Effect({ found }) {
  if (!found.effect) return html`<p class="faint">${t("campaigns.no_comparison")}</p>`;
  const known = found.walked_at ? Date.parse(found.walked_at) + COUNTS_MS : Infinity;
  if (known > serverNow()) {
    const until = Number.isFinite(known) ? t("campaigns.known_on", { when: dateAndTime(new Date(known).toISOString()) }) : "";
    return html`<p class="campaign-early"><strong>${t("campaigns.early")}</strong> ${t("campaigns.early_why")} ${until}</p>`;
  }
  const { of, low, high } = found.effect;
  const sure = low > 0 || high < 0;
  return html`
    <p class="campaign-effect"><strong>${t("campaigns.effect", { points: points(of) })}</strong> ${t("campaigns.interval", { low: points(low), high: points(high) })}</p>
    <p class="faint small">${t(sure ? "campaigns.sure" : "campaigns.chance")}</p>
  `;
}
