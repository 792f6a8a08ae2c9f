// A campaign is drawn up, or drawn up otherwise; nobody is written to yet.

import { html, useRef, useState } from "../vendor/htm-preact.js";
import { newKey, post, put } from "./api.js";
import { pathOf } from "./campaignwords.js";
import { Ask, Choice } from "./dialogs.js";
import { t, word } from "./i18n.js";

const DAY_MINUTES = 1440;
const NEW = { name: "", purpose: "recall", again: "5", days: "14", control: "10", per_hour: "120" };

/** As the server wants it: of news there is one message, of a recall a second one where that is wished for. */
function bodyOf({ name, segment, days, control, per_hour: hourly, ...said }) {
  return { name: name.trim(), segment, purpose: said.purpose, steps: stepsOf(said), days: Number(days), control: Number(control) / 100, per_hour: Number(hourly) };
}

/** What was drawn up elsewhere may say more than this form does: it stays, unless it is changed here. */
function stepsOf({ purpose, again, kept }) {
  if (kept && kept.purpose === purpose && kept.again === again) return kept.steps;
  const second = purpose === "recall" && again !== "" ? [{ text: "recall_again", minutes: Number(again) * DAY_MINUTES }] : [];
  return [{ text: purpose, minutes: 0 }, ...second];
}

/** A draft as the form has it: of a group that was removed, another one is chosen. */
function formOf({ name, segment, purpose, steps, days, control, per_hour: hourly }, segments) {
  const second = steps.find((one) => one.minutes >= DAY_MINUTES);
  const again = second ? String(Math.round(second.minutes / DAY_MINUTES)) : "";
  const group = segments.find((one) => one.id === segment);
  const percent = String(Math.round(control * 1000) / 10);
  return { name, segment: group?.id ?? "", purpose, again, days: String(days), control: percent, per_hour: String(hourly), kept: { purpose, again, steps } };
}

export function DraftDialog({ one, known, onDone, onClose }) {
  const [form, setForm] = useState(one ? formOf(one, known.segments) : { ...NEW, segment: known.segments[0].id });
  const [busy, setBusy] = useState(false);
  const wish = useRef({ key: "", body: "" });
  const set = (name) => (event) => setForm({ ...form, [name]: event.target.value });
  const change = async (body) => {
    try {
      await put(pathOf(one), { ...body, version: one.version });
      onDone(t("campaign_done.change"));
      return null;
    } catch (error) {
      setBusy(false);
      return error;
    }
  };
  const submit = async () => {
    setBusy(true);
    const body = bodyOf(form);
    if (one) return change(body);
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
    <${Ask} title=${one ? t("campaigns.change_title", { name: one.name }) : t("campaigns.draft")} action=${t("campaigns.save")} busy=${busy} ready=${form.name.trim() && form.segment} onSubmit=${submit} onClose=${onClose}>
      <label class="field">${t("campaigns.name")}<input required autofocus maxlength="100" value=${form.name} onInput=${set("name")} /></label>
      <label class="field">${t("campaigns.segment")}
        <select required value=${form.segment} onChange=${set("segment")}>${!form.segment && html`<option value="">–</option>`}${known.segments.map((one) => html`<option key=${one.id} value=${one.id}>${one.name}</option>`)}</select>
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
        <${Amount} label=${t("campaigns.control")} min="0" max="50" step="any" value=${form.control} onInput=${set("control")} />
        <${Amount} label=${t("campaigns.per_hour")} min="1" max="3600" value=${form.per_hour} onInput=${set("per_hour")} />
      </div>
      <p class="faint small">${t("campaigns.control_why")}</p>
    <//>
  `;
}

const Amount = ({ label, required = true, ...rest }) => html`<label class="field">${label}<input type="number" inputmode="numeric" required=${required} ...${rest} /></label>`;
