// What a policy says and by what: the order of channels of a step, and the clinic's own wordings.

import { html } from "../vendor/htm-preact.js";
import { LANGUAGES, t, word } from "./i18n.js";
import { Icon } from "./icons.js";
import { PlainHints } from "./plain.js";

const CHANNELS = ["whatsapp", "sms", "email", "telegram", "messenger", "instagram", "webchat", "voice"];
const MOST_CHOICES = 4;

/** By what a step is tried, the first choice first; none chosen: as always. */
export function ChannelOrder({ step, wrong, onChange }) {
  const places = Math.min(MOST_CHOICES, step.channels.length + 1);
  const choose = (place) => (event) => {
    const others = step.channels.map((one, at) => (at === place ? event.target.value : one));
    if (place === step.channels.length) others.push(event.target.value);
    onChange([...new Set(others.filter(Boolean))]);
  };
  const known = [...new Set([...CHANNELS, ...step.channels])];
  return html`
    <details class="policy-channels">
      <summary>${t("policies.channels")}: ${step.channels.length ? step.channels.map((one) => word("channel", one)).join(" → ") : t("policies.as_always")}<span class="unseen"> (${step.name})</span></summary>
      <div class="policy-rules">
        ${Array.from({ length: places }, (_, place) => html`
          <label key=${place} class="field">${place === 0 ? t("policies.first_by") : t("policies.else_by", { n: place + 1 })}
            <select value=${step.channels[place] ?? ""} onChange=${choose(place)} ...${wrong}>
              <option value="">${place === 0 ? t("policies.as_always") : "–"}</option>
              ${known.map((one) => html`<option key=${one} value=${one}>${word("channel", one)}</option>`)}
            </select>
          </label>
        `)}
      </div>
    </details>
  `;
}

/** The texts that a clinic may word itself: those that some step sends, and those that it has worded. */
const TEXTS = ["reminder_72h", "reminder_24h", "reminder_3h", "call_reminder", "instructions", "survey_nps", "survey_csat", "review", "recall", "recall_again", "authorisation", "news", "missed_visit"];

export function OwnWords({ words, error, onWords }) {
  const rows = Object.entries(words).flatMap(([text, told]) => Object.keys(told).map((language) => ({ text, language })));
  const put = (text, language, body) => onWords({ ...words, [text]: { ...words[text], [language]: body } });
  const drop = (text, language) => {
    const { [language]: gone, ...left } = words[text];
    const { [text]: all, ...others } = words;
    onWords(Object.keys(left).length > 0 ? { ...others, [text]: left } : others);
  };
  return html`
    <fieldset>
      <legend>${t("policies.words")}</legend>
      <p class="faint small">${t("policies.words_note")}</p>
      ${rows.map(({ text, language }) => html`<${Wording} key=${`${text}.${language}`} text=${text} language=${language} body=${words[text][language]} error=${error} onInput=${(body) => put(text, language, body)} onRemove=${() => drop(text, language)} />`)}
      <${AddWording} words=${words} onAdd=${(text, language) => put(text, language, "")} />
    </fieldset>
  `;
}

function Wording({ text, language, body, error, onInput, onRemove }) {
  const name = `${textName(text)}, ${word("language", language)}`;
  const wrong = error?.field === `words.${text}.${language}` ? { "aria-invalid": "true" } : {};
  return html`
    <div class="policy-wording">
      <label class="field">${name}<textarea required rows="3" maxlength="600" lang=${language} value=${body} onInput=${(event) => onInput(event.target.value)} ...${wrong}></textarea></label>
      <${PlainHints} text=${body} language=${language} />
      <button type="button" class="quiet small" onClick=${onRemove}>${t("policies.remove_wording")}<span class="unseen">: ${name}</span></button>
    </div>
  `;
}

const textName = (text) => word("policy_text", text);

/** One choice adds a wording: a text in a language that has none of its own. */
function AddWording({ words, onAdd }) {
  const free = [...new Set([...TEXTS, ...Object.keys(words)])].flatMap((text) => Object.keys(LANGUAGES).filter((one) => words[text]?.[one] === undefined).map((language) => [text, language]));
  const add = (event) => {
    const [text, language] = event.target.value.split("/");
    event.target.value = "";
    if (language) onAdd(text, language);
  };
  return html`
    <label class="policy-for"><${Icon} name="plus" size=${14} /> ${t("policies.add_wording")}
      <select value="" onChange=${add}>
        <option value="">–</option>
        ${free.map(([text, language]) => html`<option key=${`${text}/${language}`} value=${`${text}/${language}`}>${textName(text)}, ${word("language", language)}</option>`)}
      </select>
    </label>
  `;
}
