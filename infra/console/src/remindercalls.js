// Calls by a computer's voice: whether it rings, from which number, what it says, and when it never does.

import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { get, put } from "./api.js";
import { t } from "./i18n.js";
import { Icon } from "./icons.js";
import { Problem } from "./parts.js";
import { useSaving } from "./saving.js";

export function ReminderCalls({ admin }) {
  const [calls, setCalls] = useState(null);
  const [error, setError] = useState(null);
  useEffect(() => {
    get("/reminder-calls").then(setCalls, setError);
  }, []);
  return html`
    <section class="card reminder-calls" aria-labelledby="reminder-calls">
      <h2 id="reminder-calls">${t("calls.title")}</h2>
      <${Problem} error=${error} />
      ${calls && html`<${Told} calls=${calls} />`}
      ${calls && admin && calls.numbers.length > 0 && html`<${Form} calls=${calls} onSaved=${setCalls} />`}
    </section>
  `;
}

const Told = ({ calls }) => html`
  <p class=${calls.number ? "calls-on" : "faint"}><${Icon} name=${calls.number ? "check" : "close"} size=${16} /> ${calls.number ? t("calls.on", { number: calls.number }) : t("calls.off")}</p>
  <p>${t("calls.who")}</p>
  <p>${t("calls.when", { from: calls.quiet_from, until: calls.quiet_until })}</p>
  <figure class="calls-says"><figcaption class="faint small">${t("calls.says")}</figcaption><blockquote><bdi>${calls.says}</bdi></blockquote></figure>
  ${calls.numbers.length === 0 && html`<p class="faint">${t("calls.no_number")}</p>`}
`;

function Form({ calls, onSaved }) {
  const [chosen, setChosen] = useState(calls.number ?? "");
  const { busy, error, submit } = useSaving(async () => {
    onSaved(await put("/reminder-calls", { number: chosen || null }));
    announce(t("calls.saved"));
  });
  return html`
    <form class="calls-form" onSubmit=${submit}>
      <label class="field">${t("calls.from")}
        <select value=${chosen} onChange=${(event) => setChosen(event.target.value)}>
          <option value="">${t("calls.none")}</option>
          ${calls.numbers.map((one) => html`<option key=${one} value=${one}>${one}</option>`)}
        </select>
      </label>
      <button class="primary" disabled=${busy || chosen === (calls.number ?? "")}>${t("calls.save")}</button>
      <${Problem} error=${error} />
    </form>
  `;
}
