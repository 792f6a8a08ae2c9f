// The door. On the local stack the demo clinics and roles are offered; elsewhere a token is pasted, for now.

import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { exchange } from "./api.js";
import { t, word } from "./i18n.js";
import { Mark } from "./icons.js";
import { Problem } from "./parts.js";

const ROLES = ["agent", "supervisor", "admin"];

export function SignIn({ problem, onToken }) {
  const [clinics, setClinics] = useState(undefined);
  useEffect(() => {
    exchange("GET", "/demo")
      .then((demo) => setClinics(demo.clinics ?? []))
      .catch(() => setClinics([]));
  }, []);
  const expired = problem?.code === "unauthorised" || problem?.status === 401;
  return html`
    <main class="door" id="main">
      <div class="welcome">
        <${Mark} size=${56} />
        <h1>${t("door.title")}</h1>
        <p class="lead">${t("door.lead")}</p>
        ${expired ? html`<p class="problem" role="alert">${t("door.expired")}</p>` : html`<${Problem} error=${problem} />`}
        ${clinics === undefined && html`<p>${t("state.loading")}</p>`}
        ${clinics?.length > 0 && html`<${DemoClinics} clinics=${clinics} onToken=${onToken} />`}
        ${clinics?.length === 0 && html`<${TokenForm} onToken=${onToken} />`}
      </div>
    </main>
  `;
}

/** Who can sign in at a clinic, the front desk first; where nobody is named, one for each role. */
function staffOf({ staff, tokens = {} }) {
  const everybody = staff ?? Object.entries(tokens).map(([role, token]) => ({ role, token }));
  return ROLES.flatMap((role) => everybody.filter((person) => person.role === role));
}

const DemoClinics = ({ clinics, onToken }) => html`
  <h2>${t("door.choose")}</h2>
  <ul class="demo-clinics">
    ${clinics.map(
      (clinic) => html`
        <li key=${clinic.id}>
          <h3><bdi>${clinic.name}</bdi></h3>
          <p class="faint">${clinic.timezone.replaceAll("_", " ")} · ${clinic.language}</p>
          <div class="roles" role="group" aria-label=${clinic.name}>
            ${staffOf(clinic).map(
              ({ role, name, token }) => html`
                <button key=${token} type="button" class=${role === ROLES[0] ? "primary" : ""} onClick=${() => onToken(token)}>
                  ${name && html`<bdi>${name}</bdi>${" "}`}<small>${word("role", role)}</small><span class="unseen">, ${clinic.name}</span>
                </button>
              `,
            )}
          </div>
        </li>
      `,
    )}
  </ul>
  <p class="faint">${t("door.demo_note")}</p>
`;

function TokenForm({ onToken }) {
  const [token, setToken] = useState("");
  const submit = (event) => {
    event.preventDefault();
    if (token.trim()) onToken(token.trim());
  };
  return html`
    <form class="token-form" onSubmit=${submit}>
      <label for="token">${t("door.token")}</label>
      <textarea id="token" rows="4" spellcheck="false" autocomplete="off" aria-describedby="token-note"
        value=${token} onInput=${(event) => setToken(event.target.value)} required></textarea>
      <p id="token-note" class="faint">${t("door.token_note")}</p>
      <button class="primary">${t("door.sign_in")}</button>
    </form>
  `;
}
