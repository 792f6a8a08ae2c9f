// Before a campaign begins: to how many people it writes, by which channels, and when; and before it is over for good.

import { html, useState } from "../vendor/htm-preact.js";
import { get, paged, post } from "./api.js";
import { pathOf, saidBy } from "./campaignwords.js";
import { useCounting } from "./counting.js";
import { Ask } from "./dialogs.js";
import { count, number, t, word } from "./i18n.js";
import { Problem } from "./parts.js";

/** Does this step with a campaign as it was seen; gives the error that kept it from being done. */
function useStep(campaign, step, onDone) {
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    try {
      await post(`${pathOf(campaign)}/${step}`, { version: campaign.version });
      onDone(t(`campaign_done.${step}`));
      return null;
    } catch (error) {
      setBusy(false);
      return error;
    }
  };
  return [busy, submit];
}

export function LaunchDialog({ one: campaign, onDone, onClose }) {
  const [busy, submit] = useStep(campaign, "launch", onDone);
  const { sum, done, error } = useCounting((next) => get(paged(`${pathOf(campaign)}/preview`, next)), campaign.id);
  const written = sum ? sum.people - sum.unwilling - sum.unreached - sum.held_out : 0;
  return html`
    <${Ask} title=${t("campaigns.launch_title", { name: campaign.name })} action=${done ? count("campaigns.launch_to", written) : t("campaign.launch")} busy=${busy} ready=${done && written > 0} onSubmit=${submit} onClose=${onClose}>
      <${Problem} error=${error} />
      ${!error && html`<p role="status">${done ? count("campaigns.looked_at", sum.looked_at) : t("campaigns.counting", { n: number(sum?.looked_at ?? 0) })}</p>`}
      ${sum && html`<${Whom} sum=${sum} written=${written} /><p>${saidBy(campaign)}.</p><p>${whenOf(campaign, written)}</p>`}
    <//>
  `;
}

const Whom = ({ sum, written }) => html`
  <dl class="counted">
    <div class="main"><dt>${t("campaigns.written")}</dt><dd>${number(written)}</dd></div>
    ${["held_out", "unwilling", "unreached"].map((name) => html`<div key=${name}><dt>${t(`campaign_left_out.${name}`)}</dt><dd>${number(sum[name])}</dd></div>`)}
    ${Object.entries(sum.messages).map(([channel, n]) => html`<div key=${channel}><dt>${t("campaigns.by", { channel: word("channel", channel) })}</dt><dd>${count("campaigns.messages", n)}</dd></div>`)}
  </dl>
`;

/** When it writes: within the minute, at so many an hour, in permitted hours only. */
function whenOf({ per_hour: hourly }, written) {
  const hours = Math.ceil(written / hourly);
  return count("campaigns.when", Math.max(1, hours), { hourly: number(hourly) });
}

export function EndDialog({ one: campaign, onDone, onClose }) {
  const [busy, submit] = useStep(campaign, "end", onDone);
  return html`
    <${Ask} title=${t("campaign.end")} action=${t("campaign.end")} busy=${busy} ready=${true} onSubmit=${submit} onClose=${onClose}>
      <p>${t("campaigns.end_sure", { name: campaign.name })}</p>
    <//>
  `;
}
