// Below a conversation on the phone: words, a picture, a voice note, or no more of this.

import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { t, word } from "./i18n.js";
import { Icon } from "./icons.js";

const PHOTO = "M3 5.500h3.500L8 3.500h4l1.500 2H17V16H3zM10 7.500a3 3 0 1 0 0 6 3 3 0 0 0 0-6z";
const VOICE = "M10 3a2.300 2.300 0 0 1 2.300 2.300v4.400a2.300 2.300 0 0 1-4.600 0V5.300A2.300 2.300 0 0 1 10 3zM5 9.500a5 5 0 0 0 10 0M10 14.500V17";
const FILES = { photo: PHOTO, voice: VOICE };
/** AWS takes no files by SMS. */
const WORDS_ONLY = ["aws_sms"];
/** Nobody takes back what was marked as junk. */
const FINAL = ["email"];

const FileButton = ({ which, subject, onSend }) => html`
  <button type="button" class="round quiet" aria-label=${t(which === "photo" ? "phone.photo" : "phone.voice_note")} title=${t(which === "photo" ? "phone.photo" : "phone.voice_note")}
    onClick=${() => onSend({ file: which, ...(subject && { subject }) }, t(which === "photo" ? "phone.photo" : "phone.voice_note"))}>
    <svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false"><path d=${FILES[which]} /></svg>
  </button>
`;

export function PhoneWrite({ app, channel, stopped, withSubject, returned, onSend }) {
  const [text, setText] = useState("");
  const [subject, setSubject] = useState("");
  useEffect(() => setText((typed) => typed || returned), [returned]);

  const submit = (event) => {
    event.preventDefault();
    if (!text.trim()) return;
    onSend({ text: text.trim(), ...(withSubject && { subject }) }, text.trim());
    setText("");
    setSubject("");
  };
  const onKey = (event) => event.key === "Enter" && !event.shiftKey && !event.isComposing && app !== "email" && submit(event);
  const action = stopped ? "start" : "stop";
  const label = stopped ? word("phone_start", app) : word("phone_stop", app);
  return html`
    <form class="phone-write" onSubmit=${submit}>
      ${withSubject && html`<input class="phone-subject" value=${subject} maxlength="120" aria-label=${t("phone.subject")} placeholder=${t("phone.subject")} onInput=${(event) => setSubject(event.target.value)} />`}
      <div class="phone-box">
        <textarea rows=${app === "email" ? 3 : 1} value=${text} aria-label=${t("phone.write")} placeholder=${t("phone.write")} onInput=${(event) => setText(event.target.value)} onKeyDown=${onKey}></textarea>
        <button class="primary round" disabled=${!text.trim()} aria-label=${t("composer.send")}><${Icon} name="send" /></button>
      </div>
      <div class="phone-more">
        ${!WORDS_ONLY.includes(channel) && Object.keys(FILES).map((which) => html`<${FileButton} key=${which} which=${which} subject=${withSubject && subject} onSend=${onSend} />`)}
        ${!(stopped && FINAL.includes(app)) && html`<button type="button" class="quiet phone-stop" onClick=${() => onSend({ action }, label)}>${label}</button>`}
      </div>
    </form>
  `;
}
