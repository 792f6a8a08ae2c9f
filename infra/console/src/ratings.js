// What the review site shows of the clinic, noted by hand: no site tells it by itself.

import { html, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { put, serverNow } from "./api.js";
import { shortDay } from "./calendar.js";
import { count, locale, t } from "./i18n.js";
import { Problem } from "./parts.js";
import { dayOf } from "./time.js";

const LISTED = 6;

const mean = (value) => new Intl.NumberFormat(locale(), { minimumFractionDigits: 1, maximumFractionDigits: 2 }).format(value);

export function Ratings({ found }) {
  const [items, setItems] = useState(found.items);
  const noted = (one) => setItems([one, ...items.filter((other) => other.day !== one.day)].sort((a, b) => (a.day < b.day ? 1 : -1)));
  return html`
    <div class="card">
      ${items.length === 0 && html`<p class="faint">${t("ratings.none")}</p>`}
      <ul class="ratings">${items.slice(0, LISTED).map((one) => html`<li key=${one.day}><strong>${count("ratings.shown", one.review_count, { value: mean(one.rating_value) })}</strong> <span class="faint">${shortDay(one.day)}</span></li>`)}</ul>
      <${Form} onNoted=${noted} />
    </div>
  `;
}

function Form({ onNoted }) {
  const today = dayOf(serverNow());
  const [form, setForm] = useState({ day: today, reviews: "", value: "" });
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const set = (name) => (event) => setForm({ ...form, [name]: event.target.value });
  const submit = async (event) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      onNoted(await put(`/ratings/${form.day}`, { review_count: Number(form.reviews), rating_value: Number(form.value) }));
      announce(t("ratings.noted"));
      setForm({ day: today, reviews: "", value: "" });
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
  };
  return html`
    <form class="ratings-form" aria-label=${t("ratings.title")} onSubmit=${submit}>
      <label class="field">${t("ratings.day")}<input type="date" required max=${today} value=${form.day} onInput=${set("day")} /></label>
      <label class="field">${t("ratings.reviews")}<input type="number" required min="0" max="1000000" step="1" value=${form.reviews} onInput=${set("reviews")} /></label>
      <label class="field">${t("ratings.value")}<input type="number" required min="1" max="5" step="0.01" value=${form.value} onInput=${set("value")} /></label>
      <button class="primary" disabled=${busy}>${t("ratings.note")}</button>
      <${Problem} error=${error} />
    </form>
  `;
}
