// The entries of a timeline: messages, calls, events; each kind that we do not know is shown as what it is.

import { html } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { Files, isFile } from "./files.js";
import { t, word } from "./i18n.js";
import { Icon, Ticks } from "./icons.js";
import { errorText } from "./parts.js";
import { discard, retry } from "./replies.js";
import { restoreDraft } from "./composer.js";
import { clock, dateAndTime, dayName, dayOf, exactSpan } from "./time.js";

const TEXTS = new Set(["text", "interaction", "message", "template", "button", "interactive", "reminder", "quick_reply"]);
const ATTACHMENTS = new Set(["image", "video", "audio", "voice", "document", "sticker", "location", "contacts"]);

export function TimelineItems({ items, replies, agents, contact }) {
  const byId = new Map(items.map((item) => [item.id, item]));
  const names = new Map(agents.map((agent) => [`agent:${agent.id}`, agent.name]));
  const out = [];
  let day = "";
  const separate = (at) => {
    if (dayOf(at) === day) return;
    day = dayOf(at);
    out.push(html`<li key=${`day-${day}`} class="day"><h3>${dayName(at)}</h3></li>`);
  };
  for (const item of items) {
    separate(item.at);
    out.push(html`<${Item} key=${item.id} item=${item} quoted=${byId.get(item.reply_to)} first=${byId.get(item.fallback_of)} names=${names} contact=${contact} />`);
  }
  for (const reply of replies) {
    separate(reply.item?.at ?? reply.at);
    out.push(
      reply.status === "stored"
        ? html`<${Item} key=${reply.item.id} item=${reply.item} names=${names} contact=${contact} />`
        : html`<${Unsettled} key=${reply.key} reply=${reply} />`,
    );
  }
  return html`<ol class="items">${out}</ol>`;
}

function Item({ item, quoted, first, names, contact }) {
  if (item.kind.startsWith("call") || item.call) return html`<${Call} item=${item} />`;
  if (item.kind.startsWith("appointment") || item.kind === "notice" || item.kind === "system") return html`<${Notice} item=${item} />`;
  return html`<${Message} item=${item} contact=${contact} quoted=${quoted} first=${first} author=${authorOf(item, names)} other=${item.contact && item.contact !== contact.id} />`;
}

// The codes of WhatsApp that a front desk can do something about; others are shown as numbers, for whoever asks Meta.
const WHATSAPP_CODES = { 131026: "bad_address", 131047: "template_only", 131049: "wait", 131050: "opted_out" };

function sendError(error) {
  if (!/^\d+$/.test(error)) return word("send_error", error);
  return error in WHATSAPP_CODES ? word("send_error", WHATSAPP_CODES[error]) : t("send_error.code", { code: error });
}

/** Who wrote an outbound message; the patient's own need no name. */
function authorOf(item, names) {
  if (item.direction === "inbound") return "";
  const author = item.author?.name ?? item.author ?? "";
  if (names.has(author)) return names.get(author);
  if (names.has(`agent:${author}`)) return names.get(`agent:${author}`);
  if (author === "staff") return t("author.staff");
  return author === "recado" || author === "" ? t("author.recado") : author.replace(/^agent:/, "");
}

function Message({ item, contact, quoted, first, author, other }) {
  const side = item.direction === "inbound" ? "in" : "out";
  // A message may have waited before it went out: the patient has it since then.
  const when = (side === "out" && item.sent_at) || item.at;
  const automatic = item.purpose && item.purpose !== "conversation" && side === "out";
  return html`
    <li class=${`message ${side} ${other ? "other" : ""} ${item.state === "failed" || item.state === "expired" ? "failed" : ""}`}>
      <div class="bubble">
        <span class="unseen">${side === "in" ? t("author.patient") : author}: </span>
        ${automatic && html`<span class="kind"><${Icon} name="bell" size=${14} /> ${word("purpose", item.purpose)}</span>`}
        ${quoted?.text && html`<blockquote><bdi>${quoted.text}</bdi></blockquote>`}
        <${Content} item=${item} contact=${contact} />
        ${item.buttons?.length > 0 && html`<ul class="offered" aria-label=${t("message.buttons")}>${item.buttons.map((button) => html`<li key=${button.payload}>${button.title}</li>`)}</ul>`}
        <span class="meta">
          ${side === "out" && html`<bdi aria-hidden="true">${author}</bdi>`}
          <time datetime=${when}>${dayOf(when) === dayOf(item.at) ? clock(when) : dateAndTime(when)}</time>
          ${side === "out" && html`<${DeliveryState} state=${item.state} />`}
        </span>
      </div>
      ${item.fallback_of && html`<p class="instead"><${Icon} name="send" size=${14} /> ${instead(item, first)}</p>`}
      ${side === "out" && item.error && html`<p class="why"><${Icon} name="warning" size=${14} /> ${sendError(item.error)}</p>`}
    </li>
  `;
}

