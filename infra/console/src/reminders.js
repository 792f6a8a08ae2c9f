// Reminders: whom to call after an outage, and, for whoever leads, when the clinic reminds and by what.

import { html } from "../vendor/htm-preact.js";
import { learn, t } from "./i18n.js";
import { style } from "./looks.js";
import { MissedList } from "./missed.js";
import { Policies } from "./policies.js";
import { ReminderCalls } from "./remindercalls.js";
import { ready as plain } from "./plain.js";
import { ready as setup, SetupNav } from "./setupnav.js";

export const ready = Promise.all([learn("reminders"), style("styles/reminders.css"), plain, setup]);

const LEADS = new Set(["supervisor", "admin"]);

export const Reminders = ({ me }) => html`
  <main class="reminders-page" id="main" tabindex="-1">
    <div class="reminders-column">
      <${SetupNav} me=${me} view="reminders" />
      <h1>${t("reminders.title")}</h1>
      <${MissedList} />
      ${LEADS.has(me.role) && html`<${Policies} /><${ReminderCalls} admin=${me.role === "admin"} />`}
    </div>
  </main>
`;
