// What the phone shows: its own messages at the right, the clinic's at the left with their quick replies to tap.

import { html } from "../vendor/htm-preact.js";
import { t, word } from "./i18n.js";
import { Icon, Ticks } from "./icons.js";
import { clock } from "./time.js";

export const isOurs = (item) => item.direction === "inbound" || item.direction === "sent";

export function PhoneBubbles({ items, zone, onPress }) {
  return html`
    <ol class="items">
      ${items.map((item, i) =>
        item.consent && !item.text
          ? html`<li key=${item.id} class="phone-turn">${item.consent === "stop" ? t("phone.did_stop") : t("phone.did_start")}</li>`
          : html`<${Bubble} key=${item.id} item=${item} zone=${zone} open=${isOpen(items, i)} onPress=${onPress} />`,
      )}
    </ol>
  `;
}

/** Quick replies can be tapped until the phone has answered after them. */
const isOpen = (items, i) => !items.slice(i + 1).some(isOurs);

function Bubble({ item, zone, open, onPress }) {
  const ours = isOurs(item);
  return html`
    <li class=${`message ${ours ? "out" : "in"} ${item.state === "sending" ? "unsettled" : ""}`}>
      <div class="bubble">
        ${item.subject && html`<p class="phone-about"><bdi>${item.subject}</bdi></p>`}
        ${(item.attachments ?? []).map((file, i) => html`<${Attached} key=${i} file=${file} />`)}
        ${item.text && html`<p class="text"><bdi>${item.text}</bdi></p>`}
        <span class="meta"><time datetime=${item.at}>${clock(item.at, zone)}</time>${ours && html`<${Tick} state=${item.state} />`}</span>
      </div>
      ${item.buttons?.length > 0 &&
      html`<div class="taps">
        ${item.buttons.map((button) => html`<button key=${button.payload || button.title} type="button" disabled=${!open} onClick=${() => onPress({ payload: button.payload, text: button.title ?? button.text }, item)}>${button.title ?? button.text}</button>`)}
      </div>`}
    </li>
  `;
}

/** A file of the phone's own is shown; of one that the clinic sent, the name. */
function Attached({ file }) {
  if (file.name === "photo.png") return html`<img class="phone-photo" src="/phone/files/photo.png" width="320" height="200" alt=${t("phone.photo_shows")} />`;
  if (file.name === "voice.ogg") return html`<audio class="phone-voice" controls preload="none" src="/phone/files/voice.ogg" aria-label=${t("kind.voice")}></audio>`;
  return html`<p class="phone-file"><${Icon} name="file" size=${16} /> <bdi>${file.name || word("kind", file.kind)}</bdi></p>`;
}

function Tick({ state }) {
  const label = word("message_state", state ?? "sent");
  if (state === "sending") return html`<span class="state" title=${t("reply.sending")}><${Icon} name="clock" size=${13} /><span class="unseen">${t("reply.sending")}</span></span>`;
  const two = state === "delivered" || state === "read";
  return html`<span class=${`state ${state ?? "sent"}`} title=${label}><${Ticks} two=${two} /><span class="unseen">${label}</span></span>`;
}
