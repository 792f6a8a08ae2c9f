// An experiment drawn up: which reminders are tried, on whom, and how small a difference is worth finding.

import { html, useEffect, useRef, useState } from "../vendor/htm-preact.js";
import { get, newKey, post } from "./api.js";
import { t } from "./i18n.js";
import { bodyOf, Refusal, Steps } from "./policyform.js";

export function ExperimentForm({ onDrafted, onClose }) {
  const { policies, types, error: unread } = usePolicies();
  const [form, setForm] = useState({ name: "", type_id: "", percent: "5", steps: null });
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const key = useRef(newKey());
  // What is tried begins as what the clinic does now.
  const policy = policies?.find((one) => one.type_id === form.type_id) ?? policies?.[0];
  const steps = form.steps ?? policy?.steps ?? [];
  const submit = async (event) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const idea = { name: form.name.trim(), difference: Number(form.percent) / 100, policy: bodyOf({ ...policy, steps }), ...(form.type_id && { type_id: form.type_id }) };
      onDrafted(await post("/experiments", idea, key.current));
    } catch (failure) {
      if (!failure.uncertain) key.current = newKey();
      setError(failure);
      setBusy(false);
    }
  };
  const set = (name) => (event) => setForm({ ...form, [name]: event.target.value });
  if (!policies) return unread ? html`<${Refusal} error=${unread} />` : html`<p role="status">${t("state.loading")}</p>`;
  return html`
    <form class="card policy-form" aria-label=${t("experiments.draft")} onSubmit=${submit}>
      <div class="policy-rules">
        <label class="field">${t("experiments.name")}<input required autofocus maxlength="100" value=${form.name} onInput=${set("name")} /></label>
        <label class="field">${t("experiments.of")}
          <select value=${form.type_id} onChange=${(event) => setForm({ ...form, type_id: event.target.value, steps: null })}>
            <option value="">${t("policies.clinic")}</option>
            ${types.map((one) => html`<option key=${one.id} value=${one.id}>${one.name}</option>`)}
          </select>
        </label>
        <label class="field">${t("experiments.difference")}<input type="number" required min="0.5" max="50" step="0.5" value=${form.percent} onInput=${set("percent")} /></label>
      </div>
      <${Steps} legend=${t("experiments.steps")} steps=${steps} error=${at(error)} onSteps=${(next) => setForm({ ...form, steps: next })} />
      <${Refusal} error=${error} />
      <p><button class="primary" disabled=${busy}>${t("experiments.save")}</button> <button type="button" onClick=${onClose}>${t("action.cancel")}</button></p>
    </form>
  `;
}

/** Of an experiment a field is called policy.steps.0.text, and of a policy steps.0.text. */
const at = (error) => error && { field: error.field?.replace(/^policy\./, "") };

function usePolicies() {
  const [state, setState] = useState({ policies: null, types: [], error: null });
  useEffect(() => {
    Promise.all([get("/reminder-policies"), get("/appointment-types")])
      .then(([policies, types]) => setState({ policies: policies.items, types: types.items.filter((one) => one.active), error: null }))
      .catch((error) => setState({ policies: null, types: [], error }));
  }, []);
  return state;
}
