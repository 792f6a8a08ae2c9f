// The front desk: the list of contacts, the one that is open, and its patient.

import { html, useCallback, useEffect, useRef, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { get } from "./api.js";
import { useClosedContacts, useContact, useOpenContacts } from "./contacts.js";
import { Conversation } from "./conversation.js";
import { count, t } from "./i18n.js";
import { ContactList, isWaiting } from "./list.js";
import { usePart } from "./parts.js";
import { usePolling } from "./polling.js";

const LEADS = new Set(["supervisor", "admin"]);

export function Desk({ me, route, hidden }) {
  const open = useOpenContacts();
  const [tab, setTab] = useState("open");
  const closed = useClosedContacts(tab === "closed" && !hidden);
  const agents = useAgents();
  const listed = open.items.find((contact) => contact.id === route.id);
  const selected = useContact(route.id, listed, open.status !== "loading");

  const Breaches = usePart(LEADS.has(me.role), () => import("./breaches.js").then((part) => part.ready.then(() => part.Breaches)));

  useTitle(me, open.items);
  useNews(open, route.id);
  useMerging(selected.contact);

  const bring = useCallback((contact) => {
    open.bring(contact);
    selected.setContact(contact);
    closed.refresh();
  }, [route.id]);
  const refresh = useCallback(() => {
    open.refresh();
    selected.refresh();
  }, [route.id]);

  if (hidden) return null;
  return html`
    <main class=${`desk ${route.id ? "has-contact" : ""}`} id="main" tabindex="-1">
      <h1 class="unseen">${t("nav.contacts")}</h1>
      <${ContactList} me=${me} open=${open} closed=${closed} tab=${tab} onTab=${setTab} selected=${route.id} above=${Breaches && html`<${Breaches} />`} />
      <${Conversation} key=${route.id} me=${me} id=${route.id} contact=${selected.contact} error=${selected.error}
        agents=${agents} queues=${queuesOf(me, open.items)} onChanged=${bring} onStale=${refresh} offline=${open.status === "stale"} />
    </main>
  `;
}

/** The clinic's queues as the server names them, else those that its contacts wait in. */
const queuesOf = (me, contacts) =>
  me.clinic.queues ?? [...new Set(contacts.map((contact) => contact.queue).filter(Boolean))].sort();

function useAgents() {
  const [agents, setAgents] = useState([]);
  usePolling(async (isCurrent) => {
    const answer = await get("/agents");
    if (isCurrent()) setAgents(answer.items ?? answer);
  }, [], 15_000);
  return agents;
}

function useTitle(me, contacts) {
  const waiting = contacts.filter(isWaiting).length;
  useEffect(() => {
    document.title = `${waiting ? `(${waiting}) ` : ""}${me.clinic.name} · Recado`;
    return () => {
      document.title = "Recado";
    };
  }, [waiting, me.clinic.name]);
}

/** Tells, in words, of contacts and messages that came while the page was open. */
function useNews(open, selectedId) {
  const heard = useRef(null);
  useEffect(() => {
    if (open.status !== "ready") return;
    const before = heard.current;
    heard.current = new Map(open.items.map((contact) => [contact.id, contact.last_inbound_at]));
    if (!before) return;
    const news = open.items.filter((contact) => before.get(contact.id) !== contact.last_inbound_at);
    if (news.length === 1) announce(newsOf(news[0], before.has(news[0].id), selectedId));
    if (news.length > 1) announce(count("live.many", news.length));
  }, [open.items, open.status]);
}

/** Whoever looks at a contact goes along when it is taken up by another one. */
function useMerging(contact) {
  const open = useRef(null);
  useEffect(() => {
    if (contact?.merged_into && open.current === contact.id) location.hash = `#/contact/${encodeURIComponent(contact.merged_into)}`;
    open.current = contact && contact.state !== "closed" ? contact.id : null;
  }, [contact]);
}

function newsOf(contact, known, selectedId) {
  const values = { name: contact.patient_name || t("contact.unnamed"), text: contact.last_text };
  if (contact.reason === "missed_call" && !known) return t("live.missed_call", values);
  if (contact.id === selectedId) return t("live.here", values);
  return t(known ? "live.message" : "live.contact", values);
}
