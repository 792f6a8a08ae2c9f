// The agenda itself: times down, practitioners or days across; one tab stop, and arrow keys from time to time.

import { html, useEffect, useRef, useState } from "../vendor/htm-preact.js";
import { neighbour, rowsOf, standingOf } from "./agendalayout.js";
import { mayMiss } from "./agendarisks.js";
import { minutesInto, wallTime } from "./calendar.js";
import { t, word } from "./i18n.js";
import { Icon } from "./icons.js";
import { Name } from "./parts.js";
import { clinicZone } from "./time.js";

export const MARKS = { booked: "clock", confirmed: "check", declined: "close", arrived: "person", fulfilled: "check", noshow: "warning", cancelled: "close" };

export function Board({ columns, risks, loading, titleOf, onTitle, onOpen, onStep }) {
  const board = useRef(null);
  const rows = rowsOf(columns);
  const [current, setCurrent] = useTabStop(columns);
  useFocusKept(board, columns);

  const onKey = (event) => {
    const step = { PageUp: -1, PageDown: 1 }[event.key];
    const next = neighbour(columns, current, event.key);
    if (!step && !next) return;
    event.preventDefault();
    if (step) return onStep(step);
    setCurrent(next);
    board.current.querySelector(`[data-key="${CSS.escape(next)}"]`).focus();
  };
  return html`
    <div class="agenda-scroll">
      <div class="agenda-board" ref=${board} role="group" aria-label=${t("agenda.title")} aria-describedby="agenda-keys" onKeyDown=${onKey} style=${sizes(columns, rows)}>
        <ul class="agenda-times" aria-hidden="true">${rows.slice(0, -1).map((from, row) => html`<li key=${from} style=${{ gridRow: String(row + 2) }}>${wallTime(from)}</li>`)}</ul>
        ${columns.map(
          (one) => html`
            <${Column} key=${one.id} column=${one} risks=${risks} loading=${loading} title=${titleOf(one)} rows=${rows} current=${current}
              onTitle=${onTitle} onOpen=${onOpen} onFocus=${setCurrent} />
          `,
        )}
      </div>
    </div>
  `;
}

const sizes = (columns, rows) => ({
  gridTemplateColumns: `3.4rem ${columns.map((one) => `minmax(${6.5 * one.lanes}rem, ${one.lanes}fr)`).join(" ")}`,
  gridTemplateRows: `auto repeat(${Math.max(1, rows.length - 1)}, minmax(30px, auto))`,
});

/** The key of the one item that Tab comes to: where the person was last, else the first that has not passed. */
function useTabStop(columns) {
  const [chosen, setChosen] = useState(null);
  const items = columns.flatMap((one) => one.items);
  const now = new Date().toISOString();
  const fallback = items.find((one) => one.at >= now) ?? items[0];
  return [items.some((one) => one.key === chosen) ? chosen : fallback?.key, setChosen];
}

/** Whose time has gone, by paging to another day or because somebody took it, stays in the board. */
function useFocusKept(board, columns) {
  const inside = useRef(false);
  useEffect(() => {
    const note = (event) => {
      inside.current = board.current?.contains(event.target) ?? false;
    };
    document.addEventListener("focusin", note);
    return () => document.removeEventListener("focusin", note);
  }, []);
  useEffect(() => {
    if (inside.current && document.activeElement === document.body) board.current.querySelector("[data-key][tabindex='0']")?.focus({ preventScroll: true });
  }, [columns]);
}

function Column({ column, risks, loading, title, rows, current, onTitle, onOpen, onFocus }) {
  return html`
    <section class="agenda-column" aria-label=${title}>
      <h3><button type="button" class="quiet" onClick=${() => onTitle(column)}><bdi>${title}</bdi></button>
        ${column.zone && column.zone !== clinicZone() && html`<small class="faint">${t("agenda.zone", { zone: column.zone.replaceAll("_", " ") })}</small>`}</h3>
      ${column.items.length === 0 && !loading && html`<p class="faint small agenda-nothing">${t("agenda.nothing")}</p>`}
      <ol style=${{ gridTemplateColumns: `repeat(${column.lanes}, minmax(0, 1fr))` }}>
        ${column.items.map(
          (one) => html`
            <li key=${one.key} style=${placeOf(one, rows)}>
              <${Cell} item=${one} risks=${risks} tabbed=${one.key === current} onOpen=${onOpen} onFocus=${onFocus} />
            </li>
          `,
        )}
      </ol>
    </section>
  `;
}

const placeOf = (item, rows) => ({
  gridRow: `${rows.indexOf(item.from) + 1} / ${rows.indexOf(item.until) + 1}`,
  gridColumn: item.lane === null ? "1 / -1" : String(item.lane + 1),
});

function Cell({ item, risks, tabbed, onOpen, onFocus }) {
  const shared = { type: "button", "data-key": item.key, tabIndex: tabbed ? 0 : -1, onClick: () => onOpen(item), onFocus: () => onFocus(item.key) };
  if (item.slot) return html`<button class="agenda-slot" ...${shared}><span class="agenda-time">${wallTime(item.from)}</span> ${t("agenda.free")}</button>`;
  const { visit } = item;
  const standing = standingOf(visit);
  return html`
    <button class=${`agenda-visit ${standing}`} ...${shared}>
      <span class="agenda-who"><span class="agenda-time">${wallTime(minutesInto(visit.local_start))}</span> <${Name} of=${visit.patient_name} /></span>
      <span class="agenda-state"><${Icon} name=${MARKS[standing]} size=${13} /> ${word("visit_state", standing)}</span>
      ${mayMiss(visit, risks) && html`<span class="agenda-risk"><${Icon} name="warning" size=${13} /> ${t("risks.may_miss")}</span>`}
      <span class="agenda-type"><bdi>${visit.type}</bdi></span>
    </button>
  `;
}
