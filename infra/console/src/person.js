// Who somebody is, beside the conversation: first what needs a look now; the rest is folded.

import { html, useState } from "../vendor/htm-preact.js";
import { AskFor } from "./ask.js";
import { CareFlag, Standing } from "./care.js";
import { Disputes } from "./disputes.js";
import { Erase } from "./erase.js";
import { count, t, word } from "./i18n.js";
import { ready as identity } from "./identity.js";
import { Icon } from "./icons.js";
import { Preferences, ready as preferences } from "./preferences.js";
import { Records } from "./records.js";
import { Related } from "./related.js";
import { fieldName, sourceAndAge, valueOf } from "./said.js";

export const ready = Promise.all([identity, preferences]);

/** What is shown at once: who looks after them, what is in dispute, what is still to be asked. */
export const Known = ({ person, onChanged }) => html`
  ${person.care && html`<${CareFlag} care=${person.care} />`}
  ${person.disputes?.length > 0 && html`<${Disputes} person=${person} onChanged=${onChanged} />`}
  ${person.kind !== "household" && person.ask_to_register?.length > 0 && html`<${AskFor} key=${person.id} person=${person} onChanged=${onChanged} />`}
  <${Preferences} key=${`preferences/${person.id}`} person=${person} onChanged=${onChanged} />
`;

/** What is there for whoever wants to know. */
export function Folds({ me, person, onChanged }) {
  const records = person.records ?? [];
  const unproven = records.some((one) => !one.confirmed);
  const standing = [word("patient_kind", person.kind), person.care && word("queue", person.care.team)].filter(Boolean).join(" · ");
  return html`
    <div class="folds" key=${person.id}>
      ${person.fields?.length > 0 && html`<${Fold} title=${t("person.known")}><${Facts} fields=${person.fields} /><//>`}
      ${person.kind !== "household" && html`<${Fold} title=${t("person.standing")} note=${standing}><${Standing} me=${me} person=${person} onChanged=${onChanged} /><//>`}
      ${records.length > 1 &&
      html`<${Fold} title=${t("person.records")} note=${unproven ? t("records.unproven") : count("records.count", records.length)} warn=${unproven}>
        <${Records} person=${person} onChanged=${onChanged} />
      <//>`}
      ${person.kind !== "household" && html`<${Fold} title=${t("person.family")}><${Related} person=${person} /><//>`}
      ${me.role === "admin" && html`<${Fold} title=${t("erase.title")}><${Erase} person=${person} /><//>`}
    </div>
  `;
}

/** A piece that is made only once it is wanted. */
function Fold({ title, note, warn, children }) {
  const [open, setOpen] = useState(false);
  return html`
    <details class="fold" open=${open} onToggle=${(event) => setOpen(event.currentTarget.open)}>
      <summary>${title}${note && html`<small class=${warn ? "warn" : ""}>${warn && html`<${Icon} name="warning" size=${13} /> `}${note}</small>`}</summary>
      ${open && children}
    </details>
  `;
}

const Facts = ({ fields }) => html`
  <dl class="facts">
    ${fields.map(
      (one) => html`
        <div key=${one.field}>
          <dt>${fieldName(one.field)}</dt>
          <dd><bdi>${valueOf(one.field, one.value)}</bdi> <small class="faint">${sourceAndAge(one)}</small>
            ${one.stale && html` <small class="stale"><${Icon} name="clock" size=${13} /> ${t("person.stale")}</small>`}</dd>
        </div>
      `,
    )}
  </dl>
`;
