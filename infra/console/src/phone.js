// A phone in a patient's hand: a simulator of their apps and of a call, for the demo clinics of the local stack.
// It speaks only the front door's /phone endpoints; what it sends takes the same way as a real message.

import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { learn, t } from "./i18n.js";
import { Icon } from "./icons.js";
import { PEOPLE } from "./people.js";
import { PhoneApps } from "./phoneapps.js";
import { PhoneCall } from "./phonecall.js";
import { PhoneChat } from "./phonechat.js";
import { kept, keep } from "./session.js";

const OWN = "own";

/** The phone's words are a catalogue of their own: no clinic loads them. */
export const ready = learn("phone");

export function Phone({ clinics, home }) {
  const [clinicId, setClinicId] = useState(home ?? clinics[0].id);
  const [picked, setWho] = useKept("phone.who", null);
  const [own, setOwn] = useKept("phone.own", { name: "", number: "", email: "" });
  const [chosen, setApp] = useKept("phone.app", "whatsapp");
  const [lines, setLines] = useKept("phone.lines", {});
  const [calling, setCalling] = useState(false);
  useEffect(() => {
    if (home) setClinicId(home);
  }, [home]);

  const clinic = clinics.find((one) => one.id === clinicId) ?? clinics[0];
  const who = picked ?? presetFor(clinics, clinic.id);
  const person = PEOPLE.find((one) => one.number === who) ?? { ...own, number: own.number.replace(/\D/g, ""), says: [] };
  const app = clinic.apps.find((one) => one.app === chosen) ?? clinic.apps[0];
  const line = app.lines.find((one) => one.channel === lines[app.app]) ?? app.lines[0];
  return html`
    <aside class="phone-side" aria-label=${t("phone.label")}>
      <${Pickers} clinics=${clinics} clinic=${clinic} onClinic=${setClinicId} who=${who} onWho=${setWho} own=${own} onOwn=${setOwn} />
      <div class="phone">
        <div class=${`phone-screen app-${app.app}`}>
          <header class="phone-head">
            <div class="phone-title">
              <strong><bdi>${clinic.name}</bdi></strong>
              <${LineName} app=${app} line=${line} onLine=${(channel) => setLines({ ...lines, [app.app]: channel })} />
            </div>
            <button type="button" class="round" aria-label=${t("phone.call")} title=${t("phone.call")} disabled=${!person.number} onClick=${() => setCalling(true)}><${Icon} name="voice" /></button>
          </header>
          <div class="phone-open">
            ${app.page
              ? html`<iframe class="phone-page" key=${app.page + person.number} src=${`${app.page}?who=${person.number}`} title=${t("phone.site")}></iframe>`
              : person.number
              ? html`<${PhoneChat} key=${`${clinic.id}/${line.channel}/${person.number}`} clinic=${clinic} person=${person} app=${app.app} line=${line} />`
              : html`<p class="phone-note">${t("phone.need_number")}</p>`}
          </div>
          <${PhoneApps} clinic=${clinic} person=${person} app=${app.app} onApp=${setApp} />
          ${calling && html`<${PhoneCall} clinic=${clinic} person=${person} onDone=${() => setCalling(false)} />`}
        </div>
      </div>
    </aside>
  `;
}

/** A state that this tab remembers. */
function useKept(name, otherwise) {
  const [value, setValue] = useState(() => kept(name, otherwise));
  useEffect(() => keep(name, value), [value]);
  return [value, setValue];
}

function presetFor(clinics, id) {
  const language = clinics.find((clinic) => clinic.id === id)?.language;
  return (PEOPLE.find((person) => person.language === language) ?? PEOPLE[0]).number;
}

/** The clinic's number or name in this app; where it has several, which one. */
function LineName({ app, line, onLine }) {
  if (app.lines.length === 1) return html`<small><bdi>${line.display}</bdi></small>`;
  return html`
    <select class="phone-line" aria-label=${t("phone.line")} value=${line.channel} onChange=${(event) => onLine(event.target.value)}>
      ${app.lines.map((one) => html`<option key=${one.channel} value=${one.channel}>${one.display}</option>`)}
    </select>
  `;
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
      <label class="field">${t("phone.email")}<input value=${own.email ?? ""} inputmode="email" placeholder="name@example.com" onInput=${(event) => onOwn({ ...own, email: event.target.value })} /></label>
    `}
  </div>
`;
