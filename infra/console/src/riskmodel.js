// What the clinic's visits have taught of who comes and who does not, and how well that did.

import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { get, put } from "./api.js";
import { number, percent, t, word } from "./i18n.js";
import { Icon } from "./icons.js";
import { Problem } from "./parts.js";
import { weightText } from "./riskwords.js";
import { Tick } from "./ticks.js";
import { dateAndTime } from "./time.js";

export function RiskModel({ admin }) {
  const [model, setModel] = useState(null);
  const [error, setError] = useState(null);
  useEffect(() => {
    get("/risk").then(setModel, setError);
  }, []);
  const change = async (on) => {
    setError(null);
    try {
      setModel(await put("/risk", { state: on ? "on" : "off" }));
      announce(t("risk_page.switched"));
    } catch (failure) {
      setError(failure);
      // The box shows what holds, not what was wished.
      setModel({ ...model });
    }
  };
  const on = model?.state === "on";
  return html`
    <section class="card" aria-labelledby="risk-model">
      <h2 id="risk-model">${t("risk_page.model")}</h2>
      <${Problem} error=${error} />
      ${!model && !error && html`<p role="status">${t("state.loading")}</p>`}
      ${model && admin && html`<${Tick} label=${t("risk_page.on")} checked=${on} onChange=${change} />`}
      ${model && html`<p class=${on ? "risk-on" : "faint"}><${Icon} name=${on ? "check" : "close"} size=${16} /> ${t(on ? "risk_page.on_now" : "risk_page.off_now")}</p><${Learned} model=${model} /><${Weights} weights=${model.weights} />`}
    </section>
  `;
}

const Learned = ({ model }) => html`
  <p>${model.visits > 0 ? t("risk_page.learned", { visits: number(model.visits), missed: number(model.missed), when: dateAndTime(model.learned_at) }) : t("risk_page.prior")}
    ${" "}${t("risk_page.high_from", { share: percent(model.high_from) })}</p>
  ${model.trial && html`<${TrialOf} trial=${model.trial} />`}
  <p class="faint small">${t("risk_page.definition", { id: model.definition, version: model.version })}</p>
`;

const TrialOf = ({ trial }) => html`
  <p>${trial.area !== null && t("risk_page.trial", { visits: number(trial.visits), missed: number(trial.missed), area: percent(trial.area) })}
    ${" "}<span class="faint">${t("risk_page.error", { brier: weighed(trial.brier), plain: weighed(trial.plain) })}</span></p>
`;

const weighed = (value) => weightText(value).replace("+", "");

/** `lead=8` → the feature and its bin; a share has no bin. */
function Weights({ weights }) {
  const heavy = Object.entries(weights).filter(([, weight]) => Math.abs(weight) >= 0.005);
  const rows = heavy.sort(([, a], [, b]) => Math.abs(b) - Math.abs(a));
  return html`
    <details>
      <summary>${t("risk_page.weights")}</summary>
      <p class="faint small">${t("risk_page.weights_note")}</p>
      <div class="table-scroll" tabindex="0" role="group" aria-label=${t("risk_page.weights")}>
        <table>
          <thead><tr>${["feature", "value", "weight"].map((name) => html`<th key=${name} scope="col">${t(`risk_page.${name}`)}</th>`)}</tr></thead>
          <tbody>${rows.map(([name, weight]) => html`<${Weight} key=${name} name=${name} weight=${weight} />`)}</tbody>
        </table>
      </div>
    </details>
  `;
}

function Weight({ name, weight }) {
  const [feature, bin = ""] = name.split("=");
  const what = feature === "lead" ? t("risk_page.lead") : word("risk", feature);
  return html`<tr><th scope="row">${what}</th><td>${bin && bin.split("/").map((one) => word("risk_bin", one)).join(" · ")}</td><td>${weightText(weight)} <span class="faint small">${word("risk_way", weight > 0 ? "more" : "less")}</span></td></tr>`;
}
