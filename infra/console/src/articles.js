// What the clinic answers to frequent questions: searched, written, looked at again; and what was asked and not found.

import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { ArticleDialog } from "./articleform.js";
import { get } from "./api.js";
import { dayTitle } from "./calendar.js";
import { count, LANGUAGES, learn, t, word } from "./i18n.js";
import { Icon } from "./icons.js";
import { style } from "./looks.js";
import { Problem } from "./parts.js";
import { ready as plain } from "./plain.js";
import { ready as setup, SetupNav } from "./setupnav.js";
import { dateAndTime } from "./time.js";

export const ready = Promise.all([learn("articles"), style("styles/articles.css"), plain, setup]);

const LEADS = new Set(["supervisor", "admin"]);
const PAUSE_MS = 300;

export function Articles({ me }) {
  const may = LEADS.has(me.role);
  const [search, setSearch] = useState({ q: "", language: me.clinic.language });
  const { items, error, reload } = useArticles(search);
  const unanswered = useUnanswered(may);
  const [dialog, setDialog] = useState(null);
  const done = () => {
    setDialog(null);
    reload();
    unanswered.reload();
  };
  const write = (begun = {}) => setDialog({ language: search.language, ...begun });
  return html`
    <main class="articles" id="main" tabindex="-1">
      <div class="articles-column">
        <${SetupNav} me=${me} view="articles" />
        <header class="articles-head">
          <h1>${t("articles.title")}</h1>
          ${may && html`<button type="button" class="primary" onClick=${() => write()}><${Icon} name="plus" size=${16} /> ${t("articles.write")}</button>`}
        </header>
        <${Search} search=${search} onSearch=${setSearch} />
        <${Problem} error=${error} />
        ${!items && !error && html`<p role="status">${t("state.loading")}</p>`}
        ${items?.length === 0 && html`<p class="faint" role="status">${t(search.q ? "articles.not_found" : "articles.none")}</p>`}
        ${items?.length > 0 && html`<ul class="articles-list">${items.map((one) => html`<${Article} key=${`${one.id}/${one.language}`} article=${one} may=${may} onEdit=${setDialog} onTranslate=${(one) => write({ id: one.id, language: Object.keys(LANGUAGES).find((name) => name !== one.language), source: one.source, review_by: one.review_by, of: one })} />`)}</ul>`}
        ${may && html`<${Unanswered} asked=${unanswered} onWrite=${write} />`}
      </div>
    </main>
    ${dialog && html`<${ArticleDialog} article=${dialog} onDone=${done} onClose=${() => setDialog(null)} />`}
  `;
}

/** What is found, a moment after the last key. */
function useArticles({ q, language }) {
  const [state, setState] = useState({ items: null, error: null });
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    let current = true;
    const asks = new URLSearchParams({ language, ...(q.trim().length > 1 && { q: q.trim() }) });
    const timer = setTimeout(() => {
      get(`/articles?${asks}`)
        .then((answer) => current && setState({ items: answer.items, error: null }))
        .catch((error) => current && setState((old) => ({ ...old, error })));
    }, q ? PAUSE_MS : 0);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [q, language, asked]);
  return { ...state, reload: () => setAsked(asked + 1) };
}

function useUnanswered(may) {
  const [state, setState] = useState({ items: [], error: null });
  const reload = () => may && get("/articles/unanswered").then((answer) => setState({ items: answer.items, error: null })).catch((error) => setState((old) => ({ ...old, error })));
  useEffect(() => {
    reload();
  }, []);
  return { ...state, reload };
}

function Search({ search, onSearch }) {
  return html`
    <search class="articles-search">
      <label class="field">${t("articles.search")}<input type="search" maxlength="300" value=${search.q} onInput=${(event) => onSearch({ ...search, q: event.target.value })} /></label>
      <label class="field">${t("articles.language")}
        <select value=${search.language} onChange=${(event) => onSearch({ ...search, language: event.target.value })}>${Object.keys(LANGUAGES).map((one) => html`<option key=${one} value=${one}>${word("language", one)}</option>`)}</select>
      </label>
    </search>
  `;
}

const Article = ({ article, may, onEdit, onTranslate }) => html`
  <li class="card">
    <header class="articles-head">
      <h2 lang=${article.language}><bdi>${article.questions[0]}</bdi></h2>
      ${may && html`<p class="article-acts">
        <button type="button" class="small" onClick=${() => onTranslate(article)}>${t("articles.translate")}<span class="unseen">: ${article.questions[0]}</span></button>
        <button type="button" class="small" onClick=${() => onEdit(article)}>${t("articles.edit")}<span class="unseen">: ${article.questions[0]}</span></button>
      </p>`}
    </header>
    ${article.answers && html`<p class="article-given"><${Icon} name="check" size=${14} /> ${t("articles.given")}</p>`}
    <p class="article-answer" lang=${article.language}><bdi>${article.answer}</bdi></p>
    ${article.questions.length > 1 && html`<details><summary>${count("articles.variants", article.questions.length - 1)}</summary><ul lang=${article.language}>${article.questions.slice(1).map((one) => html`<li key=${one}><bdi>${one}</bdi></li>`)}</ul></details>`}
    <p class=${`small ${article.stale ? "article-stale" : "faint"}`}>${article.stale && html`<${Icon} name="warning" size=${14} /> `}${t(article.stale ? "articles.stale" : "articles.review_by", { day: dayTitle(article.review_by) })} · ${t("articles.source_is", { source: article.source })}</p>
  </li>
`;

const Unanswered = ({ asked, onWrite }) => html`
  <section aria-labelledby="unanswered-title">
    <h2 id="unanswered-title">${t("articles.unanswered")}</h2>
    <${Problem} error=${asked.error} />
    ${asked.items.length === 0 && html`<p class="faint">${t("articles.all_answered")}</p>`}
    <ul class="unanswered">
      ${asked.items.map(
        (one) => html`
          <li key=${`${one.language}/${one.text}`}>
            <p><bdi lang=${one.language}>“${one.text}”</bdi> <span class="faint small">${word("language", one.language)} · ${count("articles.times", one.times)} · ${dateAndTime(one.last_at)}</span></p>
            <button type="button" class="small" onClick=${() => onWrite({ language: one.language, questions: [one.text] })}>${t("articles.answer_this")}<span class="unseen">: ${one.text}</span></button>
          </li>
        `,
      )}
    </ul>
  </section>
`;
