// The agenda: a day of everybody, or a week of one; free times are booked, visits opened, by key as by mouse.

import { html, useMemo, useState } from "../vendor/htm-preact.js";
import { Board } from "./agendaboard.js";
import { MOST_SLOTS, useAgenda, usePractice } from "./agendadata.js";
import { dayColumns, practitionerColumns } from "./agendalayout.js";
import { PlaceDialog } from "./agendaplace.js";
import { CallFirst, useRisks } from "./agendarisks.js";
import { Toolbar } from "./agendatools.js";
import { VisitDialog } from "./agendavisit.js";
import { announce } from "./announce.js";
import { serverNow } from "./api.js";
import { dayTitle, daysAfter, shortDay, weekOf } from "./calendar.js";
import { count, learn, number, parts, t, word } from "./i18n.js";
import { Icon } from "./icons.js";
import { style } from "./looks.js";
import { Name, Problem } from "./parts.js";
import { ready as risk } from "./riskwords.js";
import { drop, keep, kept } from "./session.js";
import { dateAndTime, dayOf, zoneIsOurs, zoneName } from "./time.js";

export const ready = Promise.all([learn("agenda"), risk, style("styles/agenda.css")]);

const LEADS = new Set(["supervisor", "admin"]);

export function Agenda({ me }) {
  const leads = LEADS.has(me.role);
  const { practice, error } = usePractice();
  return html`
    <main class="agenda" id="main" tabindex="-1">
      <h1 class="unseen">${t("agenda.title")}</h1>
      <${Problem} error=${error} />
      ${!practice && !error && html`<p class="pad" role="status">${t("state.loading")}</p>`}
      ${practice?.practitioners.length === 0 && html`<p class="empty"><${Icon} name="calendar" size=${40} /> ${t("agenda.no_practitioners")} ${leads && html`<a href="#/schedules">${t("agenda.schedules")}</a>`}</p>`}
      ${practice?.practitioners.length > 0 && html`<${Shown} practice=${practice} />`}
    </main>
  `;
}

/** What is looked at: kept in this tab, so that a glance at another screen loses no place. */
function useLook(practice) {
  const [look, setLook] = useState(() => ({ view: "day", day: dayOf(serverNow()), practitioner: "", type: practice.types[0]?.id ?? "", ...kept("agenda", {}) }));
  const change = (changes) => {
    const next = { ...look, ...changes };
    // A week has room for one.
    if (next.view === "week" && !next.practitioner) next.practitioner = practice.practitioners.find((one) => one.active)?.id ?? practice.practitioners[0].id;
    keep("agenda", next);
    setLook(next);
  };
  return [look, change];
}

/** For whom a time is sought: a patient of the desk, or a visit that is to be moved. */
function useErrand() {
  const [errand, setErrand] = useState(() => kept("agenda.for", null));
  const change = (next) => {
    if (next?.patient) keep("agenda.for", next);
    else drop("agenda.for");
    setErrand(next);
  };
  return [errand, change];
}

