// The list of contacts: four tabs, each in the order in which its work is done: first what is urgent or late.

import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { serverNow } from "./api.js";
import { count, number, t, word } from "./i18n.js";
import { Icon } from "./icons.js";
import { Avatar, errorText, Name } from "./parts.js";
import { clock, dateAndTime, secondsSince, shortWhen, span } from "./time.js";

const TABS = ["open", "waiting", "mine", "closed"];
const LONG_WAIT_S = 300;
const VERY_LONG_WAIT_S = 900;
const MOST_COUNTED = 99;

/** Self-service awaits their answer: nobody need see to it, though anybody may. */
const isServed = (contact) => contact.state === "new" && contact.dialogue?.state === "open";
export const isWaiting = (contact) => contact.state === "waiting" || (contact.state === "new" && !isServed(contact));
const lastActivity = (contact) =>
  Math.max(...[contact.last_inbound_at, contact.last_outbound_at, contact.opened_at].map((at) => Date.parse(at) || 0));
const byActivity = (a, b) => lastActivity(b) - lastActivity(a);
const byWait = (a, b) => Date.parse(a.waiting_since) - Date.parse(b.waiting_since);
const byDeadline = (a, b) => Date.parse(a.deadline_at) - Date.parse(b.deadline_at);

const isLate = (contact) => contact.deadline_at && Date.parse(contact.deadline_at) < serverNow();
const RANKS = { urgent: 0, late: 1, other: 2 };
const rankOf = (contact) => (contact.urgent_at ? RANKS.urgent : isLate(contact) ? RANKS.late : RANKS.other);
const byNeed = (otherwise) => (a, b) => rankOf(a) - rankOf(b) || (rankOf(a) === RANKS.late ? byDeadline : otherwise)(a, b);

function contactsOf(tab, me, open, closed) {
  if (tab === "closed") return closed.items;
  if (tab === "waiting") return open.items.filter(isWaiting).sort(byNeed(byWait));
  if (tab === "mine") return open.items.filter((c) => me.agent && c.agent === me.agent.id).sort(byNeed(byActivity));
  return [...open.items].sort(byNeed(byActivity));
}

/** Apart, under a heading: what is with the assistant, and calls that are to be made at another time. */
const GROUPS = {
  now: (contact) => contact.state !== "scheduled" && !isServed(contact),
  assistant: isServed,
  scheduled: (contact) => contact.state === "scheduled",
};

export function ContactList({ me, open, closed, tab, onTab, selected, above }) {
  useClock();
  const source = tab === "closed" ? closed : open;
  const stale = [source, open].find((one) => one.status === "stale");
  const contacts = contactsOf(tab, me, open, closed);
  const counts = {
    open: open.items.length,
    waiting: open.items.filter(isWaiting).length,
    mine: contactsOf("mine", me, open, closed).length,
  };
  return html`
    <section class="contacts" aria-label=${t("list.label")}>
      ${above}
      <${Tabs} tab=${tab} counts=${open.status === "loading" ? {} : counts} onTab=${onTab} />
      ${stale && html`<p class="banner" role="status"><${Icon} name="warning" size=${16} /> ${t("list.stale")} ${errorText(stale.error)}</p>`}
      <div class="list-scroll" role="tabpanel" id="contacts-panel" aria-labelledby=${`tab-${tab}`}>
        ${source.status === "loading" && html`<${Skeleton} />`}
        ${source.status === "failed" && html`<p class="problem" role="alert"><${Icon} name="warning" size=${16} /> ${errorText(source.error)}</p>`}
        ${(source.status === "ready" || source.status === "stale") && contacts.length === 0 && html`<${Empty} tab=${tab} />`}
        <div onKeyDown=${walk}>
          ${Object.keys(GROUPS).map((name) => html`<${Group} key=${name} name=${name} contacts=${contacts.filter(GROUPS[name])} me=${me} selected=${selected} />`)}
        </div>
        ${tab === "closed" && closed.hasMore && html`<button type="button" class="more" onClick=${closed.more}>${t("list.more")}</button>`}
        ${tab !== "closed" && open.partial && html`<p class="faint pad">${t("list.partial", { n: number(open.items.length) })}</p>`}
      </div>
    </section>
  `;
}

/** Draws the list again every ten seconds, because waiting times grow without the server's help. */
function useClock() {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), 10_000);
    return () => clearInterval(timer);
  }, []);
}

function Tabs({ tab, counts, onTab }) {
  const move = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length];
    onTab(next);
    document.getElementById(`tab-${next}`).focus();
  };
  return html`
    <div class="tabs" role="tablist" aria-label=${t("list.tabs")} onKeyDown=${move}>
      ${TABS.map(
        (name) => html`
          <button key=${name} id=${`tab-${name}`} type="button" role="tab" aria-selected=${name === tab}
            aria-controls="contacts-panel" tabindex=${name === tab ? 0 : -1} onClick=${() => onTab(name)}>
            ${t(`tab.${name}`)}
            ${counts[name] > 0 && html`<span class=${`count ${name}`}>${counts[name] > MOST_COUNTED ? `${MOST_COUNTED}+` : number(counts[name])}</span>`}
          </button>
        `,
      )}
    </div>
  `;
}