/** By which channel it went, and by which it could not. */
function instead(item, first) {
  const by = word("channel", item.channel);
  return first ? t("fallback.both", { failed: word("channel", first.channel), by }) : t("fallback.by", { by });
}

function Content({ item, contact }) {
  const text = item.text && html`<p class="text"><bdi>${item.text}</bdi></p>`;
  if (TEXTS.has(item.kind) && !item.attachments?.some(isFile)) return text || html`<p class="text faint">${t("message.empty")}</p>`;
  if (item.kind === "reaction") return html`<p class="text"><span class="faint">${t("kind.reaction")} </span>${item.text}</p>`;
  if (item.attachments?.some(isFile)) return html`<${Files} item=${item} contact=${contact} />${text}`;
  const known = ATTACHMENTS.has(item.kind);
  const label = known ? word("kind", item.kind) : t("kind.unsupported", { kind: item.original_type ?? item.kind });
  const name = item.attachments?.[0]?.name;
  return html`
    <p class="attachment"><${Icon} name=${known ? "file" : "warning"} size=${18} /> ${label}${name && html`: <bdi>${name}</bdi>`}</p>
    ${text}
  `;
}

/** Ticks as on a phone, and the word for those who do not see them. */
function DeliveryState({ state }) {
  const label = word("message_state", state);
  if (state === "sent") return html`<span class="state" title=${label}><${Ticks} /><span class="unseen">${label}</span></span>`;
  if (state === "delivered" || state === "read") {
    return html`<span class=${`state ${state}`} title=${label}><${Ticks} two=${true} /><span class="unseen">${label}</span></span>`;
  }
  if (state === "queued" || state === "claimed") {
    return html`<span class="state" title=${label}><${Icon} name="clock" size=${13} /><span class="unseen">${label}</span></span>`;
  }
  return html`<span class="state spelled">${label}</span>`;
}

function Call({ item }) {
  const outcome = item.call?.outcome ?? "unknown";
  const missed = outcome.startsWith("abandoned") || outcome === "not_reached";
  const waited = item.call?.waited_s;
  const talked = item.call?.talked_s;
  return html`
    <li class=${`event call ${missed ? "missed" : ""}`}>
      <${Icon} name=${missed ? "missed" : "voice"} size=${18} />
      <p>
        <strong>${word("call", outcome)}</strong>${" "}
        ${waited > 0 && html`<span>· ${t("call.waited", { span: exactSpan(waited) })}</span>`}${" "}
        ${talked > 0 && html`<span>· ${t("call.talked", { span: exactSpan(talked) })}</span>`}
      </p>
      <time datetime=${item.at}>${clock(item.at)}</time>
    </li>
  `;
}

const Notice = ({ item }) => html`
  <li class="event">
    <${Icon} name=${item.kind.startsWith("appointment") ? "calendar" : "bell"} size=${18} />
    <p><bdi>${item.text || word("notice", item.kind)}</bdi></p>
    <time datetime=${item.at}>${clock(item.at)}</time>
  </li>
`;

/** A reply of ours that the server has not yet said yes to. */
function Unsettled({ reply }) {
  const edit = () => {
    restoreDraft(reply.contact, reply.text);
    discard(reply.key);
    announce(t("reply.back_in_box"));
  };
  return html`
    <li class=${`message out unsettled ${reply.status}`}>
      <div class="bubble">
        <p class="text"><bdi>${reply.text}</bdi></p>
        <span class="meta"><${Icon} name="clock" size=${13} /> ${t(`reply.${reply.status}`)}</span>
      </div>
      ${reply.status !== "sending" &&
      html`
        <p class="why" role="alert"><${Icon} name="warning" size=${14} /> ${t(`reply.${reply.status}`)} ${reply.error && errorText(reply.error)}</p>
        <p class="why-acts">
          <button type="button" onClick=${() => retry(reply)}>${t("reply.retry")}</button>
          ${reply.status === "refused" && html`<button type="button" onClick=${edit}>${t("reply.edit")}</button>`}
          ${reply.status === "unconfirmed" && html`<button type="button" onClick=${() => discard(reply.key)}>${t("reply.dismiss")}</button>`}
        </p>
      `}
    </li>
  `;
}
