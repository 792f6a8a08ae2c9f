// A call that is owed: to whom and by when, why just then, and what came of it.

import { html, useRef, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { newKey, post } from "./api.js";
import { count, learn, locale, number, t, word } from "./i18n.js";
import { Icon } from "./icons.js";
import { style } from "./looks.js";
import { Problem } from "./parts.js";
import { clock, dateAndTime } from "./time.js";

export const ready = Promise.all([learn("attempts"), style("styles/attempts.css")]);

const OUTCOMES = ["reached", "no_answer", "busy", "voicemail", "wrong_number", "booked", "declined"];
/** A Monday, from which the weekdays are counted. */
const MONDAY = Date.UTC(2026, 5, 1);
const DAY_MS = 86_400_000;

export function Call({ me, contact, onChanged, onStale }) {
  const { callback } = contact;
  const attempts = contact.follow_up?.attempts ?? [];
  return html`
    <section class="callback-card" aria-label=${t("attempts.title")}>
      ${callback && html`<${Owed} contact=${contact} />`}
      ${callback && me.agent && html`<${Outcome} key=${attempts.length} contact=${contact} onChanged=${onChanged} onStale=${onStale} />`}
      ${attempts.length > 0 && html`<${Attempts} attempts=${attempts} />`}
    </section>
  `;
}

function Owed({ contact: { callback, reason, state } }) {
  return html`
    <${Icon} name="missed" size=${22} />
    <div class="callback-what">
      <p>${reason === "missed_call" && html`<strong>${t("callback.title")}</strong>${" "}`}${dueText(callback, state)}</p>
      <${Why} why=${callback.why} />
    </div>
    <a class="button primary" href=${`tel:${callback.phone}`}><${Icon} name="voice" size=${16} /> ${t("callback.call")} <bdi>${callback.phone}</bdi></a>
  `;
}

function dueText(callback, state) {
  if (callback.agreed) return t("callback.agreed", { when: dateAndTime(callback.due_at) });
  if (state === "scheduled") return t("attempts.scheduled", { when: dateAndTime(callback.due_at) });
  return t("callback.due", { time: clock(callback.due_at) });
}

/** Why just then; that they asked for it, is said above. */
function Why({ why }) {
  if (!why || why.kind === "agreed") return null;
  const weekday = new Intl.DateTimeFormat(locale(), { weekday: "long", timeZone: "UTC" }).format(MONDAY + why.weekday * DAY_MS);
  return html`<p class="small">${t(`call_why.${why.kind}`, { weekday, part: word("day_part", why.part), reached: number(why.reached ?? 0), tried: number(why.tried ?? 0) })}</p>`;
}

/** Notes what came of the call. The same press keeps its key: after a lost answer, it is one attempt. */
function useNoting(contact, onChanged, onStale) {
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const key = useRef(newKey());
  const note = async (body) => {
    setBusy(true);
    setError(null);
    try {
      onChanged(await post(`/contacts/${encodeURIComponent(contact.id)}/attempts`, { ...body, version: contact.version }, key.current));
      announce(t("attempts.noted"));
    } catch (failure) {
      if (!failure.uncertain) key.current = newKey();
      setError(failure);
      if (failure.status === 409) onStale();
    }
    setBusy(false);
  };
  return { note, error, busy };
}

function Outcome({ contact, onChanged, onStale }) {
  const [outcome, setOutcome] = useState("");
  const [text, setText] = useState("");
  const { note, error, busy } = useNoting(contact, onChanged, onStale);
  const submit = (event) => {
    event.preventDefault();
    if (outcome && !busy) note(text.trim() ? { outcome, note: text.trim() } : { outcome });
  };
  return html`
    <form class="outcome" onSubmit=${submit}>
      <fieldset>
        <legend>${t("attempts.ask")}</legend>
        ${OUTCOMES.map(
          (name) => html`
            <label key=${name} class="chip"><input type="radio" name="outcome" value=${name} checked=${outcome === name} onChange=${() => setOutcome(name)} /> ${word("attempt_outcome", name)}</label>
          `,
        )}
      </fieldset>
      ${outcome &&
      html`
        <div class="outcome-note">
          <input aria-label=${t("attempts.note")} placeholder=${t("attempts.note")} maxlength="2000" value=${text} onInput=${(event) => setText(event.target.value)} />
          <button class="primary" disabled=${busy}>${t("attempts.save")}</button>
        </div>
      `}
      <${Problem} error=${error} />
    </form>
  `;
}

const Attempts = ({ attempts }) => html`
  <details class="attempts">
    <summary>${count("attempts.count", attempts.length)}</summary>
    <ol>
      ${attempts.map(
        (one) => html`<li key=${one.id}><time datetime=${one.at}>${dateAndTime(one.at)}</time> · ${word("attempt_outcome", one.outcome)}${one.note && html` · <bdi>${one.note}</bdi>`}</li>`,
      )}
    </ol>
  </details>
`;
