// One contact, open: who it is, what was said, what to do next.

import { html, useEffect, useLayoutEffect, useRef, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { get, post } from "./api.js";
import { Composer } from "./composer.js";
import { CloseDialog, TransferDialog } from "./dialogs.js";
import { t, word } from "./i18n.js";
import { Icon } from "./icons.js";
import { TimelineItems } from "./items.js";
import { Standing, Urgent } from "./list.js";
import { Avatar, errorText, Name, Problem, usePart } from "./parts.js";
import { PatientPanel } from "./patient.js";
import { useReplies } from "./replies.js";
import { useTimeline } from "./timeline.js";
import { zoneIsOurs, zoneName } from "./time.js";

export function Conversation({ me, id, contact, error, agents, queues, onChanged, onStale, offline }) {
  if (!id) return html`<${NothingOpen} />`;
  if (error && !contact) return html`<section class="conversation nothing"><${Problem} error=${error} /><a href="#/">${t("conversation.back")}</a></section>`;
  if (!contact) return html`<section class="conversation nothing"><p role="status">${t("state.loading")}</p></section>`;
  return html`<${OpenContact} me=${me} contact=${contact} agents=${agents} queues=${queues} onChanged=${onChanged} onStale=${onStale} offline=${offline} />`;
}

const NothingOpen = () => html`
  <section class="conversation nothing" aria-label=${t("conversation.label")}>
    <div class="empty">
      <${Icon} name="inbox" size=${40} />
      <p class="lead">${t("conversation.none")}</p>
      <p class="faint">${t("conversation.keys")}</p>
    </div>
  </section>
`;

function OpenContact({ me, contact, agents, queues, onChanged, onStale, offline }) {
  const stamp = `${contact.version}/${contact.last_inbound_at}/${contact.last_outbound_at}`;
  const timeline = useTimeline(contact.patient, stamp);
  const replies = useReplies(contact.id, timeline.items);
  const stored = replies.filter((reply) => reply.status === "stored").length;
  useEffect(() => {
    // Our own reply gave the contact a new version: without it, closing at once would look outdated.
    if (stored) onStale();
  }, [stored]);
  const [person, setPerson] = useState(null);
  const doubt = person && (person.kind === "household" || person.records?.some((one) => one.id === contact.patient && !one.confirmed));
  const Whom = usePart(doubt, () => import("./whom.js").then((part) => part.ready.then(() => part.Whom)));
  const called = contact.state !== "closed" && (contact.callback || contact.follow_up?.attempts.length > 0);
  const Call = usePart(called, () => import("./attempts.js").then((part) => part.ready.then(() => part.Call)));
  const [panelShown, setPanelShown] = useState(false);
  const hidePanel = () => {
    setPanelShown(false);
    document.querySelector(".panel-toggle").focus();
  };
  return html`
    <section class="conversation" aria-label=${t("conversation.label")}>
      <${Header} me=${me} contact=${contact} agents=${agents} queues=${queues} onChanged=${onChanged} onStale=${onStale}
        panelShown=${panelShown} onPanel=${() => setPanelShown(!panelShown)} />
      ${called && Call && html`<${Call} key=${contact.id} me=${me} contact=${contact} onChanged=${onChanged} onStale=${onStale} />`}
      ${doubt && Whom && html`<${Whom} contact=${contact} person=${person} onChanged=${onChanged} onStale=${onStale} />`}
      <${Timeline} timeline=${timeline} replies=${replies} agents=${agents} contact=${contact} offline=${offline} />
      <${Composer} me=${me} contact=${contact} />
    </section>
    <${PatientPanel} me=${me} patient=${contact.patient} name=${contact.patient_name} stamp=${stamp} shown=${panelShown} onPerson=${setPerson} onClose=${hidePanel} />
  `;
}

/**
 * Whether a dialog opened on `before` still speaks of the contact as it is `now`. Our own reply on its way gives a new
 * version, and may make a waiting contact ours; that is no news to us.
 */
const sameToAct = (me, before, now) =>
  before.queue === now.queue &&
  before.last_inbound_at === now.last_inbound_at &&
  ((before.state === now.state && before.agent === now.agent) || (!before.agent && now.agent === me.agent?.id));

function Header({ me, contact, agents, queues, onChanged, onStale, panelShown, onPanel }) {
  const [dialog, setDialog] = useState(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(null);
  const mine = me.agent && contact.agent === me.agent.id;

  const path = `/contacts/${encodeURIComponent(contact.id)}`;
  const ask = (name) => setDialog({ name, contact });

  /** Asks for a step with the version that the person saw; what comes back is what is shown next. */
  const act = async (step, body = {}) => {
    const seen = dialog && !sameToAct(me, dialog.contact, contact) ? dialog.contact : contact;
    setBusy(true);
    setProblem(null);
    try {
      onChanged(await post(`${path}/${step}`, { ...body, version: seen.version }));
      setDialog(null);
      announce(t(`done.${step}`));
      return null;
    } catch (error) {
      if (error.status === 409) await look();
      if (!dialog) setProblem(error);
      return error;
    } finally {
      setBusy(false);
    }
  };

  /** What has become of the contact: from here on the open dialog is about that. */
  const look = async () => {
    try {
      const fresh = await get(path);
      onChanged(fresh);
      setDialog((open) => open && { ...open, contact: fresh });
    } catch {
      onStale();
    }
  };
  return html`
    <header class="contact-head">
      <a class="back quiet round" href="#/" aria-label=${t("conversation.back")}><${Icon} name="back" /></a>
      <${Avatar} id=${contact.patient} name=${contact.patient_name} />
      <div class="contact-who">
        <h2><${Name} of=${contact.patient_name} fallback=${contact.address_hint} /></h2>
        <p class="faint">${word("channel", contact.channel)}${contact.address_hint && html` · <bdi>${contact.address_hint}</bdi>`} · <${Urgent} contact=${contact} /><${Standing} contact=${contact} me=${me} /></p>
      </div>
      <div class="contact-acts">
        ${contact.state !== "closed" &&
        html`
          ${!mine && me.agent && html`<button type="button" class="primary" disabled=${busy} onClick=${() => act("take")}>${t("action.take")}</button>`}
          <button type="button" disabled=${busy} onClick=${() => ask("transfer")}>${t("action.transfer")}</button>
          <button type="button" disabled=${busy} onClick=${() => ask("close")}>${t("action.close")}</button>
        `}
        <button type="button" class="quiet round panel-toggle" aria-expanded=${panelShown} aria-controls="patient" aria-label=${t("patient.label")} onClick=${onPanel}>
          <${Icon} name="person" />
        </button>
      </div>
      ${problem && html`<div class="head-problem"><${Problem} error=${problem} /></div>`}
    </header>
    ${dialog?.name === "transfer" && html`<${TransferDialog} me=${me} contact=${dialog.contact} agents=${agents} queues=${queues} busy=${busy} onAct=${act} onClose=${() => setDialog(null)} />`}
    ${dialog?.name === "close" && html`<${CloseDialog} dispositions=${me.dispositions ?? []} busy=${busy} onAct=${act} onClose=${() => setDialog(null)} />`}
  `;
}

function Timeline({ timeline, replies, agents, contact, offline }) {
  const scroller = useRef(null);
  const atEnd = useRef(true);
  const [below, setBelow] = useState(false);
  const size = timeline.items.length + replies.length;
  const newest = timeline.items[timeline.items.length - 1]?.id;

  const toEnd = () => {
    scroller.current.scrollTop = scroller.current.scrollHeight;
    setBelow(false);
  };
  const onScroll = () => {
    const { scrollTop, scrollHeight, clientHeight } = scroller.current;
    atEnd.current = scrollHeight - scrollTop - clientHeight < 80;
    if (atEnd.current) setBelow(false);
  };
  useLayoutEffect(() => {
    if (atEnd.current) toEnd();
    else if (newest) setBelow(true);
  }, [newest, replies.length]);
  useEffect(() => {
    const watcher = new ResizeObserver(() => atEnd.current && toEnd());
    watcher.observe(scroller.current);
    watcher.observe(scroller.current.querySelector(".items"));
    return () => watcher.disconnect();
  }, []);

  const earlier = async () => {
    const before = scroller.current.scrollHeight;
    atEnd.current = false;
    await timeline.earlier();
    requestAnimationFrame(() => {
      scroller.current.scrollTop += scroller.current.scrollHeight - before;
    });
  };
  return html`
    <div class="timeline-frame">
      <div class="timeline" ref=${scroller} onScroll=${onScroll} tabindex="0" role="group" aria-label=${t("timeline.label")}>
        ${timeline.next && html`<button type="button" class="more" onClick=${earlier}>${t("timeline.earlier")}</button>`}
        ${!zoneIsOurs() && html`<p class="zone-note">${t("timeline.zone", { zone: zoneName() })}</p>`}
        ${timeline.status === "loading" && html`<p class="faint center" role="status">${t("state.loading")}</p>`}
        ${timeline.status === "ready" && size === 0 && html`<p class="faint center">${t("timeline.empty")}</p>`}
        <${TimelineItems} items=${timeline.items} replies=${replies} agents=${agents} contact=${contact} />
        ${timeline.status === "failed" && html`<p class=${`banner ${offline ? "again" : ""}`} role="status"><${Icon} name="warning" size=${16} /> ${t("list.stale")} ${errorText(timeline.error)}</p>`}
      </div>
      ${below && html`<button type="button" class="to-end" onClick=${toEnd}>${t("timeline.new_below")} ↓</button>`}
    </div>
  `;
}
