// The dialogs about a channel account: add, edit, open, close, change secrets, remove.

import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { pathOf, problemOf, titleOf } from "./accountwords.js";
import { announce } from "./announce.js";
import { get, post, put, remove } from "./api.js";
import { Ask } from "./dialogs.js";
import { LANGUAGES, t, word } from "./i18n.js";
import { Problem } from "./parts.js";

/** A form's step: does it, says so, or gives the error. */
function useStep(onDone, said) {
  const [busy, setBusy] = useState(false);
  const run = async (act) => {
    setBusy(true);
    try {
      const answer = await act();
      announce(said());
      onDone(answer);
      return null;
    } catch (error) {
      return explained(error);
    } finally {
      setBusy(false);
    }
  };
  return [busy, run];
}

/** What the server refuses about an account, by the names that this form has. */
function explained(error) {
  if (error.code === "conflict" && error.field === "id") Object.assign(error, { code: "in_use", field: null });
  if (error.field === "id") error.field = t("account.id");
  const [place, need] = (error.field ?? "").split(".");
  if (need && ["secrets", "settings"].includes(place)) error.field = word("need", need);
  return error;
}

const Text = ({ label, note, value, onInput, ...rest }) => html`
  <label class="field">${label}${note && html` <small>${note}</small>`}
    <input value=${value} autocomplete="off" spellcheck="false" onInput=${(event) => onInput(event.target.value)} ...${rest} />
  </label>
`;

const Lines = ({ label, value, onInput, ...rest }) => html`
  <label class="field">${label}
    <textarea rows="3" spellcheck="false" value=${value} onInput=${(event) => onInput(event.target.value)} ...${rest}></textarea>
  </label>
`;

/** What a channel needs of an account: `values` by name, lists as lines. */
const Needs = ({ needs, values, onInput }) =>
  needs.map((need) => {
    const label = word("need", need.name);
    const note = need.required ? "" : need.made ? t("account.made") : t("account.optional");
    const rest = { key: need.name, label, note, value: values[need.name] ?? "", onInput: (value) => onInput({ ...values, [need.name]: value }) };
    if (need.many) return html`<${Lines} ...${rest} label=${`${label} ${note}`} required=${need.required} />`;
    return html`<${Text} ...${rest} required=${need.required} type=${need.secret ? "password" : "text"} maxlength=${need.secret ? 4000 : 500} />`;
  });

const lines = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);

/** The values of these needs as the API takes them; what is empty is left out. */
function given(needs, values) {
  const filled = needs.map((need) => [need.name, need.many ? lines(values[need.name] ?? "") : (values[need.name] ?? "").trim()]);
  return Object.fromEntries(filled.filter(([, value]) => value.length > 0));
}

const complete = (needs, values) => needs.every((need) => !need.required || (values[need.name] ?? "").trim());

export function AddDialog({ kinds, onAdded, onClose }) {
  const names = Object.keys(kinds);
  const [channel, setChannel] = useState(names[0]);
  const [id, setId] = useState("");
  const [display, setDisplay] = useState("");
  const [values, setValues] = useState({});
  const [busy, run] = useStep(onAdded, () => t("account.added"));
  const kind = kinds[channel];
  const choose = (event) => {
    setChannel(event.target.value);
    setId("");
    setValues({});
  };
  const add = () =>
    run(() =>
      post("/accounts", {
        channel,
        ...(kind.made_id ? {} : { id: id.trim() }),
        display: display.trim(),
        settings: given(kind.needs.filter((need) => !need.secret), values),
        secrets: given(kind.needs.filter((need) => need.secret), values),
      }),
    );
  const ready = (kind.made_id || id.trim()) && complete(kind.needs, values);
  return html`
    <${Ask} title=${t("channels.add")} action=${t("account.add")} busy=${busy} ready=${ready} onSubmit=${add} onClose=${onClose}>
      <label class="field">${t("account.channel")}
        <select value=${channel} onChange=${choose}>${names.map((name) => html`<option key=${name} value=${name}>${word("channel", name)}</option>`)}</select>
      </label>
      <div key=${channel} class="fields">
        ${!kind.made_id && html`<${Text} label=${word("account_id", channel)} value=${id} onInput=${setId} maxlength="64" required />`}
        <${Text} label=${t("account.display")} note=${t("account.optional")} value=${display} onInput=${setDisplay} maxlength="80" />
        <${Needs} needs=${kind.needs} values=${values} onInput=${setValues} />
      </div>
      <p class="faint small">${t("account.stays_closed")}</p>
    <//>
  `;
}

const shown = (value) => (Array.isArray(value) ? value.join("\n") : (value ?? ""));

export function EditDialog({ account, kind, onDone, onClose }) {
  const settings = (kind?.needs ?? []).filter((need) => !need.secret);
  const [display, setDisplay] = useState(account.display);
  const [weight, setWeight] = useState(String(account.weight));
  const [values, setValues] = useState(Object.fromEntries(settings.map(({ name }) => [name, shown(account.settings[name])])));
  const [busy, run] = useStep(onDone, () => t("account.saved"));
  const save = () =>
    run(() =>
      put(pathOf(account), { display: display.trim(), weight: Number(weight), settings: given(settings, values), version: account.version }),
    );
  return html`
    <${Ask} title=${`${t("account.edit")}: ${titleOf(account)}`} action=${t("account.save")} busy=${busy} ready=${complete(settings, values)} onSubmit=${save} onClose=${onClose}>
      <${Text} label=${t("account.display")} note=${t("account.optional")} value=${display} onInput=${setDisplay} maxlength="80" />
      <${Needs} needs=${settings} values=${values} onInput=${setValues} />
      <${Text} label=${t("account.weight")} value=${weight} onInput=${setWeight} type="number" min="0" max="100" required />
    <//>
  `;
}

