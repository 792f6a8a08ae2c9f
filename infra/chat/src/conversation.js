// One conversation: what was said on both sides, what is still to be sent, and when to look again.

import { Unreachable } from "./line.js";

const OPEN = 2_000; // milliseconds between two looks, while somebody reads
const IDLE = 10_000; // … and has done nothing for some minutes
const CLOSED = 15_000;
const HIDDEN = 60_000;
const IDLE_AFTER = 300_000;
const LONGEST_PAUSE = 30_000;
const TOO_MUCH = 60_000;

export class Conversation extends EventTarget {
  theirs = [];
  place = 0;
  server = null; // what the clinic last said of itself
  trouble = ""; // "", "offline", "slow" or "unavailable"
  #failures = 0;
  #sending = false;
  #timer = 0;
  #active = Date.now();
  #era = 0; // counts what was forgotten: an answer of before is nobody's

  constructor(line, memory, language) {
    super();
    Object.assign(this, { line, memory, language, reading: false });
    this.own = memory.load().own;
    addEventListener("online", () => this.lookNow());
    document.addEventListener("visibilitychange", () => document.hidden || this.lookNow());
    addEventListener("storage", (event) => event.key === memory.slot && this.#merge());
  }

  get begun() {
    return Boolean(this.memory.load().token);
  }

  get name() {
    return this.memory.load().name;
  }

  get unread() {
    const { seen } = this.memory.load();
    return this.theirs.filter((one) => one.place > seen);
  }

  // Both sides in one order: whatever was written after something had been read stands below it.
  get items() {
    const theirs = this.theirs.map((one) => ({ ...one, mine: false, order: [one.place, 0] }));
    const mine = this.own.map((one, number) => ({ ...one, mine: true, order: [one.after, number + 1] }));
    return [...theirs, ...mine].sort((a, b) => a.order[0] - b.order[0] || a.order[1] - b.order[1]);
  }

  say(text, payload) {
    const id = [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");
    this.own = [...this.own, { id, text, payload, at: Date.now(), after: this.place, state: "sending" }];
    this.#active = Date.now();
    this.#changed();
    this.#send();
  }

  call(name) {
    this.memory.save({ name });
  }

  again(id) {
    this.#mark(id, "sending");
    this.#send();
  }

  read(reading) {
    this.reading = reading;
    this.#active = Date.now();
    if (reading) this.#acknowledge();
    this.lookNow();
  }

  forget() {
    clearTimeout(this.#timer);
    this.memory.forget();
    this.#era += 1;
    Object.assign(this, { own: [], theirs: [], place: 0 });
    this.dispatchEvent(new Event("change"));
  }

  lookNow() {
    clearTimeout(this.#timer);
    if (this.reading || this.begun) this.#look();
  }

  async #look() {
    const era = this.#era;
    try {
      const { status, data } = await this.line.look(this.place, this.language);
      if (era !== this.#era) return;
      if (status === 200) this.#heard(data);
      this.#fared(status === 200 ? "" : status === 403 || status === 404 ? "unavailable" : "offline");
    } catch (error) {
      this.#failed(error);
    }
    this.#send();
    this.#later();
  }

  #heard({ messages, place, ...server }) {
    const known = new Set(this.theirs.map((one) => one.id));
    const fresh = messages.filter((one) => !known.has(one.id));
    const firstLook = !this.server;
    Object.assign(this, { server, place: Math.max(place, this.place), theirs: [...this.theirs, ...fresh] });
    if (fresh.length) {
      this.#active = Date.now();
      this.dispatchEvent(new CustomEvent("fresh", { detail: firstLook ? this.unread : fresh }));
      this.#acknowledge();
    }
    this.#changed();
  }

  #acknowledge() {
    if (!this.reading || document.hidden) return;
    const messages = this.unread.map((one) => one.id);
    if (!messages.length) return;
    this.memory.save({ seen: this.place });
    this.#changed();
    this.line.post({ type: "seen", messages }).catch((error) => this.#failed(error));
  }

  async #send() {
    if (this.#sending) return;
    this.#sending = true;
    try {
      for (let next; (next = this.own.find((one) => one.state === "sending")); ) {
        const { status } = await this.line.post(this.#message(next));
        if (status === 429 || status >= 500) throw new Unreachable(status === 429 ? "slow" : "");
        this.#mark(next.id, status === 200 ? "sent" : "failed");
        this.#fared(status === 403 || status === 404 ? "unavailable" : "");
      }
    } catch (error) {
      this.#failed(error);
      this.#later();
    } finally {
      this.#sending = false;
    }
  }

  #message({ id, text, payload }) {
    const { name } = this.memory.load();
    const page = location.origin + location.pathname;
    return { type: "message", clientMsgId: id, text, payload, name, page, language: this.language };
  }

  #mark(id, state) {
    this.own = this.own.map((one) => (one.id === id ? { ...one, state } : one));
    this.#changed();
  }

  // Another tab of the same page has gone on with the conversation.
  #merge() {
    const theirs = this.memory.load().own;
    const told = new Set(theirs.map((one) => one.id));
    this.own = [...theirs, ...this.own.filter((one) => !told.has(one.id) && one.state !== "sent")];
    this.dispatchEvent(new Event("change"));
  }

  #changed() {
    this.memory.save({ own: this.own });
    this.dispatchEvent(new Event("change"));
  }

  #failed(error) {
    if (!(error instanceof Unreachable)) throw error;
    this.#failures += 1;
    this.#told(error.message || "offline");
  }

  #fared(trouble) {
    this.#failures = trouble ? this.#failures + 1 : 0;
    this.#told(trouble);
  }

  #told(trouble) {
    if (trouble === this.trouble) return;
    this.trouble = trouble;
    this.dispatchEvent(new Event("change"));
  }

  #later() {
    clearTimeout(this.#timer);
    if (this.reading || this.begun) this.#timer = setTimeout(() => this.#look(), this.#pause());
  }

  #pause() {
    if (this.trouble === "slow") return TOO_MUCH;
    const idle = Date.now() - this.#active > IDLE_AFTER;
    const usual = document.hidden ? HIDDEN : !this.reading ? CLOSED : idle ? IDLE : OPEN;
    return Math.max(usual, this.#failures && Math.min(LONGEST_PAUSE, 1_000 * 2 ** this.#failures));
  }
}
