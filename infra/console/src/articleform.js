// An answer, and the ways in which people ask for it: written, changed, removed.

import { html, useRef, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { newKey, post, remove, serverNow } from "./api.js";
import { Ask } from "./dialogs.js";
import { LANGUAGES, number, t, word } from "./i18n.js";
import { PlainHints } from "./plain.js";
import { dayOf } from "./time.js";

const LONGEST = 700;
const HALF_A_YEAR_MS = 182 * 86_400_000;

const lines = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);

const begun = ({ language, questions = [], answer = "", source = "", review_by = dayOf(serverNow() + HALF_A_YEAR_MS) }) => ({
  language,
  questions: questions.join("\n"),
  answer,
  source,
  review_by,
});

function titleOf(article) {
  if (article.version) return "articles.edit_title";
  return article.of ? "articles.translate" : "articles.write";
}

export function ArticleDialog({ article, onDone, onClose }) {
  const [form, setForm] = useState(() => begun(article));
  const { save, drop, busy } = useWriting(article, onDone);
  const set = (name) => (event) => setForm({ ...form, [name]: event.target.value });
  const submit = () => save({ ...form, questions: lines(form.questions), answer: form.answer.trim(), source: form.source.trim() });
  const ready = lines(form.questions).length > 0 && form.answer.trim() && form.source.trim() && form.review_by;
  return html`
    <${Ask} title=${t(titleOf(article))} action=${t("articles.save")} busy=${busy} ready=${ready} onSubmit=${submit} onClose=${onClose}>
      ${article.of && html`<blockquote class="article-of small" lang=${article.of.language}><bdi>${article.of.answer}</bdi></blockquote>`}
      <label class="field">${t("articles.language")}
        <select value=${form.language} disabled=${Boolean(article.version)} onChange=${set("language")}>${Object.keys(LANGUAGES).filter((one) => one !== article.of?.language).map((one) => html`<option key=${one} value=${one}>${word("language", one)}</option>`)}</select>
      </label>
      <label class="field">${t("articles.questions")}<textarea rows="4" autofocus lang=${form.language} value=${form.questions} onInput=${set("questions")}></textarea></label>
      <label class="field">${t("articles.answer")}<textarea rows="6" lang=${form.language} maxlength=${LONGEST} aria-describedby="answer-length" value=${form.answer} onInput=${set("answer")}></textarea>
        <small id="answer-length">${t("articles.length", { n: number(form.answer.length), most: number(LONGEST) })}</small></label>
      <${PlainHints} text=${form.answer} language=${form.language} />
      <div class="pair">
        <label class="field">${t("articles.source")}<input maxlength="80" value=${form.source} onInput=${set("source")} /></label>
        <label class="field">${t("articles.look_again")}<input type="date" required value=${form.review_by} onInput=${set("review_by")} /></label>
      </div>
      ${article.version && html`<${Remove} busy=${busy} onYes=${drop} />`}
    <//>
  `;
}

/** Writes the answer, or removes it. The same wish keeps its key, so that a lost answer writes no second one. */
function useWriting(article, onDone) {
  const [busy, setBusy] = useState(false);
  const key = useRef(newKey());
  const run = async (act, said) => {
    setBusy(true);
    try {
      await act();
      announce(t(said));
      onDone();
      return null;
    } catch (error) {
      if (!error.uncertain) key.current = newKey();
      return error;
    } finally {
      setBusy(false);
    }
  };
  // Without a version it is the same article in a language that it has not been written in.
  const known = { ...(article.id && { id: article.id }), ...(article.version && { version: article.version }) };
  const save = (body) => run(() => post("/articles", { ...body, ...known }, key.current), "articles.saved");
  const drop = () => run(() => remove(`/articles/${encodeURIComponent(article.id)}/${article.language}`), "articles.removed");
  return { save, drop, busy };
}

function Remove({ busy, onYes }) {
  const [asking, setAsking] = useState(false);
  if (!asking) return html`<p><button type="button" class="danger" onClick=${() => setAsking(true)}>${t("articles.remove")}</button></p>`;
  return html`
    <p class="sure">${t("articles.sure")}
      <button type="button" class="danger" autofocus disabled=${busy} onClick=${onYes}>${t("articles.yes_remove")}</button>
      <button type="button" onClick=${() => setAsking(false)}>${t("appointment.keep")}</button></p>
  `;
}
