// Visits as a table, for another system or a sheet.

import { html, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { serverNow } from "./api.js";
import { daysAfter } from "./calendar.js";
import { t } from "./i18n.js";
import { Icon } from "./icons.js";
import { save, visits } from "./importing.js";
import { Problem } from "./parts.js";
import { useSaving } from "./saving.js";
import { dayOf } from "./time.js";

export function VisitExport() {
  const [since, setSince] = useState(dayOf(serverNow()));
  const [until, setUntil] = useState(daysAfter(dayOf(serverNow()), 6));
  const { busy, error, submit } = useSaving(async () => {
    save(await visits(since, until), `visits.${since}.${until}.csv`);
    announce(t("export.done"));
  });
  return html`
    <section aria-labelledby="export">
      <form class="card hand-in" onSubmit=${submit}>
        <h2 id="export">${t("export.title")}</h2>
        <label class="field">${t("export.since")}<input type="date" required value=${since} onInput=${(event) => setSince(event.target.value)} /></label>
        <label class="field">${t("export.until")}<input type="date" required min=${since} max=${since && daysAfter(since, 30)} value=${until} onInput=${(event) => setUntil(event.target.value)} /></label>
        <${Problem} error=${error} />
        <button class="primary" disabled=${busy}><${Icon} name="file" size=${16} /> ${t("import.download")}</button>
      </form>
    </section>
  `;
}
