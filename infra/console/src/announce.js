// What a screen reader hears of what happens by itself. One polite live region, filled with whole sentences.

import { html, useEffect, useState } from "../vendor/htm-preact.js";

let tell = () => {};

export const announce = (sentence) => tell(sentence);

export function Announcer() {
  const [sentence, setSentence] = useState("");
  useEffect(() => {
    // Emptied first, so that the same sentence twice is heard twice.
    tell = (next) => {
      setSentence("");
      setTimeout(() => setSentence(next), 50);
    };
  }, []);
  return html`<div class="unseen" role="status" aria-live="polite">${sentence}</div>`;
}