/** Arrow keys walk from contact to contact; Tab leaves the list as ever. */
function walk(event) {
  const links = [...event.currentTarget.querySelectorAll("a.row")];
  const here = links.indexOf(document.activeElement);
  const target = {
    ArrowDown: links[here + 1],
    ArrowUp: links[here - 1],
    Home: links[0],
    End: links[links.length - 1],
  }[event.key];
  if (!target) return;
  event.preventDefault();
  target.focus();
}

const Group = ({ name, contacts, me, selected }) =>
  contacts.length > 0 &&
  html`
    ${name !== "now" && html`<h2 class="group">${t(`group.${name}`)}</h2>`}
    <ul class="rows">
      ${contacts.map((contact) => html`<${Row} key=${contact.id} contact=${contact} me=${me} selected=${contact.id === selected} />`)}
    </ul>
  `;

function Row({ contact, me, selected }) {
  const last = new Date(lastActivity(contact)).toISOString();
  const unread = Number(contact.unread) || 0;
  return html`
    <li>
      <a class=${`row ${unread && !selected ? "unread" : ""}`} href=${`#/contact/${encodeURIComponent(contact.id)}`} aria-current=${selected ? "true" : null}>
        <${Avatar} id=${contact.patient} name=${contact.patient_name} channel=${contact.reason === "missed_call" ? "missed" : contact.channel} />
        <span class="row-name"><${Name} of=${contact.patient_name} fallback=${contact.address_hint} /></span>
        <time class="row-time" datetime=${last}>${shortWhen(last)}</time>
        <span class="row-preview"><bdi>${contact.last_text || word("reason", contact.reason)}</bdi></span>
        ${unread > 0 && !selected && html`<span class="unread-count" title=${count("list.unread", unread)}><span aria-hidden="true">${number(unread)}</span><span class="unseen">${count("list.unread", unread)}</span></span>`}
        <span class="row-foot"><${Urgent} contact=${contact} /><${Standing} contact=${contact} me=${me} /><${Deadline} contact=${contact} /><span class="unseen">, ${word("channel", contact.channel)}</span></span>
      </a>
    </li>
  `;
}

/** What cannot wait, or who was not content, said so loudly, whoever has it. */
export const Urgent = ({ contact: { state, urgent_at: urgent, recovery } }) =>
  (urgent || recovery) && state !== "closed" && html`<strong class="urgent"><${Icon} name="warning" size=${14} /> ${t(urgent ? "standing.urgent" : "standing.recovery")}</strong>${" "}`;

/** How long there is for what is owed, or for how long it is overdue; of a call, its own time says so. */
function Deadline({ contact }) {
  if (!contact.deadline_at || contact.callback || contact.state === "closed") return null;
  const left = (Date.parse(contact.deadline_at) - serverNow()) / 1000;
  const urgency = left < 0 ? "very-long" : left < LONG_WAIT_S ? "long" : "";
  return html` · <span class=${`standing ${urgency}`}>${t(left < 0 ? "standing.late" : "standing.left", { span: span(Math.abs(left)) })}</span>`;
}

/** Where a contact stands, in a few words: waiting how long, with whom, a call owed by when, closed as what. */
export function Standing({ contact, me }) {
  if (contact.state === "closed") return html`<span class="standing">${word("disposition", contact.disposition)}</span>`;
  if (contact.callback) return html`<${CallbackDue} contact=${contact} />`;
  if (isServed(contact)) return html`<span class="standing">${t("standing.assistant")}</span>`;
  if (contact.state === "assigned") {
    const mine = me.agent && contact.agent === me.agent.id;
    return html`<span class=${`standing ${mine ? "mine" : ""}`}>${mine ? t("standing.mine") : t("standing.with", { name: contact.agent_name ?? "" })}</span>`;
  }
  const waited = secondsSince(contact.waiting_since);
  const urgency = waited > VERY_LONG_WAIT_S ? "very-long" : waited > LONG_WAIT_S ? "long" : "";
  return html`<span class=${`standing waiting ${urgency}`}><${Icon} name="clock" size=${14} /> ${t("standing.waiting", { span: span(waited) })}</span>`;
}

function CallbackDue({ contact: { callback, state } }) {
  const late = secondsSince(callback.due_at) > 0;
  if ((callback.agreed || state === "scheduled") && !late) {
    return html`<span class="standing waiting"><${Icon} name="voice" size=${14} /> ${t("standing.callback_agreed", { time: dateAndTime(callback.due_at) })}</span>`;
  }
  return html`<span class=${`standing waiting ${late ? "very-long" : "long"}`}>
    <${Icon} name="voice" size=${14} /> ${t(late ? "standing.callback_late" : "standing.callback", { time: clock(callback.due_at) })}
  </span>`;
}

const Empty = ({ tab }) => html`
  <div class="empty"><${Icon} name=${tab === "closed" ? "inbox" : "check"} size=${32} /><p>${t(`empty.${tab}`)}</p></div>
`;

const Skeleton = () => html`
  <div class="skeleton" role="status"><span class="unseen">${t("state.loading")}</span>${[1, 2, 3, 4].map((n) => html`<i key=${n}></i>`)}</div>
`;
