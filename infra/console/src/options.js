// What may be answered now: free text until the window shuts, then one of the templates that the provider knows.

import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { get, serverNow } from "./api.js";
import { t, word } from "./i18n.js";
import { Icon } from "./icons.js";
import { usePolling } from "./polling.js";
import { send } from "./replies.js";
import { clock, dateAndTime, dayOf } from "./time.js";

const EVERY_MS = 30_000;

/** The options of a contact, asked again when the patient has written and now and then; null: not known (yet). */
export function useOptions(contact) {
  const [held, setHeld] = useState({ id: null, options: null });
  const refresh = usePolling(async (isCurrent) => {
    const options = await get(`/contacts/${encodeURIComponent(contact.id)}/options`);
    if (isCurrent()) setHeld({ id: contact.id, options });
  }, [contact.id, contact.last_inbound_at], EVERY_MS);
  const options = held.id === contact.id ? held.options : null;
  const until = options?.free_text_until;
  useEffect(() => {
    if (!options?.free_text || !until) return undefined;
    const timer = setTimeout(refresh, Math.min(Date.parse(until) - serverNow() + 500, 2 ** 31 - 1));
    return () => clearTimeout(timer);
  }, [until, options?.free_text]);
  return options;
}

/** Until when free text may go, where that ends; in the place of the keys' hint. */
export function FreeUntil({ options }) {
  const until = options?.free_text && options.free_text_until;
  if (!until) return null;
  const today = dayOf(until) === dayOf(serverNow());
  return html`<span class="until"><${Icon} name="clock" size=${13} /> ${t("composer.until", { time: today ? clock(until) : dateAndTime(until) })}</span>`;
}

/** By what the answer goes, where it is not by what the patient came by: a form, a call, the counter. */
export function AnotherWay({ contact, options }) {
  if (!options?.channel || options.channel === contact.channel) return null;
  return html`<p class="hint" role="status"><${Icon} name="send" size=${15} /> ${t("composer.by", { channel: word("channel", options.channel) })}</p>`;
}

/** In the place of the reply box while no free text may go. */
export function InsteadOfText({ contact, options }) {
  return html`
    <div class="composer" id="templates">
      <${AnotherWay} contact=${contact} options=${options} />
      <p class="hint" role="status"><${Icon} name="clock" size=${15} /> ${t(reason(options))}</p>
      <ul class="offers">
        ${options.templates.map((one) => html`<${Offer} key=${one.name} contact=${contact} one=${one} />`)}
      </ul>
    </div>
  `;
}

function reason({ why_not, templates }) {
  if (why_not === "paused") return "composer.paused";
  return templates.length ? "composer.choose" : "composer.shut";
}

function Offer({ contact, one }) {
  return html`
    <li>
      <p><bdi>${one.text}</bdi></p>
      ${!one.usable && html`<p class="why">${t("composer.unusable", { state: word("template_state", one.state) })}</p>`}
      <button type="button" class="primary" disabled=${!one.usable} onClick=${() => send(contact.id, one.text, one.name)}>${t("composer.send_template")}</button>
    </li>
  `;
}
