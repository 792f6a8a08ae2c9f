// A phone in a patient's hand: a simulator of WhatsApp and of a call, for the demo clinics of the local stack.
// It speaks only the front door's /phone endpoints; what it sends takes the same way as a real webhook.

import { html, useEffect, useLayoutEffect, useRef, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { exchange, newKey } from "./api.js";
import { t } from "./i18n.js";
import { Icon } from "./icons.js";
import { errorText } from "./parts.js";
import { PEOPLE } from "./people.js";
import { PhoneCall } from "./phonecall.js";
import { PhoneBubbles } from "./phonebubbles.js";
import { usePolling } from "./polling.js";
import { kept, keep } from "./session.js";

const OWN = "own";

export function Phone({ clinics, home }) {
  const [clinicId, setClinicId] = useState(home ?? clinics[0].id);
  const [who, setWho] = useState(() => kept("phone.who", presetFor(clinics, home ?? clinics[0].id)));
  const [own, setOwn] = useState(() => kept("phone.own", { name: "", number: "" }));
  const [calling, setCalling] = useState(false);
  useEffect(() => {
    if (home) setClinicId(home);
  }, [home]);
  useEffect(() => keep("phone.who", who), [who]);
  useEffect(() => keep("phone.own", own), [own]);

  const clinic = clinics.find((one) => one.id === clinicId) ?? clinics[0];
  const preset = PEOPLE.find((person) => person.number === who);
  const person = preset ?? { name: own.name, number: own.number.replace(/\D/g, ""), says: [] };
  return html`
    <aside class="phone-side" aria-label=${t("phone.label")}>
      <${Pickers} clinics=${clinics} clinic=${clinic} onClinic=${setClinicId} who=${who} onWho=${setWho} own=${own} onOwn=${setOwn} />
      <div class="phone">
        <div class="phone-screen">
          <header class="phone-head">
            <div class="phone-title"><strong><bdi>${clinic.name}</bdi></strong><small><bdi>${clinic.display ?? clinic.number ?? ""}</bdi></small></div>
            <button type="button" class="round" aria-label=${t("phone.call")} title=${t("phone.call")} disabled=${!person.number} onClick=${() => setCalling(true)}><${Icon} name="voice" /></button>
          </header>
          ${person.number
            ? html`<${Chat} key=${`${clinic.id}/${person.number}`} clinic=${clinic} person=${person} />`
            : html`<p class="phone-note">${t("phone.need_number")}</p>`}
          ${calling && html`<${PhoneCall} clinic=${clinic} person=${person} onDone=${() => setCalling(false)} />`}
        </div>
      </div>
    </aside>
  `;
}

function presetFor(clinics, id) {
  const language = clinics.find((clinic) => clinic.id === id)?.language;
  return (PEOPLE.find((person) => person.language === language) ?? PEOPLE[0]).number;
}

const Pickers = ({ clinics, clinic, onClinic, who, onWho, own, onOwn }) => html`
  <div class="phone-pickers">
    <h2>${t("phone.label")}</h2>
    <label class="field">${t("phone.who")}
      <select value=${who} onChange=${(event) => onWho(event.target.value)}>
        ${PEOPLE.map((person) => html`<option key=${person.number} value=${person.number}>${person.name} · ${person.language}</option>`)}
        <option value=${OWN}>${t("phone.own")}</option>
      </select>
    </label>
    <label class="field">${t("phone.to")}
      <select value=${clinic.id} onChange=${(event) => onClinic(event.target.value)}>
        ${clinics.map((one) => html`<option key=${one.id} value=${one.id}>${one.name}</option>`)}
      </select>
    </label>
    ${who === OWN &&
    html`
      <label class="field">${t("phone.name")}<input value=${own.name} maxlength="60" onInput=${(event) => onOwn({ ...own, name: event.target.value })} /></label>
      <label class="field">${t("phone.number")}<input value=${own.number} inputmode="tel" placeholder="+34 600 000 000" onInput=${(event) => onOwn({ ...own, number: event.target.value })} /></label>
    `}
  </div>
`;

function Chat({ clinic, person }) {
  const [items, setItems] = useState(null);
  const [pending, setPending] = useState([]);
  const [error, setError] = useState(null);
  const [text, setText] = useState("");
  const scroller = useRef(null);

  /** What the phone shows it has read; a page that nobody sees only peeks. */
  const look = () => {
    const query = new URLSearchParams({ from: person.number, clinic: clinic.id });
    if (document.hidden) query.set("peek", "1");
    return exchange("GET", `/phone/whatsapp?${query}`);
  };
  const refresh = usePolling(async (isCurrent) => {
    const answer = await look();
    if (isCurrent()) setItems((old) => (JSON.stringify(old) === JSON.stringify(answer.items) ? old : answer.items));
  }, []);

  const heard = useRef(null);
  const received = (items ?? []).filter((item) => !isOurs(item));
  useEffect(() => {
    if (items === null) return;
    if (heard.current !== null && received.length > heard.current) announce(t("phone.got", { text: received[received.length - 1].text }));
    heard.current = received.length;
  }, [received.length, items === null]);
  useLayoutEffect(() => {
    scroller.current.scrollTop = scroller.current.scrollHeight;
  }, [items?.length, pending.length]);

  /** What is sent shows at once, greyed, until the front door has taken it to the webhook. */
  const write = async (message, shown) => {
    const key = newKey();
    setError(null);
    setPending((old) => [...old, { id: key, direction: "inbound", text: shown, at: new Date().toISOString(), state: "sending" }]);
    try {
      await exchange("POST", "/phone/whatsapp", {}, { clinic: clinic.id, from: person.number, name: person.name, ...message });
      setItems((await look()).items);
    } catch (failure) {
      setError(failure);
      if (message.text) setText((typed) => typed || message.text);
    }
    setPending((old) => old.filter((one) => one.id !== key));
    refresh();
  };
  const submit = (event) => {
    event.preventDefault();
    if (!text.trim()) return;
    write({ text: text.trim() }, text.trim());
    setText("");
  };
  const press = (button, item) => write({ button, reply_to: item.id }, button.title ?? button.text);
  const onKey = (event) => event.key === "Enter" && !event.shiftKey && !event.isComposing && submit(event);
  return html`
    <div class="phone-chat" ref=${scroller} tabindex="0" role="group" aria-label=${t("phone.chat")}>
      ${items?.length === 0 && pending.length === 0 && html`<p class="phone-note">${t("phone.empty")}</p>`}
      <${PhoneBubbles} items=${[...(items ?? []), ...pending]} zone=${clinic.timezone} onPress=${press} />
      ${error && html`<p class="problem" role="alert">${t("phone.not_sent")} ${errorText(error)}</p>`}
    </div>
    ${!text && person.says.length > 0 && (items?.length ?? 0) === 0 && html`
      <ul class="says" aria-label=${t("phone.says")}>
        ${person.says.map((line) => html`<li key=${line}><button type="button" lang=${person.language} onClick=${() => write({ text: line }, line)}>${line}</button></li>`)}
      </ul>`}
    <form class="phone-write" onSubmit=${submit}>
      <textarea rows="1" value=${text} aria-label=${t("phone.write")} placeholder=${t("phone.write")} onInput=${(event) => setText(event.target.value)} onKeyDown=${onKey}></textarea>
      <button class="primary round" disabled=${!text.trim()} aria-label=${t("composer.send")}><${Icon} name="send" /></button>
    </form>
  `;
}

const isOurs = (item) => item.direction === "inbound" || item.direction === "sent";
