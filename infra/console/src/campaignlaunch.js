// Before a campaign begins: whom it writes to by what, who is left out and why, and until when; and before one is gone.

import { html, useState } from "../vendor/htm-preact.js";
import { get, paged, post, remove } from "./api.js";
import { pathOf, saidOf } from "./campaignwords.js";
import { useCounting } from "./counting.js";
import { Ask } from "./dialogs.js";
import { count, number, t, word } from "./i18n.js";
import { Dialog, Problem } from "./parts.js";
import { dateAndTime } from "./time.js";

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

/** What it would come to; whoever may launch it does so from here. */
export function LaunchDialog({ me, one: campaign, onDone, onClose }) {
  const [busy, submit] = useStep(campaign, "launch", onDone);
  const counted = useCounting((next) => get(paged(`${pathOf(campaign)}/preview`, next)), campaign.id);
  const people = Object.values(counted.sum?.channels ?? {}).reduce((all, n) => all + n, 0);
  const title = t("campaigns.launch_title", { name: campaign.name });
  const estimate = html`<${Estimate} campaign=${campaign} counted=${counted} people=${people} />`;
  if (me.role !== "admin")
    return html`<${Dialog} title=${title} onClose=${onClose}><form>${estimate}<p class="faint small">${t("campaigns.admin_launches")}</p><footer><button type="button" class="primary" onClick=${onClose}>${t("action.close")}</button></footer></form><//>`;
  return html`
    <${Ask} title=${title} action=${counted.done ? count("campaigns.launch_to", people) : t("campaigns.launch")} busy=${busy} ready=${counted.done && people > 0} onSubmit=${submit} onClose=${onClose}>${estimate}<//>
  `;
}

const Estimate = ({ campaign, counted: { sum, done, error }, people }) => html`
  <${Problem} error=${error} />
  ${!error && html`<p role="status">${done ? count("campaigns.looked_at", sum.looked_at) : t("campaigns.counting", { n: number(sum?.looked_at ?? 0) })}</p>`}
  ${sum && html`<${Whom} sum=${sum} people=${people} /><${Messages} steps=${campaign.steps} sent=${sum.steps} />`}
  ${done && people > 0 && html`<p>${whenOf(sum)} ${count("campaigns.pace", campaign.per_hour)}</p><p class="faint small">${t("campaigns.estimate_note")}</p>`}
`;

const Row = ({ name, kind, children }) => html`<div class=${kind}><dt>${name}</dt><dd>${children}</dd></div>`;

const Whom = ({ sum, people }) => html`
  <dl class="counted">
    <${Row} name=${t("campaigns.written")} kind="main">${number(people)}<//>
    ${Object.entries(sum.channels).map(([channel, n]) => html`<${Row} key=${channel} name=${t("campaigns.by", { channel: word("channel", channel) })}>${number(n)}<//>`)}
  </dl>
  <dl class="counted">
    <${Row} name=${t("campaigns.left_out")} kind="main">${number(sum.people - people)}<//>
    ${["held_out", "unwilling", "unnamed", "unreached"].filter((name) => sum[name] > 0).map((name) => html`<${Row} key=${name} name=${t(`campaign_left_out.${name}`)}>${number(sum[name])}<//>`)}
  </dl>
`;

const Messages = ({ steps, sent }) => html`
  <dl class="counted">
    <${Row} name=${t("campaigns.messages_at_most")} kind="main">${number(sent.reduce((all, n) => all + n, 0))}<//>
    ${steps.map((step, place) => html`<${Row} key=${place} name=${saidOf(step)}>${number(sent[place] ?? 0)}<//>`)}
  </dl>
`;

const whenOf = ({ first_at: first, last_at: last }) =>
  last ? t("campaigns.from_to", { first: dateAndTime(first), last: dateAndTime(last) }) : t("campaigns.over_a_year", { first: dateAndTime(first) });

export function EndDialog({ one: campaign, onDone, onClose }) {
  const [busy, submit] = useStep(campaign, "end", onDone);
  return html`
    <${Ask} title=${t("campaign.end")} action=${t("campaign.end")} busy=${busy} ready=${true} onSubmit=${submit} onClose=${onClose}>
      <p>${t("campaigns.end_sure", { name: campaign.name })}</p>
    <//>
  `;
}

export function DropDraftDialog({ one: campaign, onDone, onClose }) {
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    try {
      await remove(pathOf(campaign));
      onDone(t("campaign_done.drop"));
      return null;
    } catch (error) {
      setBusy(false);
      return error;
    }
  };
  return html`
    <${Ask} title=${t("campaign.drop")} action=${t("campaign.drop")} busy=${busy} ready=${true} onSubmit=${submit} onClose=${onClose}>
      <p>${t("campaigns.drop_sure", { name: campaign.name })}</p>
    <//>
  `;
}
