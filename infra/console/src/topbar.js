// The bar above everything: where we are, who we are, whether we take contacts.

import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { get, put } from "./api.js";
import { LANGUAGES, t, word } from "./i18n.js";
import { Icon, Mark } from "./icons.js";
import { errorText } from "./parts.js";
import { usePolling } from "./polling.js";
import { announce } from "./announce.js";

const LOOKS_AFTER = new Set(["supervisor", "admin"]);
const BESIDE_SETUP = new Set(["contacts", "agenda", "reviews", "numbers"]);

export function TopBar({ me, view, language, onLanguage, onSignOut, phone, onPhone }) {
  const skip = (event) => {
    event.preventDefault();
    document.getElementById("main")?.focus();
  };
  return html`
    <header class="topbar">
      <a class="skip" href="#main" onClick=${skip}>${t("nav.skip")}</a>
      <div class="brand"><${Mark} /><span class="wordmark">Recado</span></div>
      ${me && html`<span class="clinic"><bdi>${me.clinic.name}</bdi></span>`}
      ${me &&
      html`
        <nav aria-label=${t("nav.label")}>
          <a href="#/" aria-current=${view === "contacts" ? "page" : null}><${Icon} name="inbox" /><span class="wide">${t("nav.contacts")}</span></a>
          <a href="#/agenda" aria-current=${view === "agenda" ? "page" : null}><${Icon} name="calendar" /><span class="wide">${t("nav.agenda")}</span></a>
          <a href="#/reviews" aria-current=${view === "reviews" ? "page" : null}><${Icon} name="person" /><span class="wide">${t("nav.reviews")}</span></a>
          <a href="#/numbers" aria-current=${view === "numbers" ? "page" : null}><${Icon} name="chart" /><span class="wide">${t("nav.numbers")}</span></a>
          ${LOOKS_AFTER.has(me.role) && html`<a href="#/channels" aria-current=${BESIDE_SETUP.has(view) ? null : "true"}><${Icon} name="setup" /><span class="wide">${t("nav.setup")}</span></a>`}
        </nav>
      `}
      <div class="spring"></div>
      ${me?.agent && html`<${Availability} agent=${me.agent} />`}
      ${phone !== null &&
      html`<button type="button" class="quiet phone-toggle" aria-pressed=${phone} onClick=${onPhone}>
        <${Icon} name="phone" /><span class="wide">${t("nav.phone")}</span>
      </button>`}
      <label class="language">
        <span class="unseen">${t("nav.language")}</span>
        <select value=${language} onChange=${(event) => onLanguage(event.target.value)}>
          ${Object.entries(LANGUAGES).map(([code, name]) => html`<option key=${code} value=${code} lang=${code}>${name}</option>`)}
        </select>
      </label>
      ${me &&
      html`
        <span class="whoami"><bdi>${me.agent?.name ?? word("role", me.role)}</bdi>${me.agent && html`<small>${word("role", me.role)}</small>`}</span>
        <button type="button" class="quiet" onClick=${onSignOut}><${Icon} name="exit" /><span class="wide">${t("nav.sign_out")}</span></button>
      `}
    </header>
  `;
}

/** Whether routing may give this agent contacts: shown as the server has it, changed by its answer only. */
function Availability({ agent }) {
  const [state, setState] = useState(agent.state);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(null);
  useEffect(() => setState(agent.state), [agent.id]);
  usePolling(async (isCurrent) => {
    const me = await get("/me");
    if (isCurrent() && me.agent) setState(me.agent.state);
  }, [agent.id, busy], 20_000);

  const toggle = async () => {
    const wanted = state === "available" ? "away" : "available";
    setBusy(true);
    setError(null);
    try {
      await put("/agents/me/state", { state: wanted });
      setState(wanted);
      announce(word("agent", wanted));
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
  };
  return html`
    <button type="button" role="switch" class="availability" aria-checked=${state === "available"} aria-busy=${busy}
      aria-label=${t("agent.label")} disabled=${busy} onClick=${toggle}>
      <span class="dot" aria-hidden="true"></span>${word("agent", state)}
    </button>
    ${error && html`<span class="problem" role="alert">${errorText(error)}</span>`}
  `;
}
