// A call from the phone: it rings, the patient waits, and hangs up before anybody answers.

import { html, useEffect, useRef, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { exchange } from "./api.js";
import { t } from "./i18n.js";
import { Icon } from "./icons.js";
import { errorText } from "./parts.js";
import { exactSpan } from "./time.js";

const CLOSE_AFTER_MS = 2500;

export function PhoneCall({ clinic, person, onDone }) {
  const [seconds, setSeconds] = useState(0);
  const [state, setState] = useState("calling");
  const [error, setError] = useState(null);
  const first = useRef(null);
  useEffect(() => {
    first.current.focus();
    const timer = setInterval(() => setSeconds((n) => n + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (state !== "ended") return undefined;
    const timer = setTimeout(onDone, CLOSE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [state]);

  const hangUp = async (where) => {
    setState("ending");
    setError(null);
    try {
      await exchange("POST", "/phone/call", {}, { clinic: clinic.id, from: person.number, hang_up: where });
      setState("ended");
      announce(t("phone.hung_up"));
    } catch (failure) {
      setError(failure);
      setState("calling");
    }
  };
  return html`
    <div class="phone-call" role="group" aria-label=${t("phone.call")} onKeyDown=${(event) => event.key === "Escape" && onDone()}>
      <p class="phone-call-who"><bdi>${clinic.name}</bdi></p>
      <p>${state === "ended" ? t("phone.hung_up") : t("phone.calling")}</p>
      ${state !== "ended" && html`<p class="phone-call-time" aria-hidden="true">${exactSpan(seconds)}</p>`}
      ${error && html`<p class="problem" role="alert">${errorText(error)}</p>`}
      <div class="phone-call-acts">
        <button ref=${first} type="button" class="danger" disabled=${state !== "calling"} onClick=${() => hangUp("queue")}><${Icon} name="hangup" /> ${t("phone.hang_up_queue")}</button>
        <button type="button" disabled=${state !== "calling"} onClick=${() => hangUp("menu")}>${t("phone.hang_up_menu")}</button>
        <button type="button" class="quiet" disabled=${state === "ending"} onClick=${onDone}>${t("action.cancel")}</button>
      </div>
    </div>
  `;
}
