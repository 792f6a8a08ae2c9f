// Who sees patients, when, and what for: entered here, and what the agenda and self-service book by.

import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { get } from "./api.js";
import { learn, t, word } from "./i18n.js";
import { FeedDialog } from "./feeds.js";
import { Icon } from "./icons.js";
import { style } from "./looks.js";
import { Problem } from "./parts.js";
import { PractitionerDialog, TypeDialog } from "./practiceforms.js";
import { ScheduleForm } from "./scheduleform.js";
import { ready as setup, SetupNav } from "./setupnav.js";

export const ready = Promise.all([learn("schedules"), style("styles/schedules.css"), setup]);

const LEADS = new Set(["supervisor", "admin"]);

export function Schedules({ me }) {
  const { practitioners, types, error, reload } = usePractice();
  const may = LEADS.has(me.role);
  const [dialog, setDialog] = useState(null);
  const close = () => setDialog(null);
  const saved = () => {
    close();
    reload();
  };
  return html`
    <main class="schedules" id="main" tabindex="-1">
      <div class="schedules-column">
        <${SetupNav} me=${me} view="schedules" />
        <header class="schedules-head">
          <h1>${t("schedules.title")}</h1>
          <a class="button" href="#/agenda"><${Icon} name="calendar" size=${16} /> ${t("nav.agenda")}</a>
        </header>
        ${!may && html`<p class="faint">${t("schedules.read_only")}</p>`}
        <${Problem} error=${error} />
        ${!practitioners && !error && html`<p role="status">${t("state.loading")}</p>`}
        ${practitioners && html`<${Practitioners} practitioners=${practitioners} types=${types} may=${may} onAsk=${(practitioner) => setDialog({ practitioner })} onFeed=${me.role === "admin" ? (feed) => setDialog({ feed }) : null} />
          <${Types} types=${types} practitioners=${practitioners} may=${may} onAsk=${(type) => setDialog({ type })} />`}
      </div>
    </main>
    ${dialog?.practitioner && html`<${PractitionerDialog} practitioner=${dialog.practitioner} onSaved=${saved} onClose=${close} />`}
    ${dialog?.feed && html`<${FeedDialog} practitioner=${dialog.feed} onClose=${close} />`}
    ${dialog?.type && html`<${TypeDialog} type=${dialog.type} practitioners=${practitioners} onSaved=${saved} onClose=${close} />`}
  `;
}

function usePractice() {
  const [state, setState] = useState({ practitioners: null, types: [], error: null });
  const reload = async () => {
    try {
      const [practitioners, types] = await Promise.all(["/practitioners", "/appointment-types"].map((path) => get(path)));
      setState({ practitioners: practitioners.items, types: types.items, error: null });
    } catch (error) {
      setState((old) => ({ ...old, error }));
    }
  };
  useEffect(() => {
    reload();
  }, []);
  return { ...state, reload };
}

const Head = ({ id, title, may, add, onAdd }) => html`
  <header class="schedules-head">
    <h2 id=${id}>${title}</h2>
    ${may && html`<button type="button" onClick=${onAdd}><${Icon} name="plus" size=${16} /> ${add}</button>`}
  </header>
`;

const Practitioners = ({ practitioners, types, may, onAsk, onFeed }) => html`
  <section aria-labelledby="practitioners-title">
    <${Head} id="practitioners-title" title=${t("schedules.practitioners")} may=${may} add=${t("schedules.add_practitioner")} onAdd=${() => onAsk({})} />
    <ul class="schedules-list">
      ${practitioners.map((one) => html`<${Practitioner} key=${one.id} practitioner=${one} types=${types} may=${may} onAsk=${onAsk} onFeed=${onFeed} />`)}
    </ul>
  </section>
`;

/** One practitioner; the schedule is asked for once it is wanted. */
function Practitioner({ practitioner, types, may, onAsk, onFeed }) {
  const [open, setOpen] = useState(false);
  return html`
    <li class="card">
      <header class="schedules-head">
        <h3><bdi>${practitioner.name}</bdi>${!practitioner.active && html` <span class="tag paused">${t("schedules.inactive")}</span>`}</h3>
        <p class="steps">
          ${may && html`<button type="button" class="small" onClick=${() => onAsk(practitioner)}>${t("schedules.edit")}<span class="unseen">: ${practitioner.name}</span></button>`}
          ${onFeed && html`<button type="button" class="small" onClick=${() => onFeed(practitioner)}><${Icon} name="calendar" size=${14} /> ${t("feed.title")}<span class="unseen">: ${practitioner.name}</span></button>`}
          <button type="button" class="small" aria-expanded=${open} onClick=${() => setOpen(!open)}>${t("schedules.hours")}<span class="unseen">: ${practitioner.name}</span></button>
        </p>
      </header>
      ${practitioner.languages.length > 0 && html`<p class="faint small">${practitioner.languages.map((one) => word("language", one)).join(", ")}</p>`}
      ${open && html`<${ScheduleForm} practitioner=${practitioner} types=${types} may=${may} />`}
    </li>
  `;
}

const Types = ({ types, practitioners, may, onAsk }) => html`
  <section aria-labelledby="types-title">
    <${Head} id="types-title" title=${t("schedules.types")} may=${may} add=${t("schedules.add_type")} onAdd=${() => onAsk({})} />
    ${types.length === 0 && html`<p class="faint">${t("schedules.no_types")}</p>`}
    <ul class="schedules-list">${types.map((one) => html`<${Type} key=${one.id} type=${one} practitioners=${practitioners} may=${may} onAsk=${onAsk} />`)}</ul>
  </section>
`;

function Type({ type, practitioners, may, onAsk }) {
  const who = type.practitioners.map((id) => practitioners.find((one) => one.id === id)?.name).filter(Boolean);
  const facts = [
    t("appointment.minutes", { n: type.minutes }),
    type.buffer > 0 && t("schedules.buffer_of", { n: type.buffer }),
    t(type.bookable ? "schedules.by_patients" : "schedules.by_desk"),
    who.length > 0 ? who.join(", ") : t("schedules.all_practitioners"),
  ];
  return html`
    <li class="card">
      <header class="schedules-head">
        <h3><bdi>${type.name}</bdi>${!type.active && html` <span class="tag paused">${t("schedules.inactive")}</span>`}</h3>
        ${may && html`<button type="button" class="small" onClick=${() => onAsk(type)}>${t("schedules.edit")}<span class="unseen">: ${type.name}</span></button>`}
      </header>
      <p class="faint small">${facts.filter(Boolean).join(" · ")}</p>
    </li>
  `;
}
