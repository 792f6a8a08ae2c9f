// What would make somebody's own words plainer: a hint beside a field, never a refusal.

import { html, useEffect, useRef, useState } from "../vendor/htm-preact.js";
import { post } from "./api.js";
import { learn, t } from "./i18n.js";

export const ready = learn("plain");

const PAUSE_MS = 700;

export function PlainHints({ text, language }) {
  const hints = useHints(text.trim(), language);
  return html`<div role="status"><ul class="plain-hints small">${hints.map((one) => html`<li key=${one}>${one}</li>`)}</ul></div>`;
}

/** Asked once they have changed it and stopped to type; what cannot be asked now is no hint. */
function useHints(text, language) {
  const [hints, setHints] = useState([]);
  const begun = useRef(text);
  useEffect(() => {
    if (!text || text === begun.current) {
      setHints([]);
      return undefined;
    }
    let current = true;
    const show = (found) => current && setHints(found);
    const timer = setTimeout(() => post("/texts/check", { text, language }).then((found) => show(hintsOf(found)), () => show([])), PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [text, language]);
  return hints;
}

const hintsOf = ({ hard, long_sentences: long, jargon }) => [
  ...jargon.map(({ word, plain }) => t("plain.jargon", { word, plain })),
  ...long.map((sentence) => t("plain.long", { start: sentence.split(" ").slice(0, 4).join(" ") })),
  ...(hard ? [t("plain.hard")] : []),
];
