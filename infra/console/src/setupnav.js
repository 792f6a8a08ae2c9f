// From one page of what the clinic has set up to the others.

import { html, useEffect, useRef } from "../vendor/htm-preact.js";
import { learn, t } from "./i18n.js";
import { style } from "./looks.js";

export const ready = Promise.all([learn("setup"), style("styles/setup.css")]);

const LEADS = new Set(["supervisor", "admin"]);
const PAGES = ["waiting", "schedules", "reminders", "risk", "articles", "flows", "campaigns", "surveys", "authorisations", "import", "subscriptions", "channels"];
const FOR_LEADS = new Set(["risk", "campaigns", "surveys", "authorisations", "import", "subscriptions", "channels"]);

export function SetupNav({ me, view }) {
  const nav = useRef(null);
  // On a narrow screen they stand in one line, of which the page that is shown is in sight.
  useEffect(() => {
    const here = nav.current.querySelector("[aria-current]");
    nav.current.scrollLeft = here ? here.offsetLeft - (nav.current.clientWidth - here.offsetWidth) / 2 : 0;
  }, []);
  return html`
    <nav class="setup-nav" ref=${nav} aria-label=${t("setup.label")}>
      ${PAGES.filter((page) => LEADS.has(me.role) || !FOR_LEADS.has(page)).map(
        (page) => html`<a key=${page} href=${`#/${page}`} aria-current=${page === view ? "page" : null}>${t(`setup.${page}`)}</a>`,
      )}
    </nav>
  `;
}
