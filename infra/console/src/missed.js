// What came too late to be sent: whom the clinic calls itself, and that somebody sees to it.

import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { get, getAll, post } from "./api.js";
import { count, t, word } from "./i18n.js";
import { Icon } from "./icons.js";
import { Name, Problem } from "./parts.js";
import { dateAndTime } from "./time.js";

const PATH = "/reminders/missed";

export function MissedList() {
  const { outage, items, error, seen } = useMissed();
  const calls = callsOf(items ?? []);
  return html`
    <section class="card" aria-labelledby="missed-title">
      <h2 id="missed-title">${t("missed.title")}</h2>
      <${Problem} error=${error} />
      ${!items && !error && html`<p role="status">${t("state.loading")}</p>`}
      ${outage && html`<${Outage} outage=${outage} onSeen=${seen} />`}
      ${items && calls.length === 0 && html`<p class="faint">${t("missed.none")}</p>`}
      ${calls.length > 0 &&
      html`
        <p class="faint small">${count("missed.count", calls.length)}</p>
        <ul class="missed">${calls.map((one) => html`<${Missed} key=${one.appointment.id} missed=${one} />`)}</ul>
      `}
    </section>
  `;
}

/** One call for each visit, however many of its steps were missed; whose visit has passed or is off, need not be called. */
function callsOf(items) {
  const last = new Map(items.map((one) => [one.appointment.id, one]));
  const open = [...last.values()].filter((one) => one.appointment.status === "booked");
  return open.sort((a, b) => Date.parse(a.appointment.start) - Date.parse(b.appointment.start));
}

function useMissed() {
  const [state, setState] = useState({ outage: null, items: null, error: null });
  const failed = (error) => setState((old) => ({ ...old, error }));
  useEffect(() => {
    Promise.all([get(PATH), getAll(PATH)])
      .then(([{ outage }, { items }]) => setState({ outage, items, error: null }))
      .catch(failed);
  }, []);
  const seen = async () => {
    try {
      const outage = await post(`${PATH}/seen`, { found_at: state.outage.found_at });
      setState((old) => ({ ...old, outage, error: null }));
      announce(t("missed.taken"));
    } catch (error) {
      failed(error);
    }
  };
  return { ...state, seen };
}

const Outage = ({ outage, onSeen }) => html`
  <p class=${`outage ${outage.seen_by ? "seen" : ""}`}>
    <${Icon} name=${outage.seen_by ? "check" : "warning"} size=${16} />
    <span>${t("missed.outage", { from: dateAndTime(outage.began_at), until: dateAndTime(outage.found_at) })}
      ${outage.seen_by && ` ${t("missed.seen", { when: dateAndTime(outage.seen_at) })}`}</span>
    ${!outage.seen_by && html`<button type="button" class="primary" onClick=${onSeen}>${t("missed.see")}</button>`}
  </p>
`;

const Missed = ({ missed: { appointment, phone, reason, due_at: due } }) => html`
  <li>
    <div>
      <p><strong><${Name} of=${appointment.patient_name} /></strong> · ${dateAndTime(appointment.start)} · <bdi>${appointment.practitioner}</bdi></p>
      <p class="faint small">${t("missed.was_due", { when: dateAndTime(due) })} ${word("reminder_reason", reason)}</p>
    </div>
    ${phone ? html`<a class="button" href=${`tel:${phone}`}><${Icon} name="voice" size=${16} /> <bdi>${phone}</bdi></a>` : html`<span class="faint">${t("missed.no_phone")}</span>`}
  </li>
`;
