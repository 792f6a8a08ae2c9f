// Pairs of records, one after the other: is this the same person? By keyboard, and a decision can be taken back.

import { html, useLayoutEffect, useRef, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { count, number, t, word } from "./i18n.js";
import { Icon } from "./icons.js";
import { ready } from "./identity.js";
import { Dialog, Problem } from "./parts.js";
import { Pair, plainTitle, titleOf } from "./reviewpair.js";
import { useReviews } from "./reviewing.js";
import { ago } from "./said.js";

export { ready };

const TABS = ["open", "joined"];
const KEYS = [
  ["J", "next"],
  ["K", "previous"],
  ["S", "same"],
  ["D", "different"],
  ["U", "undo"],
  ["?", "help"],
];

export function Reviews({ me }) {
  const [tab, setTab] = useState("open");
  const reviews = useReviews(tab);
  const { current, items, place, go } = reviews;
  const [help, setHelp] = useState(false);
  const pane = useRef(null);
  const shown = useRef(null);

  useLayoutEffect(() => {
    if (!current || shown.current === current.id) return;
    shown.current = current.id;
    // The keys work where the focus is: it goes along, unless somebody walks through the list.
    if (!document.activeElement?.closest(".review-list, .review-tabs")) pane.current?.focus();
    pane.current?.scrollTo(0, 0);
    document.querySelector(".review-list [aria-current]")?.scrollIntoView({ block: "nearest" });
  }, [current?.id]);

  const decide = (decision) => {
    if (!current) return;
    const next = reviews.decide(decision);
    announce(`${t(`review.done_${decision}`)} ${next ? t("review.next_is", { pair: plainTitle(next) }) : t("review.none_left")}`);
    pane.current?.focus();
  };
  const undo = async () => {
    const back = await reviews.undo();
    announce(back ? t("review.back", { pair: plainTitle(back) }) : t("review.nothing_to_undo"));
    pane.current?.focus();
  };
  const doing = { next: () => go(1), previous: () => go(-1), same: () => decide("same"), different: () => decide("different"), undo, help: () => setHelp(true) };
  const onKey = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, dialog")) return;
    const name = ARROWS[event.key] ?? KEYS.find(([key]) => key === event.key.toUpperCase())?.[1];
    if (!name || (event.target.closest("[role=tablist]") && event.key in ARROWS)) return;
    event.preventDefault();
    doing[name]();
  };
  return html`
    <main class="reviews" id="main" tabindex="-1" onKeyDown=${onKey}>
      <header class="reviews-head">
        <h1>${t("review.title")}</h1>
        <${Tabs} tab=${tab} onTab=${setTab} />
        <div class="spring"></div>
        ${LEADS.has(me.role) && html`<a class="button" href="#/import"><${Icon} name="file" size=${16} /> ${t("import.title")}</a>`}
        <button type="button" class="quiet" onClick=${() => setHelp(true)}><kbd aria-hidden="true">?</kbd> ${t("review.help")}</button>
      </header>
      <${List} reviews=${reviews} tab=${tab} />
      <section class="review-pane" ref=${pane} tabindex="0" role="tabpanel" aria-labelledby=${`review-tab-${tab}`}>
        <${Problem} error=${reviews.error} />
        ${reviews.status === "loading" && html`<p class="faint center pad" role="status">${t("state.loading")}</p>`}
        ${reviews.status === "ready" && !current && html`<${Empty} tab=${tab} />`}
        ${current &&
        html`
          <article key=${current.id} class="review" aria-labelledby="review-title">
            <header>
              <h2 id="review-title">${titleOf(current)}</h2>
              <p class="faint review-place">${t("review.place", { n: number(place + 1), of: number(items.length) })}</p>
            </header>
            <${Pair} review=${current} />
          </article>
        `}
      </section>
      <${Acts} tab=${tab} review=${current} doing=${doing} canUndo=${reviews.canUndo} alone=${items.length < 2} />
      ${help && html`<${Help} onClose=${() => setHelp(false)} />`}
    </main>
  `;
}

