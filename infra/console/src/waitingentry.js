// Somebody who waits: since when, for what, who goes first and why, and the time that is held for them.

import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { serverNow } from "./api.js";
import { shortDay } from "./calendar.js";
import { count, locale, t, word } from "./i18n.js";
import { Icon } from "./icons.js";
import { Name } from "./parts.js";
import { dateAndTime, dayName, span } from "./time.js";

export const pathOf = ({ id }) => `/waiting-list/${encodeURIComponent(id)}`;

/** A Monday, from which the weekdays are counted. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;
export const weekdayName = (weekday, length = "long") => new Intl.DateTimeFormat(locale(), { weekday: length, timeZone: "UTC" }).format(MONDAY + weekday * DAY_MS);

const listed = (items) => new Intl.ListFormat(locale(), { type: "disjunction" }).format(items);
const named = (id, all) => all.find((one) => one.id === id)?.name ?? id;

/** What they have asked for, a phrase each; nothing where any time will do. */
function wishes({ practitioners, weekdays, parts, earliest, latest, instead_of: instead }, practice) {
  return [
    practitioners.length > 0 && t("waiting.with", { names: listed(practitioners.map((id) => named(id, practice.practitioners))) }),
    weekdays.length > 0 && listed([...weekdays].sort().map((one) => weekdayName(one))),
    parts.length > 0 && listed(parts.map((one) => word("day_part", one))),
    earliest && t("waiting.from", { day: shortDay(earliest) }),
    latest && t("waiting.until", { day: shortDay(latest) }),
    instead && t("waiting.instead"),
  ].filter(Boolean);
}

export function Entry({ entry, place, practice, onAsk }) {
  const asks = wishes(entry, practice);
  return html`
    <li class="card waiting-entry">
      <header class="setup-head">
        <h2><span class="waiting-place">${place}</span> <${Name} of=${entry.patient_name} /></h2>
        ${entry.priority > 0 && html`<span class="setup-tag amber">${t("waiting.first", { n: entry.priority })}</span>`}
        <span class=${`setup-tag ${entry.state === "offered" ? "" : "plain"}`}>${word("waiting_state", entry.state)}</span>
      </header>
      <p><strong><bdi>${named(entry.type_id, practice.types)}</bdi></strong> · ${asks.length > 0 ? asks.join(" · ") : t("waiting.any_time")}</p>
      <p class="faint small">${t("waiting.since", { day: dayName(entry.since) })}${entry.offers > 0 && ` · ${count("waiting.offers", entry.offers)}`}${entry.priority > 0 && html` · ${t("waiting.why")} <bdi>${entry.reason}</bdi>`}</p>
      ${entry.offer?.state === "open" && html`<${Held} offer=${entry.offer} entry=${entry} practice=${practice} />`}
      <p class="setup-steps">
        ${entry.state === "waiting" && html`<${Step} name="offer" entry=${entry} onAsk=${onAsk} />`}
        <${Step} name="priority" entry=${entry} onAsk=${onAsk} /><${Step} name="leave" entry=${entry} onAsk=${onAsk} />
      </p>
    </li>
  `;
}

const Step = ({ name, entry, onAsk }) => html`<button type="button" class="small" onClick=${() => onAsk(name, entry)}>${t(`waiting.${name}`)}<span class="unseen">: ${entry.patient_name || t("contact.unnamed")}</span></button>`;

/** The time that is held, and for how long; it counts down by itself. */
function Held({ offer, entry, practice }) {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), 10_000);
    return () => clearInterval(timer);
  }, []);
  const left = (Date.parse(offer.until) - serverNow()) / 1000;
  const mine = offer.asked.find((one) => one.entry === entry.id);
  const others = offer.asked.length - 1;
  return html`
    <p class="waiting-held">
      <${Icon} name="clock" size=${16} />
      <span>
        <strong><time datetime=${offer.start}>${dateAndTime(offer.start)}</time></strong> · <bdi>${named(offer.practitioner_id, practice.practitioners)}</bdi>
        <br /><small>${mine && `${word("channel", mine.channel)}: ${word("offer_answer", mine.answer)} · `}${left > 0 ? t("waiting.held", { span: span(left) }) : t("waiting.held_over")}${others > 0 && ` · ${count("waiting.others", others)}`}</small>
      </span>
    </p>
  `;
}
