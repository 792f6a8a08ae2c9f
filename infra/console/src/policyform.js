// A policy, step by step, and what it would do about a visit: shown before it is saved.

import { html, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { post, put, serverNow } from "./api.js";
import { LANGUAGES, t, word } from "./i18n.js";
import { Icon } from "./icons.js";
import { Problem } from "./parts.js";
import { minutesOf, pathOf, spanOf } from "./policyspans.js";
import { ChannelOrder, OwnWords } from "./policywords.js";
import { useSaving } from "./saving.js";
import { dateAndTime, dayOf } from "./time.js";

/** What a step may be for, and what it may then say; "" is the reminder that fits how near the visit is. */
const TEXTS = { reminder: ["", "reminder_72h", "reminder_24h", "reminder_3h"], instructions: ["instructions"], survey: ["survey_nps", "survey_csat"], review: ["review"] };
const PURPOSES = Object.keys(TEXTS);
const BY = ["message", "other_channel", "person"];
const ONLY = ["", "unconfirmed", "at_risk"];
const UNITS = ["days", "hours", "minutes"];
const WAYS = ["before", "after"];
const NEW_STEP = { name: "", minutes: -1440, purpose: "reminder", text: "", channels: [], only: null, by: "message" };
const CAPS = [
  ["day", 20],
  ["week", 50],
  ["promotions", 20],
  ["survey_days", 730],
];
const WEEK_MS = 7 * 86_400_000;

/** As the API takes it. */
export const bodyOf = ({ steps, quiet_from, quiet_until, language, on_closed_days, caps, words }) => ({
  steps: steps.map((one) => ({ ...one, name: one.name.trim(), text: one.text.trim() })),
  quiet_from,
  quiet_until,
  language,
  on_closed_days,
  caps: Object.fromEntries(Object.entries(caps).map(([name, value]) => [name, Number(value)])),
  words,
});

export function PolicyForm({ policy, onSaved }) {
  const [form, setForm] = useState(policy);
  const { busy, error, submit } = useSaving(async () => {
    const saved = await put(pathOf(policy), { ...bodyOf(form), version: policy.version });
    setForm(saved);
    onSaved(saved);
    announce(t("policies.saved"));
  });
  return html`
    <form class="policy-form" onSubmit=${submit}>
      <${Steps} steps=${form.steps} error=${error} onSteps=${(steps) => setForm({ ...form, steps })} />
      <${Rules} form=${form} onForm=${setForm} />
      <${OwnWords} words=${form.words} error=${error} onWords=${(words) => setForm({ ...form, words })} />
      <${Refusal} error=${error} />
      <p><button class="primary" disabled=${busy}>${t("policies.save")}</button></p>
      <${Preview} policy=${policy} form=${form} />
    </form>
  `;
}

/** What is refused of a step or of the clinic's words, in the server's words: they say which word it is. */
export const Refusal = ({ error }) =>
  error?.field?.includes(".") ? html`<p class="problem" role="alert"><${Icon} name="warning" size=${16} /> ${error.message}</p>` : html`<${Problem} error=${error} />`;

export function Steps({ legend, steps, error, onSteps }) {
  const change = (place, changes) => onSteps(steps.map((one, at) => (at === place ? { ...one, ...changes } : one)));
  return html`
    <fieldset>
      <legend>${legend ?? t("policies.steps")}</legend>
      <div class="policy-edit">
        ${steps.map((one, place) => html`<${Step} key=${place} step=${one} field=${`steps.${place}`} error=${error} onChange=${(changes) => change(place, changes)} onRemove=${() => onSteps(steps.filter((_, at) => at !== place))} />`)}
      </div>
      <button type="button" class="small" onClick=${() => onSteps([...steps, NEW_STEP])}><${Icon} name="plus" size=${14} /> ${t("policies.add_step")}</button>
    </fieldset>
  `;
}

const textName = (text) => (text === "none" ? t("policies.text_fits") : word("policy_text", text));

const Choose = ({ label, say, values, value, onChange, double, ...rest }) => html`
  <label class=${double ? "field double" : "field"}>${label}<select value=${value} onChange=${(event) => onChange(event.target.value)} ...${rest}>${values.map((one) => html`<option key=${one} value=${one}>${say(one || "none")}</option>`)}</select></label>
`;

function Step({ step, field, error, onChange, onRemove }) {
  const span = spanOf(step.minutes);
  const wrong = (name) => (error?.field === `${field}.${name}` ? { "aria-invalid": "true" } : {});
  const when = (changes) => onChange({ minutes: minutesOf({ ...span, ...changes }) });
  const texts = TEXTS[step.purpose] ?? [];
  return html`
    <div class="policy-step" role="group" aria-label=${step.name || t("policies.add_step")}>
      <label class="field">${t("policies.name")}<input required pattern="[a-z0-9_]{1,24}" value=${step.name} onInput=${(event) => onChange({ name: event.target.value })} ...${wrong("name")} /></label>
      <label class="field">${t("policies.when")}<input type="number" min="0" required value=${span.amount} onChange=${(event) => when({ amount: event.target.value })} ...${wrong("minutes")} /></label>
      <${Choose} label=${t("policies.unit")} say=${(one) => word("policy_unit", one)} values=${UNITS} value=${span.unit} onChange=${(unit) => when({ unit })} />
      <${Choose} label=${t("policies.way")} say=${(one) => word("policy_way", one)} values=${WAYS} value=${span.way} onChange=${(way) => when({ way })} />
      <${Choose} label=${t("policies.by")} say=${(one) => word("policy_by", one)} values=${BY} value=${step.by} onChange=${(by) => onChange({ by })} ...${wrong("by")} />
      <${Choose} label=${t("policies.purpose")} say=${(one) => word("policy_purpose", one)} values=${PURPOSES.includes(step.purpose) ? PURPOSES : [...PURPOSES, step.purpose]} value=${step.purpose} onChange=${(purpose) => onChange({ purpose, text: TEXTS[purpose]?.[0] ?? step.text })} ...${wrong("purpose")} />
      <${Choose} double label=${t("policies.only")} say=${(one) => word("policy_only", one)} values=${ONLY} value=${step.only ?? ""} onChange=${(only) => onChange({ only: only || null })} ...${wrong("only")} />
      ${step.by !== "person" && html`<${Choose} double label=${t("policies.text")} say=${textName} values=${texts.includes(step.text) ? texts : [...texts, step.text]} value=${step.text} onChange=${(text) => onChange({ text })} ...${wrong("text")} />`}
      <button type="button" class="quiet small" onClick=${onRemove}>${t("policies.remove")}<span class="unseen">: ${step.name}</span></button>
      ${step.by !== "person" && html`<${ChannelOrder} step=${step} wrong=${wrong("channels")} onChange=${(channels) => onChange({ channels })} />`}
    </div>
  `;
}

function Rules({ form, onForm }) {
  const set = (name) => (event) => onForm({ ...form, [name]: event.target.value });
  const cap = (name) => (event) => onForm({ ...form, caps: { ...form.caps, [name]: event.target.value } });
  return html`
    <fieldset>
      <legend>${t("policies.rules")}</legend>
      <div class="policy-rules">
        <label class="field">${t("policies.quiet_from")}<input type="time" required value=${form.quiet_from} onInput=${set("quiet_from")} /></label>
        <label class="field">${t("policies.quiet_until")}<input type="time" required value=${form.quiet_until} onInput=${set("quiet_until")} /></label>
        <label class="field">${t("policies.language")}
          <select value=${form.language ?? ""} onChange=${(event) => onForm({ ...form, language: event.target.value || null })}>
            <option value="">${t("policies.language_theirs")}</option>
            ${Object.keys(LANGUAGES).map((one) => html`<option key=${one} value=${one}>${word("language", one)}</option>`)}
          </select>
        </label>
        ${CAPS.map(([name, most]) => html`<label key=${name} class="field">${t(`policy_cap.${name}`)}<input type="number" required min="1" max=${most} value=${form.caps[name]} onInput=${cap(name)} /></label>`)}
      </div>
      <label class="tick"><input type="checkbox" checked=${form.on_closed_days} onChange=${(event) => onForm({ ...form, on_closed_days: event.target.checked })} /> ${t("policies.on_closed_days")}</label>
    </fieldset>
  `;
}

function Preview({ policy, form }) {
  const [start, setStart] = useState(`${dayOf(serverNow() + WEEK_MS)}T10:00`);
  const [planned, setPlanned] = useState(null);
  const [error, setError] = useState(null);
  const show = async () => {
    setError(null);
    try {
      const answer = await post("/reminder-policies/preview", { start, policy: bodyOf(form), ...(policy.type_id && { type_id: policy.type_id }) });
      setPlanned(answer.items);
    } catch (failure) {
      setError(failure);
    }
  };
  return html`
    <div class="policy-preview">
      <label class="field">${t("policies.preview_of")}<input type="datetime-local" value=${start} onInput=${(event) => setStart(event.target.value)} /></label>
      <button type="button" onClick=${show}>${t("policies.preview")}</button>
      <${Refusal} error=${error} />
      ${planned && html`<ol class="policy-planned" aria-label=${t("policies.preview")}>${planned.map((one) => html`<${Planned} key=${one.step} planned=${one} />`)}</ol>`}
    </div>
  `;
}

const Planned = ({ planned }) => html`
  <li class=${planned.state}>
    <p><strong>${dateAndTime(planned.due_at)}</strong> · ${planned.step} · ${planned.state === "skipped" ? word("reminder_state", "skipped") : word("policy_by", planned.by)}${planned.only && ` · ${word("policy_only", planned.only)}`}</p>
    ${planned.state === "skipped" ? html`<p class="faint small">${word("reminder_reason", planned.reason)}</p>` : html`<${Says} planned=${planned} />`}
  </li>
`;

/** What a call says, and what is written to whoever is not called. */
const Says = ({ planned: { by, text, spoken } }) => html`
  ${spoken && html`<p class="faint small">${t("policies.call_says")}</p><blockquote class="small"><bdi>${spoken}</bdi></blockquote><p class="faint small">${t("policies.else_written")}</p>`}
  ${text && html`<blockquote class="small"><bdi>${text}</bdi></blockquote>`}
  ${!text && by !== "person" && html`<p class="faint small">${word("reminder_reason", "no_link")}</p>`}
`;
