// One campaign: what it says to whom, how far it is, and what is done with it.

import { html, useState } from "../vendor/htm-preact.js";
import { post } from "./api.js";
import { Results } from "./campaignresults.js";
import { pathOf, saidBy } from "./campaignwords.js";
import { number, percent, t, word } from "./i18n.js";
import { Problem } from "./parts.js";
import { dateAndTime } from "./time.js";

const TONES = { draft: "plain", running: "", paused: "amber", ended: "plain" };
/** What is done with one as it stands; what begins it is an administrator's. */
const STEPS = { draft: ["launch", "change", "drop"], running: ["pause", "end"], paused: ["resume", "end"], ended: [] };
const ADMINS = new Set(["resume"]);
/** What is not done before a question. */
const ASKED = new Set(["launch", "change", "drop", "end"]);

export function Campaign({ me, campaign, known, onAsk, onChanged }) {
  const [error, setError] = useState(null);
  const [open, setOpen] = useState(false);
  const act = async (step) => {
    if (ASKED.has(step)) return onAsk(step, campaign);
    setError(null);
    try {
      await post(`${pathOf(campaign)}/${step}`, { version: campaign.version });
      onChanged(t(`campaign_done.${step}`));
    } catch (failure) {
      setError(failure);
    }
  };
  const segment = known.segments.find((one) => one.id === campaign.segment);
  const facts = [
    word("campaign_purpose", campaign.purpose),
    segment?.name ?? t("campaigns.segment_gone"),
    campaign.control > 0 && t("campaigns.held_out", { share: percent(campaign.control) }),
    t("campaigns.an_hour", { n: number(campaign.per_hour) }),
  ];
  const steps = STEPS[campaign.state].filter((one) => me.role === "admin" || !ADMINS.has(one));
  return html`
    <li class="card campaign">
      <header class="setup-head">
        <h2><bdi>${campaign.name}</bdi></h2>
        <span class=${`setup-tag ${TONES[campaign.state]}`}>${word("campaign_state", campaign.state)}</span>
      </header>
      <p>${facts.filter(Boolean).join(" · ")}</p>
      <p class="faint small">${saidBy(campaign)}</p>
      <p class="faint small"><${Standing} campaign=${campaign} /></p>
      <${Problem} error=${error} />
      <p class="setup-steps">
        ${steps.map((step) => html`<button key=${step} type="button" class="small" onClick=${() => act(step)}>${t(step === "launch" && me.role !== "admin" ? "campaign.preview" : `campaign.${step}`)}<span class="unseen">: ${campaign.name}</span></button>`)}
        ${campaign.state === "draft" && me.role !== "admin" && html`<span class="faint small">${t("campaigns.admin_launches")}</span>`}
        ${campaign.state !== "draft" && html`<button type="button" class="small" aria-expanded=${open} onClick=${() => setOpen(!open)}>${t("campaigns.results")}<span class="unseen">: ${campaign.name}</span></button>`}
      </p>
      ${open && html`<${Results} campaign=${campaign} />`}
    </li>
  `;
}

function Standing({ campaign }) {
  const { launched_at: launched, walked_at: walked, ended_at: ended, created_at: created } = campaign;
  if (ended) return t("campaigns.ended_on", { when: dateAndTime(ended) });
  if (walked) return t("campaigns.walked", { when: dateAndTime(walked), days: number(campaign.days) });
  if (launched) return t("campaigns.launched_on", { when: dateAndTime(launched) });
  return t("campaigns.drafted_on", { when: dateAndTime(created) });
}
