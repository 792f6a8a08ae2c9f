// Authorisations that have come: their patients are written to at once, and here is how far each is.

import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { get, getAll } from "./api.js";
import { AuthorisationDialog } from "./authorisationform.js";
import { shortDay } from "./calendar.js";
import { learn, number, t, word } from "./i18n.js";
import { Icon } from "./icons.js";
import { Name, Problem } from "./parts.js";
import { ready as setup, SetupNav } from "./setupnav.js";
import { dateAndTime, dayOf } from "./time.js";

export const ready = Promise.all([learn("authorisations"), setup]);

const TONES = { open: "", booked: "", answered: "amber", declined: "plain", expired: "clay", stopped: "plain", unreached: "clay" };
/** In these states a person may still do something about it. */
const PENDING = new Set(["open", "answered", "unreached"]);

export function Authorisations({ me }) {
  const { known, error, reload } = useKnown();
  const [all, setAll] = useState(false);
  const [asking, setAsking] = useState(false);
  const close = () => setAsking(false);
  const done = (said) => {
    announce(said);
    close();
    reload();
  };
  const shown = known?.items.filter((one) => all || PENDING.has(one.state)) ?? [];
  return html`
    <main class="setup-page" id="main" tabindex="-1">
      <div class="setup-column">
        <${SetupNav} me=${me} view="authorisations" />
        <header class="setup-head">
          <div><h1>${t("authorisations.title")}</h1><p class="faint">${t("authorisations.lead")}</p></div>
          <button type="button" class="primary" disabled=${!known} onClick=${() => setAsking(true)}><${Icon} name="plus" size=${16} /> ${t("authorisations.add")}</button>
        </header>
        <${Problem} error=${error} />
        ${!known && !error && html`<p role="status">${t("state.loading")}</p>`}
        ${known &&
        html`
          <p class="setup-steps">
            <button type="button" aria-pressed=${!all} onClick=${() => setAll(false)}>${t("authorisations.pending")}</button>
            <button type="button" aria-pressed=${all} onClick=${() => setAll(true)}>${t("authorisations.all")}</button>
          </p>
          ${shown.length === 0 && html`<p class="faint">${t(all ? "authorisations.none" : "authorisations.none_pending")}</p>`}
          <ul class="setup-list">${shown.map((one) => html`<${Authorisation} key=${one.id} one=${one} types=${known.types} />`)}</ul>
          ${known.partial && html`<p class="faint">${t("list.partial", { n: number(known.items.length) })}</p>`}
        `}
      </div>
    </main>
    ${asking && html`<${AuthorisationDialog} types=${known.types} onDone=${done} onClose=${close} />`}
  `;
}

/** The latest first; the server has the oldest first. */
function useKnown() {
  const [state, setState] = useState({ known: null, error: null });
  const reload = async () => {
    try {
      const [found, types] = await Promise.all([getAll("/authorisations"), get("/appointment-types")]);
      setState({ known: { items: found.items.reverse(), partial: found.partial, types: types.items }, error: null });
    } catch (error) {
      setState((old) => ({ ...old, error }));
    }
  };
  useEffect(() => {
    reload();
  }, []);
  return { ...state, reload };
}

/** The last day on which it is valid: it expires when that is over. */
const lastDay = (expires) => shortDay(dayOf(Date.parse(expires) - 1));

function Authorisation({ one, types }) {
  const facts = [
    types.find((type) => type.id === one.type_id)?.name,
    one.number && t("authorisations.number_of", { number: one.number }),
    t("authorisations.came", { when: dateAndTime(one.issued_at) }),
    one.booked_at ? t("authorisations.booked", { when: dateAndTime(one.booked_at) }) : one.expires_at && t("authorisations.until", { when: lastDay(one.expires_at) }),
  ];
  return html`
    <li class="card">
      <header class="setup-head">
        <h2><${Name} of=${one.patient_name} /></h2>
        <span class=${`setup-tag ${TONES[one.state]}`}>${word("authorisation_state", one.state)}</span>
      </header>
      <p class="faint small">${facts.filter(Boolean).join(" · ")}</p>
    </li>
  `;
}
