// Missed visits: how the risk of one is reckoned, and whether other reminders would help.

import { html } from "../vendor/htm-preact.js";
import { Experiments } from "./experiments.js";
import { learn, t } from "./i18n.js";
import { style } from "./looks.js";
import { RiskModel } from "./riskmodel.js";
import { ready as words } from "./riskwords.js";
import { ready as setup, SetupNav } from "./setupnav.js";

export const ready = Promise.all([learn("risk"), learn("reminders"), words, style("styles/reminders.css"), style("styles/risk.css"), setup]);

export const Risk = ({ me }) => html`
  <main class="risk" id="main" tabindex="-1">
    <div class="risk-column">
      <${SetupNav} me=${me} view="risk" />
      <h1>${t("risk_page.title")}</h1>
      <${RiskModel} admin=${me.role === "admin"} />
      <${Experiments} admin=${me.role === "admin"} />
    </div>
  </main>
`;
