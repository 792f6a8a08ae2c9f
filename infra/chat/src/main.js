// The button and the window. Focus goes in with who opens it and back to where it was; Esc closes it.

import { Conversation } from "./conversation.js";
import { Line } from "./line.js";
import { Log } from "./log.js";
import { remembered } from "./memory.js";
import { icon, make } from "./parts.js";
import { STYLE } from "./style.js";
import { closest, texts } from "./texts.js";

const LONGEST = 4096;
const NARROW = matchMedia("(max-width: 520px), (max-height: 480px)");

// What has not changed is not said again.
function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

class View {
  constructor(conversation, say, { language, privacy }) {
    Object.assign(this, { conversation, say, privacy });
    this.log = new Log(conversation, say, language);
    this.host = make("recado-chat", { lang: language });
    const root = this.host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    this.outside = make("div", { class: "unseen", "aria-live": "polite" });
    root.append(this.#launcher(), this.#window(), this.outside);
    conversation.addEventListener("change", () => this.show());
    conversation.addEventListener("fresh", (event) => this.#announce(event.detail));
    NARROW.addEventListener("change", () => this.dialog.open && this.#reopen());
    document.body.append(this.host);
    this.show();
  }

  show() {
    const { server, trouble, unread, items, name } = this.conversation;
    const isPaused = Boolean(server?.paused);
    put(this.title, server?.clinic.name ?? this.say("title"));
    this.state.className = `state ${!server ? "busy" : server.open && !isPaused ? "here" : ""}`;
    put(this.state, this.say(!server ? "connecting" : server.open && !isPaused ? "here" : "away"));
    this.badge.hidden = !unread.length;
    put(this.badge, String(unread.length));
    put(this.count, unread.length ? this.#counted(unread.length) : "");
    this.#tells(trouble);
    this.#closes(isPaused, server);
    this.nameField.hidden = Boolean(name) || items.some((one) => one.mine);
    this.forgetButton.hidden = !items.length;
    if (!items.length) this.#ask(false);
    this.log.show();
  }

  open() {
    this.launcher.hidden = true;
    NARROW.matches ? this.dialog.showModal() : this.dialog.show();
    this.conversation.read(true);
    this.show();
    this.log.toEnd();
    (this.form.hidden ? this.close : this.text).focus();
  }

  shut() {
    if (this.dialog.open) this.dialog.close();
  }

  #launcher() {
    this.badge = make("span", { class: "badge", hidden: true, "aria-hidden": "true" });
    this.count = make("span", { class: "unseen" });
    const label = make("span", {}, this.say("open"));
    const attributes = { type: "button", class: "launcher", "aria-haspopup": "dialog", onclick: () => this.open() };
    this.launcher = make("button", attributes, icon("chat"), label, this.badge, this.count);
    return this.launcher;
  }

  #window() {
    this.title = make("h2", { id: "title" });
    this.state = make("p", { class: "state" });
    const attributes = { type: "button", class: "icon", "aria-label": this.say("close"), onclick: () => this.shut() };
    this.close = make("button", attributes, icon("close"));
    this.trouble = make("p", { class: "trouble", role: "status", hidden: true });
    this.where = make("p");
    this.call = make("a");
    this.closed = make("div", { class: "closed", hidden: true }, this.where, this.call);
    this.inside = make("div", { class: "unseen", "aria-live": "polite" });
    const header = make("header", {}, make("div", {}, this.title, this.state), this.close);
    const parts = [header, this.log.element, this.trouble, this.closed, this.#form(), this.#footer(), this.inside];
    this.dialog = make("dialog", { "aria-labelledby": "title" }, ...parts);
    this.dialog.addEventListener("keydown", (event) => event.key === "Escape" && this.shut());
    this.dialog.addEventListener("close", () => this.#closedNow());
    return this.dialog;
  }

  #form() {
    const name = { id: "name", autocomplete: "name", maxlength: 100, placeholder: this.say("name") };
    this.name = make("input", name);
    this.nameField = make("div", {}, make("label", { for: "name", class: "unseen" }, this.say("name")), this.name);
    const text = { id: "text", rows: 1, maxlength: LONGEST, placeholder: this.say("message"), enterkeyhint: "send" };
    this.text = make("textarea", text);
    this.text.addEventListener("input", () => this.#fit());
    this.text.addEventListener("keydown", (event) => this.#key(event));
    const send = make("button", { class: "send", "aria-label": this.say("send") }, icon("send"));
    const label = make("label", { for: "text", class: "unseen" }, this.say("message"));
    this.form = make("form", {}, this.nameField, label, make("div", { class: "row" }, this.text, send));
    this.form.addEventListener("submit", (event) => this.#submit(event));
    return this.form;
  }

  #footer() {
    const link = { href: this.privacy, target: "_blank", rel: "noopener noreferrer" };
    const privacy = /^https?:\/\//.test(this.privacy ?? "") ? make("a", link, this.say("privacy")) : null;
    const ask = { type: "button", hidden: true, onclick: () => this.#ask(true) };
    this.forgetButton = make("button", ask, this.say("forget"));
    const yes = { type: "button", class: "plain danger", onclick: () => this.#forget() };
    const no = { type: "button", class: "plain", onclick: () => this.#ask(false) };
    this.keep = make("button", no, this.say("no"));
    const sure = [make("p", {}, this.say("sure")), make("button", yes, this.say("yes")), this.keep];
    this.sure = make("div", { class: "sure", role: "group", "aria-label": this.say("forget"), hidden: true }, ...sure);
    return make("footer", {}, privacy, this.forgetButton, this.sure);
  }

  #submit(event) {
    event.preventDefault();
    const text = this.text.value.trim();
    if (!text) return this.text.focus();
    const name = this.name.value.trim();
    if (name) this.conversation.call(name);
    this.text.value = "";
    this.#fit();
    this.conversation.say(text);
    this.text.focus();
  }

  #key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.form.requestSubmit();
  }

  #fit() {
    this.text.style.height = "auto";
    this.text.style.height = `${this.text.scrollHeight + 2}px`;
  }

  #ask(asked) {
    const wasAsked = !this.sure.hidden;
    this.sure.hidden = !asked;
    if (asked) this.keep.focus();
    else if (wasAsked && !this.forgetButton.hidden) this.forgetButton.focus();
  }

  #forget() {
    this.conversation.forget();
    this.shut();
  }

  #closedNow() {
    if (this.dialog.open) return; // it was only put up in the other way
    this.launcher.hidden = false;
    this.launcher.focus();
    this.conversation.read(false);
  }

  #reopen() {
    const focused = this.host.shadowRoot.activeElement;
    this.dialog.close();
    NARROW.matches ? this.dialog.showModal() : this.dialog.show();
    focused?.focus();
  }

  #tells(trouble) {
    this.trouble.hidden = !trouble;
    put(this.trouble, trouble && this.say(trouble));
  }

  // A chat that the clinic has closed says where else to go, in the clinic's own words where it gave any.
  #closes(isPaused, server) {
    this.form.hidden = isPaused;
    this.closed.hidden = !isPaused;
    if (!isPaused) return;
    const { phone } = server.clinic;
    this.call.href = `tel:${phone}`;
    put(this.call, this.say("call", { phone }));
    put(this.where, server.redirect || this.say("paused"));
  }

  #announce(messages) {
    if (!messages.length) return;
    const isOpen = this.dialog.open;
    const clinic = this.conversation.server?.clinic.name ?? "";
    const said = messages.map((one) => one.text).join(" ");
    this.inside.textContent = isOpen ? `${clinic}: ${said}` : "";
    this.outside.textContent = isOpen ? "" : `${clinic}: ${this.#counted(messages.length)}`;
  }

  #counted(number) {
    return this.say(number === 1 ? "one" : "many", { n: number });
  }
}

// Our server is looked at at once only for who has written before.
export async function start({ key, language, url, privacy }) {
  const spoken = closest(language);
  const memory = remembered(key);
  const conversation = new Conversation(new Line(url, memory), memory, spoken);
  new View(conversation, await texts(spoken), { language: spoken, privacy });
  conversation.lookNow();
}
