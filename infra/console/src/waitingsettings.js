// How the clinic offers what is freed: how long a time is held, and how many are asked at once.

import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { get, put } from "./api.js";
import { count, t } from "./i18n.js";
import { Problem } from "./parts.js";
import { useSaving } from "./saving.js";

export function Offering({ me }) {
  const [offering, setOffering] = useState(null);
  const [error, setError] = useState(null);
  useEffect(() => {
    get("/offering").then(setOffering).catch(setError);
  }, []);
  if (!offering) return html`<${Problem} error=${error} />`;
  return html`
    <section class="card" aria-labelledby="offering-title">
      <h2 id="offering-title">${t("offering.title")}</h2>
      <p class="faint">${t("offering.held", { n: offering.hold_minutes })} ${count("offering.asked", offering.at_once)}</p>
      ${me.role === "admin" && html`<${OfferingForm} offering=${offering} onSaved=${setOffering} />`}
    </section>
  `;
}

function OfferingForm({ offering, onSaved }) {
  const [form, setForm] = useState(offering);
  const set = (name) => (event) => setForm({ ...form, [name]: event.target.value });
  const { busy, error, submit } = useSaving(async () => {
    onSaved(await put("/offering", { hold_minutes: Number(form.hold_minutes), at_once: Number(form.at_once) }));
    announce(t("offering.saved"));
  });
  return html`
    <form class="offering-form" onSubmit=${submit}>
      <label class="field">${t("offering.hold_minutes")}<input type="number" required min="5" max="720" value=${form.hold_minutes} onInput=${set("hold_minutes")} /></label>
      <label class="field">${t("offering.at_once")}<input type="number" required min="1" max="5" value=${form.at_once} onInput=${set("at_once")} /></label>
      <button disabled=${busy}>${t("waiting.save")}</button>
      <${Problem} error=${error} />
    </form>
  `;
}
