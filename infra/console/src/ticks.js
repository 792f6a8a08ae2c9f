// Boxes to tick: one, and several of a list.

import { html } from "../vendor/htm-preact.js";

/** Several of a list, ticked. */
export const Ticks = ({ legend, note, options, chosen, onChoose }) => html`
  <fieldset>
    <legend>${legend}${note && html` <small>${note}</small>`}</legend>
    <div class="ticks-row">
      ${options.map(
        ([value, label]) => html`
          <label key=${value} class="tick">
            <input type="checkbox" checked=${chosen.includes(value)} onChange=${() => onChoose(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value])} />
            <bdi>${label}</bdi>
          </label>
        `,
      )}
    </div>
  </fieldset>
`;

export const Tick = ({ label, checked, onChange }) => html`<label class="tick"><input type="checkbox" checked=${checked} onChange=${(event) => onChange(event.target.checked)} /> ${label}</label>`;