const LEADS = new Set(["supervisor", "admin"]);
const ARROWS = { ArrowRight: "next", ArrowLeft: "previous" };

function Tabs({ tab, onTab }) {
  const walk = (event) => {
    if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
    const other = TABS.find((name) => name !== tab);
    onTab(other);
    document.getElementById(`review-tab-${other}`).focus();
  };
  return html`
    <div class="review-tabs" role="tablist" aria-label=${t("review.which")} onKeyDown=${walk}>
      ${TABS.map(
        (name) => html`
          <button key=${name} id=${`review-tab-${name}`} type="button" role="tab" aria-selected=${name === tab} tabindex=${name === tab ? 0 : -1} onClick=${() => onTab(name)}>
            ${t(`review.tab_${name}`)}
          </button>
        `,
      )}
    </div>
  `;
}

function List({ reviews: { items, current, select, partial }, tab }) {
  const walk = (event) => {
    const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    const to = step && event.target.closest("li")?.[step]?.querySelector("button");
    if (!to) return;
    event.preventDefault();
    to.focus();
    to.click();
  };
  return html`
    <nav class="review-list" aria-label=${t("review.list")}>
      <p class="faint small pad">${count("review.count", items.length)}</p>
      <ol onKeyDown=${walk}>
        ${items.map(
          (one) => html`
            <li key=${one.id}>
              <button type="button" class="quiet" aria-current=${one.id === current?.id ? "true" : null} onClick=${() => select(one.id)}>
                <span class="review-names">${titleOf(one)}</span>
                <small class="faint">${tab === "open" ? word("review_short", one.reason) : t("review.joined_short")} · ${ago(one.raised_at)}</small>
              </button>
            </li>
          `,
        )}
      </ol>
      ${partial && html`<p class="faint small pad">${t("list.partial", { n: number(items.length) })}</p>`}
    </nav>
  `;
}

const Empty = ({ tab }) => html`
  <div class="empty">
    <${Icon} name="check" size=${40} />
    <p class="lead">${t(`review.empty_${tab}`)}</p>
    <p class="faint">${t("review.empty_note")}</p>
  </div>
`;

function Acts({ tab, review, doing, canUndo, alone }) {
  const confirming = tab === "joined";
  return html`
    <footer class="review-acts" aria-label=${t("review.acts")} role="group">
      <button type="button" class="quiet round" aria-label=${t("review.previous")} aria-keyshortcuts="K" disabled=${alone} onClick=${doing.previous}><${Icon} name="back" /></button>
      <button type="button" class="quiet round onward" aria-label=${t("review.next")} aria-keyshortcuts="J" disabled=${alone} onClick=${doing.next}><${Icon} name="back" /></button>
      <div class="spring"></div>
      <button type="button" class="quiet" aria-keyshortcuts="U" disabled=${!canUndo} onClick=${doing.undo}>${t("review.undo")} <kbd aria-hidden="true">U</kbd></button>
      <button type="button" aria-keyshortcuts="D" disabled=${!review} onClick=${doing.different}>${t(confirming ? "review.apart" : "review.different")} <kbd aria-hidden="true">D</kbd></button>
      <button type="button" class="primary" aria-keyshortcuts="S" disabled=${!review} onClick=${doing.same}>${t(confirming ? "review.confirm" : "review.same")} <kbd aria-hidden="true">S</kbd></button>
    </footer>
  `;
}

const Help = ({ onClose }) => html`
  <${Dialog} title=${t("review.help")} onClose=${onClose}>
    <dl class="review-keys">
      ${KEYS.map(([key, name]) => html`<div key=${key}><dt><kbd>${key}</kbd></dt><dd>${t(`review.key_${name}`)}</dd></div>`)}
    </dl>
    <p class="faint">${t("review.help_note")}</p>
  <//>
`;
