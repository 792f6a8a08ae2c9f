// Above the agenda: which days, whose, and for what kind of visit free times are shown.

import { html } from "../vendor/htm-preact.js";
import { serverNow } from "./api.js";
import { t } from "./i18n.js";
import { Icon } from "./icons.js";
import { dayOf } from "./time.js";

const VIEWS = ["day", "week"];

export function Toolbar({ look, practice, heading, onLook, onStep, onOther }) {
  const set = (name) => (event) => event.target.value !== look[name] && onLook({ [name]: event.target.value });
  return html`
    <div class="agenda-tools" role="group" aria-label=${t("agenda.controls")}>
      <div class="agenda-days">
        <button type="button" class="round" aria-label=${t("agenda.previous")} onClick=${() => onStep(-1)}><${Icon} name="back" /></button>
        <button type="button" onClick=${() => onLook({ day: dayOf(serverNow()) })}>${t("agenda.today")}</button>
        <button type="button" class="round onward" aria-label=${t("agenda.next")} onClick=${() => onStep(1)}><${Icon} name="back" /></button>
      </div>
      <h2 class="agenda-heading">${heading}</h2>
      <input type="date" required aria-label=${t("agenda.date")} value=${look.day} onChange=${(event) => event.target.value && onLook({ day: event.target.value })} />
      <div class="agenda-views" role="group" aria-label=${t("agenda.view")}>
        ${VIEWS.map((view) => html`<button key=${view} type="button" aria-pressed=${look.view === view} onClick=${() => onLook({ view })}>${t(`agenda.${view}`)}</button>`)}
      </div>
      <div class="spring"></div>
      <label class="agenda-choice"><span class="wide">${t("agenda.who")}</span>
        <select value=${look.practitioner} onChange=${set("practitioner")}>
          ${look.view === "day" && html`<option value="">${t("agenda.everybody")}</option>`}
          ${practice.practitioners.filter((one) => one.active || one.id === look.practitioner).map((one) => html`<option key=${one.id} value=${one.id}>${one.name}</option>`)}
        </select>
      </label>
      ${practice.types.length > 0 &&
      html`<label class="agenda-choice"><span class="wide">${t("agenda.type")}</span>
        <select value=${look.type} onChange=${set("type")}>${practice.types.map((one) => html`<option key=${one.id} value=${one.id}>${one.name}</option>`)}</select>
      </label>`}
      <a class="button" href="#/waiting"><${Icon} name="inbox" size=${16} /> ${t("agenda.waiting")}</a>
      <a class="button" href="#/reminders"><${Icon} name="bell" size=${16} /> ${t("agenda.reminders")}</a>
      <button type="button" class="primary" onClick=${onOther}><${Icon} name="plus" size=${16} /> ${t("agenda.other_time")}</button>
    </div>
  `;
}
