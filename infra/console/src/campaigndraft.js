// A campaign is drawn up; nobody is written to yet.

import { html, useRef, useState } from "../vendor/htm-preact.js";
import { newKey, post } from "./api.js";
import { Ask, Choice } from "./dialogs.js";
import { t, word } from "./i18n.js";

const DAY_MINUTES = 1440;
const NEW = { name: "", purpose: "recall", again: "5", days: "14", control: "10", per_hour: "120" };

/** As the server wants it: of news there is one message, of a recall a second one where that is wished for. */
function bodyOf({ name, segment, purpose, again, days, control, per_hour: hourly }) {
  const second = purpose === "recall" && again !== "" ? [{ text: "recall_again", minutes: Number(again) * DAY_MINUTES }] : [];
  const steps = [{ text: purpose, minutes: 0 }, ...second];
  return { name: name.trim(), segment, purpose, steps, days: Number(days), control: Number(control) / 100, per_hour: Number(hourly) };
}

export function DraftDialog({ known, onDone, onClose }) {
  const [form, setForm] = useState({ ...NEW, segment: known.segments[0].id });
  const [busy, setBusy] = useState(false);
  const wish = useRef({ key: "", body: "" });
  const set = (name) => (event) => setForm({ ...form, [name]: event.target.value });
  const submit = async () => {
    setBusy(true);
    const body = bodyOf(form);
    if (wish.current.body !== JSON.stringify(body)) wish.current = { key: newKey(), body: JSON.stringify(body) };
    try {
      await post("/campaigns", body, wish.current.key);
      onDone(t("campaigns.drafted"));
      return null;
    } catch (error) {
      if (!error.uncertain) wish.current = { key: "", body: "" };
      setBusy(false);
      return error;
    }
  };
  return html`
    <${Ask} title=${t("campaigns.draft")} action=${t("campaigns.save")} busy=${busy} ready=${form.name.trim()} onSubmit=${submit} onClose=${onClose}>
      <label class="field">${t("campaigns.name")}<input required autofocus maxlength="100" value=${form.name} onInput=${set("name")} /></label>
      <label class="field">${t("campaigns.segment")}
        <select required value=${form.segment} onChange=${set("segment")}>${known.segments.map((one) => html`<option key=${one.id} value=${one.id}>${one.name}</option>`)}</select>
      </label>
      <fieldset>
        <legend>${t("campaigns.what")}</legend>
        ${["recall", "news"].map((one) => html`<${Choice} key=${one} name="purpose" value=${one} chosen=${form.purpose} onChoose=${(purpose) => setForm({ ...form, purpose })}>${word("campaign_purpose", one)} <small>${t(`campaign_says.${one}`)}</small><//>`)}
      </fieldset>
      <div class="pair">
        ${form.purpose === "recall" && html`<${Amount} label=${t("campaigns.again")} min="1" max="89" required=${false} value=${form.again} onInput=${set("again")} />`}
        <${Amount} label=${t("campaigns.days")} min="1" max="90" value=${form.days} onInput=${set("days")} />
      </div>
      <div class="pair">
        <${Amount} label=${t("campaigns.control")} min="0" max="50" value=${form.control} onInput=${set("control")} />
        <${Amount} label=${t("campaigns.per_hour")} min="1" max="3600" value=${form.per_hour} onInput=${set("per_hour")} />
      </div>
      <p class="faint small">${t("campaigns.control_why")}</p>
    <//>
  `;
}

const Amount = ({ label, required = true, ...rest }) => html`<label class="field">${label}<input type="number" inputmode="numeric" required=${required} ...${rest} /></label>`;
