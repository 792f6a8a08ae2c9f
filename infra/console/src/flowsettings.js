// Whether self-service answers patients, and what it tells them of the clinic.

import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { get, put } from "./api.js";
import { LANGUAGES, t, word } from "./i18n.js";
import { Icon } from "./icons.js";
import { Problem } from "./parts.js";
import { useSaving } from "./saving.js";
import { Tick } from "./ticks.js";

export function FlowSettings({ admin }) {
  const [settings, setSettings] = useState(null);
  const [error, setError] = useState(null);
  useEffect(() => {
    get("/self-service").then(setSettings, setError);
  }, []);
  return html`
    <section class="card" aria-labelledby="self-service">
      <h2 id="self-service">${t("flows.settings")}</h2>
      <${Problem} error=${error} />
      ${settings && html`<p class=${settings.bot === "on" ? "flows-on" : "faint"}><${Icon} name=${settings.bot === "on" ? "check" : "close"} size=${16} /> ${t(settings.bot === "on" ? "flows.on_now" : "flows.off_now")}</p>`}
      ${settings?.hosted_intents === "on" && html`<p><${Icon} name="warning" size=${16} /> ${t("flows.hosted_on")}</p>`}
      ${settings && admin && html`<${Form} settings=${settings} onSaved=${setSettings} />`}
    </section>
  `;
}

const written = (hosts) => [hosts].flat().join(" ");

/** What is left out is ours. */
const bodyOf = ({ bot, address, emergency, review_link: link, result_hosts: hosts, survey_minutes: minutes, hosted_intents: hosted }) => ({
  bot,
  address: address.trim(),
  emergency: Object.fromEntries(Object.entries(emergency).filter(([, words]) => words.trim())),
  review_link: link.trim(),
  result_hosts: written(hosts).split(/[\s,]+/).filter(Boolean),
  survey_minutes: Number(minutes),
  hosted_intents: hosted,
});

function Form({ settings, onSaved }) {
  const [form, setForm] = useState(settings);
  const set = (name) => (event) => setForm({ ...form, [name]: event.target.value });
  const tell = (language) => (event) => setForm({ ...form, emergency: { ...form.emergency, [language]: event.target.value } });
  const { busy, error, submit } = useSaving(async () => {
    const saved = await put("/self-service", bodyOf(form));
    setForm(saved);
    onSaved(saved);
    announce(t("flows.saved"));
  });
  return html`
    <form class="flows-form" onSubmit=${submit}>
      <${Tick} label=${t("flows.on")} checked=${form.bot === "on"} onChange=${(on) => setForm({ ...form, bot: on ? "on" : "off" })} />
      <label class="field">${t("flows.address")}<input maxlength="200" value=${form.address} onInput=${set("address")} /></label>
      <label class="field">${t("flows.review_link")}<input type="url" maxlength="80" pattern="https://.*" value=${form.review_link} onInput=${set("review_link")} /></label>
      <label class="field">${t("flows.result_hosts")}<input maxlength="500" placeholder="results.example.com" spellcheck="false" autocapitalize="off" value=${written(form.result_hosts)} onInput=${set("result_hosts")} /></label>
      <label class="field">${t("flows.survey_minutes")}<input type="number" inputmode="numeric" required min="0" max="2880" value=${form.survey_minutes} onInput=${set("survey_minutes")} /></label>
      <div class="flows-hosted">
        <${Tick} label=${t("flows.hosted")} checked=${form.hosted_intents === "on"} onChange=${(on) => setForm({ ...form, hosted_intents: on ? "on" : "off" })} />
        <p class="small">${t("flows.hosted_sees")}</p>
        <p class="faint small">${t("flows.hosted_note")}</p>
      </div>
      <details>
        <summary>${t("flows.emergency")}</summary>
        <div class="flows-emergency">
          ${Object.keys(LANGUAGES).map((one) => html`<label key=${one} class="field">${word("language", one)}<textarea rows="3" maxlength="700" lang=${one} placeholder=${t("flows.emergency_ours", { number: form.emergency_number })} value=${form.emergency[one] ?? ""} onInput=${tell(one)}></textarea></label>`)}
        </div>
      </details>
      <${Problem} error=${error} />
      <p><button class="primary" disabled=${busy}>${t("flows.save")}</button></p>
    </form>
  `;
}
