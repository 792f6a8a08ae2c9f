// What the review site shows of the clinic, noted by hand: no site tells it by itself.

import { html, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { put, remove, serverNow } from "./api.js";
import { dayTitle } from "./calendar.js";
import { count, locale, t } from "./i18n.js";
import { Problem } from "./parts.js";
import { useSaving } from "./saving.js";
import { dayOf } from "./time.js";

const LISTED = 6;

const mean = (value) => new Intl.NumberFormat(locale(), { minimumFractionDigits: 1, maximumFractionDigits: 2 }).format(value);

export function Ratings({ found }) {
  const [items, setItems] = useState(found.items);
  const [error, setError] = useState(null);
  const without = (day) => items.filter((one) => one.day !== day);
  const noted = (one) => setItems([one, ...without(one.day)].sort((a, b) => (a.day < b.day ? 1 : -1)));
  const drop = ({ day }) =>
    remove(`/ratings/${day}`).then(() => {
      setItems(without(day));
      setError(null);
      announce(t("ratings.removed"));
    }, setError);
  return html`
    <div class="card">
      ${items.length === 0 && html`<p class="faint">${t("ratings.none")}</p>`}
      <ul class="ratings">${items.slice(0, LISTED).map((one) => html`<${Rating} key=${one.day} rating=${one} onDrop=${drop} />`)}</ul>
      <${Problem} error=${error} />
      <${Form} onNoted=${noted} />
    </div>
  `;
}

const Rating = ({ rating, onDrop }) => html`
  <li>
    <strong>${rating.review_count ? count("ratings.shown", rating.review_count, { value: mean(rating.rating_value) }) : t("ratings.empty")}</strong>
    <span class="faint"> ${dayTitle(rating.day)} </span>
    <button type="button" class="quiet small" onClick=${() => onDrop(rating)}>${t("ratings.remove")}<span class="unseen">: ${dayTitle(rating.day)}</span></button>
  </li>
`;

function Form({ onNoted }) {
  const today = dayOf(serverNow());
  const [form, setForm] = useState({ day: today, reviews: "", value: "" });
  const set = (name) => (event) => setForm({ ...form, [name]: event.target.value });
  const none = form.reviews === "0";
  const { busy, error, submit } = useSaving(async () => {
    onNoted(await put(`/ratings/${form.day}`, { review_count: Number(form.reviews), rating_value: none ? null : Number(form.value) }));
    announce(t("ratings.noted"));
    setForm({ day: today, reviews: "", value: "" });
  });
  return html`
    <form class="ratings-form" aria-label=${t("ratings.title")} onSubmit=${submit}>
      <label class="field">${t("ratings.day")}<input type="date" required max=${today} value=${form.day} onInput=${set("day")} /></label>
      <label class="field">${t("ratings.reviews")}<input type="number" required min="0" max="1000000" step="1" value=${form.reviews} onInput=${set("reviews")} /></label>
      <label class="field">${t("ratings.value")}<input type="number" required min="1" max="5" step="0.01" disabled=${none} value=${none ? "" : form.value} onInput=${set("value")} /></label>
      <button class="primary" disabled=${busy}>${t("ratings.note")}</button>
      <${Problem} error=${error} />
    </form>
  `;
}
