// The messages of both sides. What is there already stays the same element, so that nobody loses their place.

import { make } from "./parts.js";
import { moment, stamp } from "./texts.js";

export class Log {
  #made = new Map();

  constructor(conversation, say, language) {
    Object.assign(this, { conversation, say, language });
    this.note = make("p", { class: "note" });
    this.element = make("div", { class: "log", role: "log", "aria-live": "off", tabindex: "0" }, this.note);
    this.element.setAttribute("aria-label", say("log"));
  }

  show() {
    const items = this.conversation.items;
    const stays = this.#isAtEnd();
    const lastIsNew = items.length && items.at(-1).mine && !this.#made.has(items.at(-1).id);
    this.#says();
    const shown = new Set(items.map((one) => one.id));
    for (const [id, { element }] of this.#made) {
      if (!shown.has(id)) {
        element.remove();
        this.#made.delete(id);
      }
    }
    items.forEach((one, number) => this.#put(this.#element(one, number === items.length - 1), number + 1));
    if (stays || lastIsNew) this.toEnd();
  }

  toEnd() {
    this.element.scrollTop = this.element.scrollHeight;
  }

  #isAtEnd() {
    const { scrollTop, scrollHeight, clientHeight } = this.element;
    return scrollHeight - scrollTop - clientHeight < 60;
  }

  #put(element, place) {
    const there = this.element.children[place];
    if (there !== element) this.element.insertBefore(element, there ?? null);
  }

  // Above the messages: who answers, or when somebody will.
  #says() {
    const { server } = this.conversation;
    const away = server && !server.open && !server.paused;
    const when = away && server.opensAt ? moment(server.opensAt, this.language, server.clinic.timezone) : "";
    this.note.classList.toggle("away", Boolean(away));
    const said = away ? this.say(when ? "leave" : "leaveAny", { when }) : this.say("welcome");
    if (this.note.textContent !== said) this.note.textContent = said;
  }

  // An element is made anew only when what it shows has changed.
  #element(one, isLast) {
    const told = `${one.state ?? ""}${isLast && !one.mine}`;
    const held = this.#made.get(one.id);
    if (held?.told === told) return held.element;
    const element = this.#item(one, isLast);
    if (held) held.element.replaceWith(element);
    else element.classList.add("fresh");
    this.#made.set(one.id, { element, told });
    return element;
  }

  #item(one, isLast) {
    const who = make("span", { class: "unseen" }, `${one.mine ? this.say("you") : this.#clinic()}: `);
    const bubble = make("p", { class: "bubble" }, who, one.text);
    const item = make("div", { class: `item ${one.mine ? "mine" : "theirs"} ${one.state ?? ""}` }, bubble);
    item.append(this.#meta(one));
    if (isLast && !one.mine && one.buttons?.length) item.append(this.#options(one.buttons));
    return item;
  }

  #meta(one) {
    const time = make("time", { datetime: new Date(one.at).toISOString() }, stamp(one.at, this.language));
    if (!one.mine) return make("div", { class: "meta" }, time);
    const again = { type: "button", class: "plain", onclick: () => this.conversation.again(one.id) };
    const retry = one.state === "failed" ? make("button", again, this.say("again")) : null;
    return make("div", { class: "meta" }, time, make("span", {}, this.say(one.state)), retry);
  }

  #options(buttons) {
    const press = (payload, title) => () => this.conversation.say(title, payload);
    const made = buttons.map(([payload, title]) =>
      make("button", { type: "button", class: "option", onclick: press(payload, title) }, title),
    );
    return make("div", { class: "options" }, ...made);
  }

  #clinic() {
    return this.conversation.server?.clinic.name ?? "";
  }
}
