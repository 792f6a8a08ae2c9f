// Whose a contact is, where that is not proven: several people behind a number, or a record that only Recado joined.

import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { get, post } from "./api.js";
import { parts, t } from "./i18n.js";
import { Icon } from "./icons.js";
import { ready } from "./identity.js";
import { Name, Problem } from "./parts.js";

export { ready };

export const Whom = ({ contact, person, onChanged, onStale }) => {
  if (person.kind !== "household") return html`<${Probably} person=${person} />`;
  return contact.state !== "closed" && html`<${ForWhom} contact=${contact} onChanged=${onChanged} onStale=${onStale} />`;
};

const Probably = ({ person }) => html`
  <p class="whom probably"><${Icon} name="person" size=${18} /> <span>${parts("whom.probably", { name: html`<strong><${Name} of=${person.name} /></strong>` })}</span></p>
`;

function ForWhom({ contact, onChanged, onStale }) {
  const [people, setPeople] = useState([]);
  const [naming, setNaming] = useState(false);
  const [name, setName] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(null);
  const path = `/contacts/${encodeURIComponent(contact.id)}/attribution`;
  useEffect(() => {
    get(path).then((answer) => setPeople(answer.items)).catch(setError);
  }, [contact.id]);

  const say = async (whose, called) => {
    setBusy(true);
    setError(null);
    try {
      const into = await post(path, { ...whose, version: contact.version });
      announce(t("whom.done", { name: called }));
      onChanged(into);
      location.hash = `#/contact/${encodeURIComponent(into.id)}`;
    } catch (failure) {
      setError(failure);
      setBusy(false);
      if (failure.status === 409) onStale();
    }
  };
  const submit = (event) => {
    event.preventDefault();
    say({ name: name.trim() }, name.trim());
  };
  return html`
    <section class="whom" aria-labelledby="whom">
      <h3 id="whom">${t("whom.title")}</h3>
      <p class="small">${t("whom.note")}</p>
      <div class="whom-people">
        ${people.map((one) => html`<button key=${one.patient} type="button" disabled=${busy} onClick=${() => say({ patient: one.patient }, one.name || t("contact.unnamed"))}><${Name} of=${one.name} /></button>`)}
        ${!naming && html`<button type="button" class="quiet" onClick=${() => setNaming(true)}><${Icon} name="plus" size=${16} /> ${t("whom.new")}</button>`}
      </div>
      ${naming &&
      html`
        <form onSubmit=${submit}>
          <label><span class="unseen">${t("whom.name")}</span><input required maxlength="100" autocomplete="off" placeholder=${t("whom.name")} value=${name} onInput=${(event) => setName(event.target.value)} /></label>
          <button class="primary" disabled=${busy}>${t("whom.is")}</button>
          <button type="button" class="quiet" onClick=${() => setNaming(false)}>${t("action.cancel")}</button>
        </form>
      `}
      <${Problem} error=${error} />
    </section>
  `;
}
