// For whoever leads: contacts of which something is wrong, so that nobody would come to them by the list.

import { html, useState } from "../vendor/htm-preact.js";
import { get } from "./api.js";
import { count, learn, word } from "./i18n.js";
import { Icon } from "./icons.js";
import { Name } from "./parts.js";
import { usePolling } from "./polling.js";

export const ready = learn("breaches");

const EVERY_MS = 60_000;

export function Breaches() {
  const [wrong, setWrong] = useState([]);
  usePolling(async (isCurrent) => {
    const { items } = await get("/breaches");
    if (isCurrent()) setWrong(items.filter((one) => one.problem));
  }, [], EVERY_MS);
  return html`
    <div role="status">
      ${wrong.length > 0 &&
      html`
        <details class="banner">
          <summary><${Icon} name="warning" size=${14} /> ${count("breaches.title", wrong.length)}</summary>
          <ul>${wrong.map(({ contact, problem }) => html`<li key=${contact.id}><a href=${`#/contact/${encodeURIComponent(contact.id)}`}><${Name} of=${contact.patient_name} /></a>: ${word("breach", problem)}</li>`)}</ul>
        </details>
      `}
    </div>
  `;
}
