// The clinic's policy of reminders, and those of kinds of visits that have their own.

import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { get, remove } from "./api.js";
import { t, word } from "./i18n.js";
import { Icon } from "./icons.js";
import { Problem } from "./parts.js";
import { PolicyForm } from "./policyform.js";
import { pathOf, whenOf } from "./policyspans.js";

export function Policies() {
  const { policies, types, error, replace, drop } = usePolicies();
  const without = types.filter((type) => type.active && !policies.some((one) => one.type_id === type.id));
  const own = (event) => {
    const type = types.find((one) => one.id === event.target.value);
    if (type) replace({ ...policies[0], type_id: type.id, type: type.name, version: 0 });
  };
  return html`
    <section class="policies" aria-labelledby="policies-title">
      <header class="policies-head">
        <h2 id="policies-title">${t("policies.title")}</h2>
        ${policies.length > 0 && without.length > 0 &&
        html`<label class="policy-for">${t("policies.add")}
          <select value="" onChange=${own}><option value="">–</option>${without.map((one) => html`<option key=${one.id} value=${one.id}>${one.name}</option>`)}</select>
        </label>`}
      </header>
      <${Problem} error=${error} />
      ${policies.map((one) => html`<${Policy} key=${one.type_id ?? ""} policy=${one} onSaved=${replace} onDropped=${drop} />`)}
    </section>
  `;
}

function usePolicies() {
  const [state, setState] = useState({ policies: [], types: [], error: null });
  useEffect(() => {
    Promise.all([get("/reminder-policies"), get("/appointment-types")])
      .then(([policies, types]) => setState({ policies: policies.items, types: types.items, error: null }))
      .catch((error) => setState((old) => ({ ...old, error })));
  }, []);
  const change = (step) => setState((old) => ({ ...old, policies: step(old.policies) }));
  const replace = (policy) =>
    change((all) => (all.some((one) => one.type_id === policy.type_id) ? all.map((one) => (one.type_id === policy.type_id ? policy : one)) : [...all, policy]));
  const drop = (policy) => change((all) => all.filter((one) => one.type_id !== policy.type_id));
  return { ...state, replace, drop };
}

function Policy({ policy, onSaved, onDropped }) {
  const [open, setOpen] = useState(policy.version === 0 && Boolean(policy.type_id));
  const [error, setError] = useState(null);
  const title = policy.type ?? t("policies.clinic");
  const drop = async () => {
    setError(null);
    try {
      // One that was only begun is nowhere else yet.
      if (policy.version > 0) await remove(pathOf(policy));
      announce(t("policies.dropped"));
      onDropped(policy);
    } catch (failure) {
      setError(failure);
    }
  };
  return html`
    <article class="card" aria-label=${title}>
      <header class="policies-head">
        <h3><bdi>${title}</bdi></h3>
        <p class="steps">
          ${policy.type_id && html`<button type="button" class="small" onClick=${drop}>${t("policies.drop")}<span class="unseen">: ${title}</span></button>`}
          <button type="button" class="small" aria-expanded=${open} onClick=${() => setOpen(!open)}><${Icon} name="bell" size=${14} /> ${t("policies.edit")}<span class="unseen">: ${title}</span></button>
        </p>
      </header>
      <${Problem} error=${error} />
      <ol class="policy-steps">${policy.steps.map((one) => html`<li key=${one.name}><strong>${whenOf(one.minutes)}</strong> <span class="faint">${one.by === "message" ? word("policy_purpose", one.purpose) : word("policy_by", one.by)}</span></li>`)}</ol>
      ${open && html`<${PolicyForm} policy=${policy} onSaved=${onSaved} />`}
    </article>
  `;
}
