// Why two records may be one person's: what was compared, in plain words, and how much each tells.

import { html } from "../vendor/htm-preact.js";
import { t, word } from "./i18n.js";

/** The rules compare finely; people weigh by the thing that is compared (rules/matching/signs.py). */
const GROUPS = {
  name: ["name", "called", "spelling", "rarity", "namesakes", "generation"],
  birth_date: ["birth_date"],
  document: ["document", "ehr"],
  phone: ["phone"],
  email: ["email", "unverified_email"],
  handle: ["handle"],
  address: ["street", "city", "postcode"],
  sex: ["sex"],
  language: ["language"],
  alias: ["alias"],
};
const GROUP_OF = new Map(Object.entries(GROUPS).flatMap(([group, fields]) => fields.map((field) => [field, group])));

/** Below this many bits a sign says next to nothing. */
const TELLING = 0.3;
/** Above this many the bar is full. */
const FULL = 8;

/** What was compared, the weightiest first, each as `{ group, level, weight }`. */
export function grouped(evidence) {
  const groups = new Map();
  for (const { field, level, weight } of evidence) {
    const group = GROUP_OF.get(field) ?? "around";
    const found = groups.get(group) ?? { group, weight: 0, levels: [] };
    found.weight += weight;
    found.levels.push([field, level]);
    groups.set(group, found);
  }
  return [...groups.values()]
    .map(({ group, weight, levels }) => ({ group, weight, level: levelOf(group, levels, weight) }))
    .filter(({ group, weight }) => Math.abs(weight) >= TELLING || group === "birth_date" || group === "document")
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
}

function levelOf(group, levels, weight) {
  if (group === "name") return nameLevel(levels);
  if (group === "around" || group === "alias") return weight > 0 ? "same" : "other";
  const found = levels.map(([, level]) => level.split(",")[0]);
  if (found.includes("same")) return "same";
  if (found.includes("near")) return "near";
  return found.includes("year") ? "year" : "other";
}

function nameLevel(levels) {
  const whole = levels.find(([field]) => field === "name")?.[1] ?? "";
  if (/^(unsaid|$)/.test(whole)) return "unsaid";
  if (/given (unlike|some)/.test(whole)) return "other";
  const written = levels.some(([field]) => field === "spelling");
  return whole.startsWith("given same, family same") && !written ? "same" : "near";
}

/** The likeness of two records, in a list. */
export const Evidence = ({ evidence }) => html`
  <ul class="evidence">
    ${grouped(evidence).map(
      ({ group, level, weight }) => html`
        <li key=${group} class=${weight < 0 ? "against" : "for"}>
          <${Bar} weight=${weight} />
          <span>${word("sign", `${group}_${level}`)} <span class="unseen">(${t(weight < 0 ? "sign.against" : "sign.for")})</span></span>
        </li>
      `,
    )}
  </ul>
`;

/** From the middle to the right what speaks for it, to the left, and hollow, what speaks against it. */
const Bar = ({ weight }) => {
  const length = Math.min(1, Math.abs(weight) / FULL) * 31 + 1;
  return html`
    <svg class="weight" viewBox="0 0 64 12" width="64" height="12" aria-hidden="true" focusable="false">
      <path d="M32 0v12" />
      <rect x=${weight < 0 ? 32 - length : 32} y="3" width=${length} height="6" rx="1.5" />
    </svg>
  `;
};