function Shown({ practice }) {
  const [look, change] = useLook(practice);
  const [errand, setErrand] = useErrand();
  const [opened, setOpened] = useState(null);
  const { days, columns, agenda } = useColumns(look, practice);
  const risks = useRisks(days);

  const step = (by) => {
    const day = daysAfter(look.day, look.view === "week" ? by * 7 : by);
    change({ day });
    announce(headingOf({ ...look, day }));
  };
  const open = (item) => setOpened(item.slot ? { place: true, slot: item.slot } : { visit: item.visit });
  const close = () => setOpened(null);
  const done = (visit, sentence) => {
    close();
    announce(sentence);
    agenda.refresh();
  };
  const placed = (visit, sentence) => {
    setErrand(null);
    done(visit, sentence);
  };
  const move = (visit) => {
    close();
    setErrand({ visit });
    change({ type: visit.type_id ?? look.type });
  };
  const stop = (event) => event.key === "Escape" && errand && !opened && setErrand(null);
  const cancelled = agenda.visits.filter((one) => one.status === "cancelled" && days.includes(one.local_start.slice(0, 10)));
  return html`
    <div class="agenda-frame" onKeyDown=${stop}>
      <${Toolbar} look=${look} practice=${practice} heading=${headingOf(look)} onLook=${change} onStep=${step}
        onOther=${() => setOpened({ place: true, day: look.day })} />
      ${errand && html`<${ErrandNote} errand=${errand} onStop=${() => setErrand(null)} />`}
      <${Problem} error=${agenda.error} />
      ${agenda.slots.length >= MOST_SLOTS && html`<p class="banner" role="status">${t("agenda.many", { n: number(MOST_SLOTS) })}</p>`}
      ${!zoneIsOurs() && html`<p class="faint small pad">${t("timeline.zone", { zone: zoneName() })}</p>`}
      <p class="unseen" id="agenda-keys">${t("agenda.keys")}</p>
      ${agenda.loading && html`<p class="pad faint" role="status">${t("state.loading")}</p>`}
      <${CallFirst} visits=${agenda.visits.filter((one) => !look.practitioner || one.practitioner_id === look.practitioner)} risks=${risks} onOpen=${(visit) => setOpened({ visit })} />
      <${Board} columns=${columns} risks=${risks} loading=${agenda.loading} titleOf=${(one) => (look.view === "week" ? shortDay(one.day) : one.title)} onTitle=${turn(look, practice, change)} onOpen=${open} onStep=${step} />
      ${cancelled.length > 0 && html`<${Cancelled} visits=${cancelled} onOpen=${(visit) => setOpened({ visit })} />`}
    </div>
    ${opened?.visit && html`<${VisitDialog} key=${opened.visit.id} visit=${opened.visit} risk=${risks.get(opened.visit.id)} onMove=${move} onChanged=${agenda.refresh} onDone=${done} onClose=${close} />`}
    ${opened?.place && html`<${PlaceDialog} practice=${practice} look=${look} slot=${opened.slot} day=${opened.day} errand=${errand} onDone=${placed} onClose=${close} />`}
  `;
}

function useColumns(look, practice) {
  const days = look.view === "week" ? weekOf(look.day) : [look.day];
  const agenda = useAgenda(days, look.type, look.practitioner);
  const columns = useMemo(() => {
    const visits = agenda.visits.filter((one) => one.status !== "cancelled");
    const chosen = practice.practitioners.find((one) => one.id === look.practitioner);
    if (chosen) return dayColumns(days, chosen, visits, agenda.slots);
    return practitionerColumns(look.day, practice.practitioners, visits, agenda.slots);
  }, [agenda.visits, agenda.slots, look.view, look.day, look.practitioner]);
  return { days, columns, agenda };
}

/** What a column's head leads to: the week of that practitioner, or that day of everybody. */
const turn = (look, practice, change) => (column) => {
  if (look.view === "week") return change({ view: "day", day: column.day, practitioner: "" });
  const practitioner = look.practitioner || column.id;
  if (practice.practitioners.some((one) => one.id === practitioner)) change({ view: "week", practitioner });
};

function headingOf(look) {
  if (look.view === "day") return dayTitle(look.day);
  const days = weekOf(look.day);
  return `${shortDay(days[0])} – ${shortDay(days[6])}`;
}

const ErrandNote = ({ errand, onStop }) => html`
  <p class="banner agenda-errand" role="status">
    <span>${parts(errand.visit ? "agenda.moving" : "agenda.for", {
      name: html`<strong><${Name} of=${(errand.visit ?? errand).patient_name} /></strong>`,
      when: errand.visit && dateAndTime(errand.visit.start),
    })}</span>
    <button type="button" class="small" onClick=${onStop}>${t("agenda.stop")}</button>
  </p>
`;

const Cancelled = ({ visits, onOpen }) => html`
  <details class="agenda-cancelled">
    <summary>${count("agenda.cancelled", visits.length)}</summary>
    <ul>
      ${visits.map(
        (visit) => html`<li key=${visit.id}><button type="button" class="quiet small" onClick=${() => onOpen(visit)}>${dateAndTime(visit.start)} · <${Name} of=${visit.patient_name} /> · ${word("visit_state", "cancelled")}</button></li>`,
      )}
    </ul>
  </details>
`;