/** Opening asks the provider first; against its answer a channel is opened only on purpose. */
export function OpenDialog({ account, onDone, onClose }) {
  const [wrong, setWrong] = useState(null);
  const [busy, run] = useStep(onDone, () => t("account.opened"));
  const open = async () => {
    const path = pathOf(account);
    if (wrong) return run(() => post(`${path}/resume`, { force: true }));
    let tested;
    const failure = await run(async () => {
      tested = await post(`${path}/test`);
      if (!tested.test.ok) throw new Error("not well");
      return post(`${path}/resume`, {});
    });
    if (!failure || !tested || tested.test.ok) return failure;
    setWrong(tested.test);
    return null;
  };
  return html`
    <${Ask} title=${`${t("account.open")}: ${titleOf(account)}`} action=${wrong ? t("account.open_anyway") : t("account.open")} busy=${busy} ready=${true} onSubmit=${open} onClose=${onClose}>
      <p>${t("account.open_note")}</p>
      ${wrong && html`<p class="why" role="alert">${problemOf(wrong)}</p>`}
    <//>
  `;
}

export function CloseDialog({ account, language, onDone, onClose }) {
  const [words, setWords] = useState(account.redirect);
  const [busy, run] = useStep(onDone, () => t("account.closed"));
  const shut = () => run(() => post(`${pathOf(account)}/pause`, { redirect: words, version: account.version }));
  const names = Object.keys(LANGUAGES).sort((one, other) => (other === language) - (one === language));
  return html`
    <${Ask} title=${`${t("account.close")}: ${titleOf(account)}`} action=${t("account.close")} busy=${busy} ready=${true} onSubmit=${shut} onClose=${onClose}>
      <p>${t("account.close_note")}</p>
      <fieldset class="redirects">
        <legend>${t("account.redirect")}</legend>
        ${names.map(
          (name) => html`
            <label key=${name} class="field"><span lang=${name}>${LANGUAGES[name]}</span>
              <textarea rows="2" lang=${name} maxlength="1000" value=${words[name] ?? ""} onInput=${(event) => setWords({ ...words, [name]: event.target.value })}></textarea>
            </label>
          `,
        )}
      </fieldset>
    <//>
  `;
}

/** New secrets beside the old ones; or, while both are good, the end of that. */
export function SecretsDialog({ account, kind, onDone, onClose }) {
  const [detail, setDetail] = useState(null);
  const [failure, setFailure] = useState(null);
  useEffect(() => {
    get(pathOf(account)).then(setDetail, setFailure);
  }, []);
  const title = `${t("account.secrets")}: ${titleOf(account)}`;
  const shared = { account, title, onDone, onClose };
  if (detail?.rotating) return html`<${FinishRotation} ...${shared} />`;
  return html`<${NewSecrets} ...${shared} kind=${kind} detail=${detail} failure=${failure} />`;
}

function NewSecrets({ account, title, kind, detail, failure, onDone, onClose }) {
  const [values, setValues] = useState({});
  const [busy, run] = useStep(onDone, () => t("account.secrets_new"));
  const needs = kind.needs.filter((need) => need.secret).map((need) => ({ ...need, required: false, made: false }));
  const filled = given(needs, values);
  const rotate = () => run(() => post(`${pathOf(account)}/secrets`, { secrets: filled, version: account.version }));
  return html`
    <${Ask} title=${title} action=${t("account.use")} busy=${busy} ready=${detail && Object.keys(filled).length > 0} onSubmit=${rotate} onClose=${onClose}>
      <${Problem} error=${failure} />
      <p>${t("account.secrets_note")}</p>
      ${detail?.missing.length > 0 && html`<p class="why">${t("account.missing", { names: detail.missing.map((name) => word("need", name)).join(", ") })}</p>`}
      <${Needs} needs=${needs} values=${values} onInput=${setValues} />
    <//>
  `;
}

function FinishRotation({ account, title, onDone, onClose }) {
  const [keep, setKeep] = useState("newest");
  const [busy, run] = useStep(onDone, () => t("account.finished"));
  const finish = () => run(() => post(`${pathOf(account)}/secrets/finish`, { keep }));
  return html`
    <${Ask} title=${title} action=${t("account.finish")} busy=${busy} ready=${true} onSubmit=${finish} onClose=${onClose}>
      <p>${t("account.rotating")}</p>
      <fieldset>
        <legend>${t("account.keep")}</legend>
        ${["newest", "previous"].map(
          (value) => html`
            <label key=${value} class="choice">
              <input type="radio" name="keep" value=${value} checked=${keep === value} onChange=${() => setKeep(value)} />
              <span>${word("keep", value)}</span>
            </label>
          `,
        )}
      </fieldset>
    <//>
  `;
}

export function RemoveDialog({ account, onDone, onClose }) {
  const [busy, run] = useStep(onDone, () => t("account.removed"));
  return html`
    <${Ask} title=${`${t("account.remove")}: ${titleOf(account)}`} action=${t("account.remove")} busy=${busy} ready=${true} onSubmit=${() => run(() => remove(pathOf(account)))} onClose=${onClose}>
      <p>${t("account.remove_note")}</p>
    <//>
  `;
}
