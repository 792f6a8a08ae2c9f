// A practitioner's hours: the week as a rule, and the days on which it does not hold.

import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { get, put } from "./api.js";
import { locale, t } from "./i18n.js";
import { Icon } from "./icons.js";
import { errorText, Problem } from "./parts.js";
import { Amount } from "./practiceforms.js";
import { Ticks } from "./ticks.js";

/** A Monday, from which the weekdays are counted. */
const MONDAY = Date.UTC(2026, 5, 1);
const DAY_MS = 86_400_000;
const WEEK = [0, 1, 2, 3, 4, 5, 6];
const NEW_SPAN = { begins: "09:00", ends: "13:00", types: [] };

const dayName = (weekday) => new Intl.DateTimeFormat(locale(), { weekday: "long", timeZone: "UTC" }).format(MONDAY + weekday * DAY_MS);

export function ScheduleForm({ practitioner, types, may }) {
  const path = `/practitioners/${encodeURIComponent(practitioner.id)}/schedule`;
  const [form, setForm] = useState(null);
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const read = () => get(path).then(setForm, setError);
  useEffect(() => {
    read();
  }, []);
  const submit = async (event) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      setForm(await put(path, bodyOf(form)));
      announce(t("schedules.saved"));
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
  };
  if (!form) return html`<${Problem} error=${error} />${!error && html`<p role="status">${t("state.loading")}</p>`}`;
  return html`
    <form class="schedule" onSubmit=${submit}>
      ${form.version === 0 && html`<p class="hint faint">${t("schedules.none_yet")}</p>`}
      <fieldset disabled=${!may} class="schedule-all">
        <legend class="unseen">${practitioner.name}</legend>
        <${Week} form=${form} types=${types} error=${error} onForm=${setForm} />
        <${SpecialDays} form=${form} types=${types} error=${error} onForm=${setForm} />
        <${Rules} form=${form} error=${error} onForm=${setForm} />
      </fieldset>
      ${error && html`<p class="problem" role="alert"><${Icon} name="warning" size=${16} /> ${wordsOf(error)}</p>`}
      ${may && html`<p><button class="primary" disabled=${busy}>${t("schedules.save")}</button></p>`}
    </form>
  `;
}

const bodyOf = ({ practitioner, ...form }) => ({ ...form, grid: Number(form.grid), capacity: Number(form.capacity), lead_minutes: Number(form.lead_minutes), horizon_days: Number(form.horizon_days) });

/** What is refused about a span is marked there: here is said what it is. */
const wordsOf = (error) => (/\.ends$/.test(error.field ?? "") ? t("schedules.ends_first") : errorText({ code: error.code, status: error.status, message: error.message }));

const wrongAt = (error, field) => (error?.field === field ? { "aria-invalid": "true" } : {});

function Week({ form, types, error, onForm }) {
  const put = (weekly) => onForm({ ...form, weekly });
  const add = (weekday) => put([...form.weekly, { weekday, ...NEW_SPAN, ...after(form.weekly.filter((one) => one.weekday === weekday)) }]);
  const change = (place, changes) => put(form.weekly.map((one, at) => (at === place ? { ...one, ...changes } : one)));
  const placed = form.weekly.map((span, place) => ({ span, place }));
  return html`
    <fieldset>
      <legend>${t("schedules.week")}</legend>
      <div class="week">
        ${WEEK.map(
          (weekday) => html`
            <div key=${weekday} role="group" aria-label=${dayName(weekday)}>
              <span class="week-day">${dayName(weekday)}</span>
              <div class="spans">
                ${placed
                  .filter(({ span }) => span.weekday === weekday)
                  .map(({ span, place }) => html`<${Span} key=${place} span=${span} types=${types} field=${`weekly.${place}`} error=${error}
                    onChange=${(changes) => change(place, changes)} onRemove=${() => put(form.weekly.filter((_, at) => at !== place))} />`)}
                <button type="button" class="quiet small" onClick=${() => add(weekday)}><${Icon} name="plus" size=${14} /> ${t("schedules.add_span")}</button>
              </div>
            </div>
          `,
        )}
      </div>
    </fieldset>
  `;
}

/** Where a day has hours already, the next ones are those of the afternoon. */
const after = (spans) => (spans.length > 0 ? { begins: "14:00", ends: "18:00" } : {});

