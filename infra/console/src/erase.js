// Somebody is forgotten, for ever: what that means, and why it is done.

import { html, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { post } from "./api.js";
import { Ask, Choice } from "./dialogs.js";
import { parts, t, word } from "./i18n.js";
import { Name } from "./parts.js";

const REASONS = ["requested", "retention", "mistake"];
const REFUSED = { visits: "visit_to_come", records: "not_surely_theirs" };

export function Erase({ person }) {
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  const erase = async () => {
    try {
      await post(`/patients/${encodeURIComponent(person.id)}/erasure`, { reason });
      announce(t("erase.done"));
      location.hash = "#/";
      return null;
    } catch (error) {
      const code = error.code === "conflict" ? REFUSED[error.field] : null;
      return code ? Object.assign(error, { code, field: null }) : error;
    }
  };
  return html`
    <p class="faint small">${t("erase.note")}</p>
    <p><button type="button" class="danger small" onClick=${() => setAsking(true)}>${t("erase.open")}</button></p>
    ${asking &&
    html`
      <${Ask} title=${parts("erase.sure", { name: html`<${Name} of=${person.name} />` })} action=${t("erase.act")} ready=${reason} onSubmit=${erase} onClose=${() => setAsking(false)}>
        <p>${t("erase.what")}</p>
        <p><strong>${t("erase.no_way_back")}</strong></p>
        <fieldset>
          <legend>${t("erase.why")}</legend>
          ${REASONS.map((one) => html`<${Choice} key=${one} name="reason" value=${one} chosen=${reason} onChoose=${setReason}>${word("erasure", one)}<//>`)}
        </fieldset>
      <//>
    `}
  `;
}
