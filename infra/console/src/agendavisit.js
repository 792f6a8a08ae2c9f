// A visit's card: who comes when, how it stands, and what is done about it.

import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { MARKS } from "./agendaboard.js";
import { standingOf } from "./agendalayout.js";
import { RiskNote } from "./agendarisks.js";
import { get, post, serverNow } from "./api.js";
import { t, word } from "./i18n.js";
import { Icon } from "./icons.js";
import { Dialog, Name, Problem } from "./parts.js";
import { dateAndTime, dayOf } from "./time.js";

/** What the server lets one do to a visit in this state, the likeliest first. */
function stepsOf(visit) {
  if (visit.status === "arrived") return ["fulfil", "reopen"];
  if (visit.status === "fulfilled" || visit.status === "noshow") return ["reopen"];
  if (visit.status !== "booked" || dayOf(serverNow()) < visit.local_start.slice(0, 10)) return [];
  return Date.parse(visit.start) <= serverNow() ? ["arrive", "fulfil", "noshow"] : ["arrive", "fulfil"];
}

export function VisitDialog({ visit: shown, risk, onMove, onChanged, onDone, onClose }) {
  const [visit, setVisit] = useState(shown);
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const path = `/appointments/${encodeURIComponent(visit.id)}`;
  const read = () => get(path).then(setVisit, () => {});
  useEffect(() => {
    read();
  }, []);

  const act = async (step) => {
    setBusy(true);
    setError(null);
    try {
      const after = await post(`${path}/${step}`, { version: visit.version });
      onDone(after, t(`visit_done.${step}`, { name: after.patient_name ?? "" }));
    } catch (failure) {
      setError(failure);
      setBusy(false);
      read();
      onChanged();
    }
  };
  const steps = stepsOf(visit);
  return html`
    <${Dialog} title=${html`<${Name} of=${visit.patient_name} />`} onClose=${onClose}>
      <${Facts} visit=${visit} />
      ${risk && visit.status === "booked" && html`<${RiskNote} risk=${risk} />`}
      <${Problem} error=${error} />
      <div class="agenda-acts">
        ${steps.map((step, place) => html`<button key=${step} type="button" autofocus=${place === 0} class=${place === 0 ? "primary" : ""} disabled=${busy} onClick=${() => act(step)}>${t(`visit.${step}`)}</button>`)}
        ${visit.status === "booked" && html`<button type="button" disabled=${busy} onClick=${() => onMove(visit)}>${t("visit.move")}</button><${CallOff} busy=${busy} onYes=${() => act("cancel")} />`}
      </div>
      ${visit.history?.length > 0 && html`<${History} history=${visit.history} />`}
    <//>
  `;
}

function Facts({ visit }) {
  const standing = standingOf(visit);
  return html`
    <p class="visit-when">${dateAndTime(visit.start)}</p>
    ${visit.own_local_start && html`<p class="faint small">${t("visit.own_time", { time: visit.own_local_start.slice(11, 16), zone: visit.own_timezone.replaceAll("_", " ") })}</p>`}
    <p><bdi>${visit.practitioner}</bdi> · <bdi>${visit.type}</bdi> · ${t("appointment.minutes", { n: visit.minutes })}${visit.location && html` · <bdi>${visit.location}</bdi>`}</p>
    <p class=${`agenda-state ${standing}`}><${Icon} name=${MARKS[standing]} size=${16} /> ${word("visit_state", standing)}</p>
  `;
}

function CallOff({ busy, onYes }) {
  const [asking, setAsking] = useState(false);
  if (!asking) return html`<button type="button" class="danger" disabled=${busy} onClick=${() => setAsking(true)}>${t("appointment.cancel")}</button>`;
  return html`
    <p class="sure">${t("appointment.sure")}
      <button type="button" class="danger" autofocus disabled=${busy} onClick=${onYes}>${t("appointment.yes_cancel")}</button>
      <button type="button" onClick=${() => setAsking(false)}>${t("appointment.keep")}</button>
    </p>
  `;
}

const History = ({ history }) => html`
  <details>
    <summary>${t("visit.history")}</summary>
    <ol class="agenda-history">
      ${history.map((one) => html`<li key=${`${one.what}/${one.at}`}><time datetime=${one.at}>${dateAndTime(one.at)}</time> ${word("visit_change", one.what)}${one.channel && ` · ${word("channel", one.channel)}`}</li>`)}
    </ol>
  </details>
`;