function Span({ span, types, field, error, onChange, onRemove }) {
  const set = (name) => (event) => onChange({ [name]: event.target.value });
  const chosen = types.filter((one) => span.types.includes(one.id)).map((one) => one.name);
  return html`
    <div class="span">
      <input type="time" required aria-label=${t("schedules.from")} value=${span.begins} onInput=${set("begins")} ...${wrongAt(error, `${field}.begins`)} />
      <span aria-hidden="true">–</span>
      <input type="time" required aria-label=${t("schedules.until")} value=${span.ends === "24:00" ? "23:59" : span.ends} onInput=${set("ends")} ...${wrongAt(error, `${field}.ends`)} />
      ${types.length > 1 &&
      html`<details class="span-types"><summary>${chosen.length > 0 ? chosen.join(", ") : t("schedules.all_types")}</summary>
        <${Ticks} legend=${t("schedules.only_types")} options=${types.map((one) => [one.id, one.name])} chosen=${span.types} onChoose=${(list) => onChange({ types: list })} />
      </details>`}
      <button type="button" class="quiet round" aria-label=${t("schedules.remove_span", { from: span.begins, until: span.ends })} onClick=${onRemove}><${Icon} name="close" size=${16} /></button>
    </div>
  `;
}

function SpecialDays({ form, types, error, onForm }) {
  const put = (special) => onForm({ ...form, special });
  const change = (place, changes) => put(form.special.map((one, at) => (at === place ? { ...one, ...changes } : one)));
  return html`
    <fieldset>
      <legend>${t("schedules.special")}</legend>
      <div class="week">
        ${form.special.map(
          (one, place) => html`
            <div key=${place} role="group" aria-label=${one.day}>
              <input type="date" required aria-label=${t("booking.day")} value=${one.day} onInput=${(event) => change(place, { day: event.target.value })} ...${wrongAt(error, `special.${place}.day`)} />
              <div class="spans">
                ${one.spans.length === 0 && html`<span class="faint">${t("schedules.closed")}</span>`}
                ${one.spans.map(
                  (span, at) => html`<${Span} key=${at} span=${span} types=${types} field=${`special.${place}.spans.${at}`} error=${error}
                    onChange=${(changes) => change(place, { spans: one.spans.map((each, spot) => (spot === at ? { ...each, ...changes } : each)) })}
                    onRemove=${() => change(place, { spans: one.spans.filter((_, spot) => spot !== at) })} />`,
                )}
                <button type="button" class="quiet small" onClick=${() => change(place, { spans: [...one.spans, { ...NEW_SPAN, ...after(one.spans) }] })}><${Icon} name="plus" size=${14} /> ${t("schedules.add_span")}</button>
                <button type="button" class="quiet small" onClick=${() => put(form.special.filter((_, at) => at !== place))}>${t("schedules.remove_day")}<span class="unseen">: ${one.day}</span></button>
              </div>
            </div>
          `,
        )}
      </div>
      <button type="button" class="small" onClick=${() => put([...form.special, { day: "", spans: [] }])}><${Icon} name="plus" size=${14} /> ${t("schedules.add_day")}</button>
    </fieldset>
  `;
}

function Rules({ form, error, onForm }) {
  const set = (name) => (value) => onForm({ ...form, [name]: value });
  const typed = (name) => (event) => onForm({ ...form, [name]: event.target.value || null });
  return html`
    <fieldset>
      <legend>${t("schedules.rules")}</legend>
      <div class="rules">
        <${Amount} label=${t("schedules.grid")} min="5" max="240" value=${form.grid} onInput=${set("grid")} />
        <${Amount} label=${t("schedules.capacity")} min="1" max="50" value=${form.capacity} onInput=${set("capacity")} />
        <${Amount} label=${t("schedules.lead")} min="0" max="43200" value=${form.lead_minutes} onInput=${set("lead_minutes")} />
        <${Amount} label=${t("schedules.horizon")} min="1" max="366" value=${form.horizon_days} onInput=${set("horizon_days")} />
        <label class="field">${t("schedules.valid_from")}<input type="date" value=${form.valid_from ?? ""} onInput=${typed("valid_from")} ...${wrongAt(error, "valid_from")} /></label>
        <label class="field">${t("schedules.valid_until")}<input type="date" value=${form.valid_until ?? ""} onInput=${typed("valid_until")} ...${wrongAt(error, "valid_until")} /></label>
        <label class="field">${t("schedules.location")}<input maxlength="100" value=${form.location} onInput=${(event) => set("location")(event.target.value)} /></label>
        <label class="field">${t("schedules.timezone")}<input maxlength="64" placeholder=${t("schedules.clinics_zone")} value=${form.timezone ?? ""} onInput=${typed("timezone")} ...${wrongAt(error, "timezone")} /></label>
      </div>
    </fieldset>
  `;
}
