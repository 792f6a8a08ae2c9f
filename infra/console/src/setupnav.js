// From one page of what the clinic has set up to the others.

import { html } from "../vendor/htm-preact.js";
import { learn, t } from "./i18n.js";
import { style } from "./looks.js";

export const ready = Promise.all([learn("setup"), style("styles/setup.css")]);

const LEADS = new Set(["supervisor", "admin"]);
const PAGES = ["waiting", "schedules", "reminders", "risk", "articles", "flows", "campaigns", "surveys", "authorisations", "subscriptions", "channels"];
const FOR_LEADS = new Set(["risk", "campaigns", "surveys", "authorisations", "subscriptions", "channels"]);

export const SetupNav = ({ me, view }) => html`
  <nav class="setup-nav" aria-label=${t("setup.label")}>
    ${PAGES.filter((page) => LEADS.has(me.role) || !FOR_LEADS.has(page)).map(
      (page) => html`<a key=${page} href=${`#/${page}`} aria-current=${page === view ? "page" : null}>${t(`setup.${page}`)}</a>`,
    )}
  </nav>
`;
