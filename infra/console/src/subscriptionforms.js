// The dialogs about a webhook: what it is told of and what is shared, its secret, its end.

import { html, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { post, put, remove } from "./api.js";
import { Ask } from "./dialogs.js";
import { t, word } from "./i18n.js";
import { Dialog } from "./parts.js";
import { Ticks } from "./ticks.js";

const EVENTS = ["booked", "moved", "confirmed", "cancelled", "arrived", "fulfilled", "noshow", "changed"];
/** What of a visit may be shared; the last ones say who the patient is. */
const FIELDS = ["identifier", "start", "end", "practitioner", "type", "location", "confirmation", "created", "patient", "patient.name", "patient.telecom", "patient.birthDate"];

export const pathOf = ({ id }) => `/subscriptions/${encodeURIComponent(id)}`;

/** Does it and says so, or gives the error. */
function useStep(onDone) {
  const [busy, setBusy] = useState(false);
  const run = async (act, said) => {
    setBusy(true);
    try {
      const after = await act();
      announce(t(said));
      onDone(after);
      return null;
    } catch (error) {
      return error;
    } finally {
      setBusy(false);
    }
  };
  return [busy, run];
}

export function SubscriptionDialog({ subscription, onDone, onClose }) {
  const [form, setForm] = useState({ url: "", name: "", events: [], fields: [], ...subscription });
  const [busy, run] = useStep(onDone);
  const { url, name, events, fields } = form;
  const body = { url: url.trim(), name: name.trim(), events, fields };
  const submit = () =>
    subscription.id
      ? run(() => put(pathOf(subscription), { ...body, version: subscription.version }), "subscriptions.saved")
      : run(() => post("/subscriptions", body), "subscriptions.added");
  return html`
    <${Ask} title=${t(subscription.id ? "subscription.edit" : "subscriptions.add")} action=${t("subscriptions.save")} busy=${busy} ready=${url.trim()} onSubmit=${submit} onClose=${onClose}>
      <label class="field">${t("subscriptions.url")}<input type="url" required autofocus maxlength="500" placeholder="https://" value=${url} onInput=${(event) => setForm({ ...form, url: event.target.value })} /></label>
      <label class="field">${t("subscriptions.name")}<input maxlength="80" value=${name} onInput=${(event) => setForm({ ...form, name: event.target.value })} /></label>
      <${Ticks} legend=${t("subscriptions.events")} options=${EVENTS.map((one) => [`appointment.${one}`, word("event", one)])} chosen=${events} onChoose=${(chosen) => setForm({ ...form, events: chosen })} />
      <${Ticks} legend=${t("subscriptions.fields")} options=${FIELDS.map((one) => [one, word("shared", one.replace(".", "_"))])} chosen=${fields} onChoose=${(chosen) => setForm({ ...form, fields: chosen })} />
    <//>
  `;
}

export function RemoveDialog({ subscription, onDone, onClose }) {
  const [busy, run] = useStep(onDone);
  return html`
    <${Ask} title=${t("subscription.remove")} action=${t("subscription.remove")} busy=${busy} ready=${true} onSubmit=${() => run(() => remove(pathOf(subscription)), "subscriptions.removed")} onClose=${onClose}>
      <p>${t("subscriptions.remove_sure", { name: subscription.name || subscription.url })}</p>
    <//>
  `;
}

export function SecretDialog({ secret, onClose }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(secret);
    setCopied(true);
    announce(t("subscriptions.copied"));
  };
  return html`
    <${Dialog} title=${t("subscriptions.secret")} onClose=${onClose}>
      <p>${t("subscriptions.secret_once")}</p>
      <p><input class="secret" readonly autofocus aria-label=${t("subscriptions.secret")} value=${secret} onFocus=${(event) => event.target.select()} /></p>
      <footer>
        ${navigator.clipboard && html`<button type="button" onClick=${copy}>${t(copied ? "subscriptions.copied" : "subscriptions.copy")}</button>`}
        <button type="button" class="primary" onClick=${onClose}>${t("subscriptions.kept")}</button>
      </footer>
    <//>
  `;
}
