// One app of the phone, open at the clinic: what was written both ways, and the box to write in.

import { html, useEffect, useLayoutEffect, useRef, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { exchange, newKey } from "./api.js";
import { t, word } from "./i18n.js";
import { errorText } from "./parts.js";
import { isOurs, PhoneBubbles } from "./phonebubbles.js";
import { PhoneWrite } from "./phonewrite.js";
import { usePolling } from "./polling.js";

export function PhoneChat({ clinic, person, app, line }) {
  const [shown, setShown] = useState(null);
  const [pending, setPending] = useState([]);
  const [error, setError] = useState(null);
  const [returned, setReturned] = useState("");
  const scroller = useRef(null);
  const items = shown?.items;

  /** What the phone shows it has read; a page that nobody sees only peeks. */
  const look = () => {
    const query = new URLSearchParams({ from: person.number, clinic: clinic.id, channel: line.channel, email: person.email ?? "" });
    if (document.hidden) query.set("peek", "1");
    return exchange("GET", `/phone/${app}?${query}`);
  };
  const refresh = usePolling(async (isCurrent) => {
    const answer = await look();
    if (isCurrent()) setShown((old) => (JSON.stringify(old) === JSON.stringify(answer) ? old : answer));
  }, []);
  useHeard(items);
  useLayoutEffect(() => {
    scroller.current.scrollTop = scroller.current.scrollHeight;
  }, [items?.length, pending.length]);

  /** What is sent shows at once, greyed, until the front door has taken it to the clinic. */
  const write = async (message, words) => {
    const key = newKey();
    const who = { clinic: clinic.id, from: person.number, name: person.name, email: person.email || undefined };
    setError(null);
    setPending((old) => [...old, { id: key, direction: "inbound", text: words, at: new Date().toISOString(), state: "sending" }]);
    try {
      await exchange("POST", `/phone/${app}`, {}, { ...who, channel: line.channel, ...message });
      setShown(await look());
    } catch (failure) {
      setError(failure);
      setReturned(message.text ?? "");
    }
    setPending((old) => old.filter((one) => one.id !== key));
    refresh();
  };
  const press = (button, item) => write({ button, reply_to: item.id }, button.text);
  const last = (items ?? []).findLast((item) => !isOurs(item));
  // A mail program answers the last mail, so that both stay in one thread.
  const send = (message, words) => write(app === "email" && last ? { reply_to: last.id, ...message } : message, words);
  const isNew = items?.length === 0 && pending.length === 0;
  return html`
    <div class="phone-chat" ref=${scroller} tabindex="0" role="group" aria-label=${t("phone.chat", { app: word("channel", app) })}>
      ${isNew && html`<p class="phone-note">${t("phone.empty")}</p>`}
      <${PhoneBubbles} items=${[...(items ?? []), ...pending]} zone=${clinic.timezone} onPress=${press} />
      ${error && html`<p class="problem" role="alert">${t("phone.not_sent")} ${errorText(error)}</p>`}
    </div>
    ${isNew && person.says.length > 0 && html`
      <ul class="says" aria-label=${t("phone.says")}>
        ${person.says.map((words) => html`<li key=${words}><button type="button" lang=${person.language} onClick=${() => send({ text: words }, words)}>${words}</button></li>`)}
      </ul>`}
    <${PhoneWrite} app=${app} channel=${line.channel} stopped=${shown?.stopped ?? false} withSubject=${app === "email" && !last} returned=${returned} onSend=${send} />
  `;
}

/** Says aloud what the clinic has written since the app was opened. */
function useHeard(items) {
  const heard = useRef(null);
  const received = (items ?? []).filter((item) => !isOurs(item));
  useEffect(() => {
    if (!items) return;
    if (heard.current !== null && received.length > heard.current) announce(t("phone.got", { text: received[received.length - 1].text }));
    heard.current = received.length;
  }, [received.length, !items]);
}
