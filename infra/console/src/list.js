// The list of contacts: four tabs, each in the order in which its work is done.

import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { count, number, t, word } from "./i18n.js";
import { Icon } from "./icons.js";
import { Avatar, errorText, Name } from "./parts.js";
import { clock, dateAndTime, secondsSince, shortWhen, span } from "./time.js";

const TABS = ["open", "waiting", "mine", "closed"];
const LONG_WAIT_S = 300;
const VERY_LONG_WAIT_S = 900;
const MOST_COUNTED = 99;

const isWaiting = (contact) => contact.state === "waiting" || contact.state === "new";
const lastActivity = (contact) =>
  Math.max(...[contact.last_inbound_at, contact.last_outbound_at, contact.opened_at].map((at) => Date.parse(at) || 0));
const byActivity = (a, b) => lastActivity(b) - lastActivity(a);
const byWait = (a, b) => Date.parse(a.waiting_since) - Date.parse(b.waiting_since);

function contactsOf(tab, me, open, closed) {
  if (tab === "closed") return closed.items;
  if (tab === "waiting") return open.items.filter(isWaiting).sort(byWait);
  if (tab === "mine") return open.items.filter((c) => me.agent && c.agent === me.agent.id).sort(byActivity);
  return [...open.items].sort(byActivity);
}

export function ContactList({ me, open, closed, tab, onTab, selected }) {
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
      <${Tabs} tab=${tab} counts=${open.status === "loading" ? {} : counts} onTab=${onTab} />
      ${stale && html`<p class="banner" role="status"><${Icon} name="warning" size=${16} /> ${t("list.stale")} ${errorText(stale.error)}</p>`}
      <div class="list-scroll" role="tabpanel" id="contacts-panel" aria-labelledby=${`tab-${tab}`}>
        ${source.status === "loading" && html`<${Skeleton} />`}
        ${source.status === "failed" && html`<p class="problem" role="alert"><${Icon} name="warning" size=${16} /> ${errorText(source.error)}</p>`}
        ${(source.status === "ready" || source.status === "stale") && contacts.length === 0 && html`<${Empty} tab=${tab} />`}
        <ul class="rows" onKeyDown=${walk}>
          ${contacts.map((contact) => html`<${Row} key=${contact.id} contact=${contact} me=${me} selected=${contact.id === selected} />`)}
        </ul>
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
        <span class="row-foot"><${Standing} contact=${contact} me=${me} /><span class="unseen">, ${word("channel", contact.channel)}</span></span>
      </a>
    </li>
  `;
}

/** Where a contact stands, in a few words: waiting how long, with whom, a call owed by when, closed as what. */
export function Standing({ contact, me }) {
  if (contact.state === "closed") return html`<span class="standing">${word("disposition", contact.disposition)}</span>`;
  if (contact.callback) return html`<${CallbackDue} callback=${contact.callback} />`;
  if (contact.state === "assigned") {
    const mine = me.agent && contact.agent === me.agent.id;
    return html`<span class=${`standing ${mine ? "mine" : ""}`}>${mine ? t("standing.mine") : t("standing.with", { name: contact.agent_name ?? "" })}</span>`;
  }
  const waited = secondsSince(contact.waiting_since);
  const urgency = waited > VERY_LONG_WAIT_S ? "very-long" : waited > LONG_WAIT_S ? "long" : "";
  return html`<span class=${`standing waiting ${urgency}`}><${Icon} name="clock" size=${14} /> ${t("standing.waiting", { span: span(waited) })}</span>`;
}

function CallbackDue({ callback }) {
  const late = secondsSince(callback.due_at) > 0;
  if (callback.agreed && !late) {
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
