// Where sources say different things of somebody: which is right?

import { html, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { put } from "./api.js";
import { t } from "./i18n.js";
import { Problem } from "./parts.js";
import { fieldName, sourceAndAge, valueOf } from "./said.js";

export function Disputes({ person, onChanged }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(null);
  const keep = async ({ field, value }) => {
    setBusy(true);
    setError(null);
    try {
      await put(`/patients/${encodeURIComponent(person.id)}/disputes`, { field, value, version: person.version });
      announce(t("dispute.settled", { field: fieldName(field), value: valueOf(field, value) }));
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
    onChanged();
  };
  const fields = [...new Set(person.disputes.map((one) => one.field))];
  return html`
    ${fields.map(
      (field) => html`
        <fieldset key=${field} class="dispute">
          <legend>${t("dispute.which", { field: fieldName(field) })}</legend>
          ${sayings(person, field).map(
            (one) => html`
              <button key=${one.value} type="button" disabled=${busy} onClick=${() => keep(one)}>
                <bdi>${valueOf(field, one.value)}</bdi> <small>${sourceAndAge(one)}</small>
              </button>
            `,
          )}
        </fieldset>
      `,
    )}
    <${Problem} error=${error} />
  `;
}

/** What is held now, then what others say: each value once. */
function sayings(person, field) {
  const said = [...person.fields, ...person.disputes].filter((one) => one.field === field);
  return [...new Map([...said].reverse().map((one) => [one.value, one])).values()].reverse();
}
