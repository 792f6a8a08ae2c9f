// Who waits for a time, in the order in which they are asked, what they are offered now, and how the clinic offers.

import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { get, remove } from "./api.js";
import { Ask } from "./dialogs.js";
import { count, learn, number, t } from "./i18n.js";
import { Icon } from "./icons.js";
import { style } from "./looks.js";
import { Problem } from "./parts.js";
import { usePolling } from "./polling.js";
import { ready as setup, SetupNav } from "./setupnav.js";
import { Entry, pathOf } from "./waitingentry.js";
import { JoinDialog, PriorityDialog } from "./waitingforms.js";
import { OfferDialog } from "./waitingoffer.js";
import { Offering } from "./waitingsettings.js";

export const ready = Promise.all([learn("waiting"), learn("attempts"), style("styles/waiting.css"), setup]);

const EVERY_MS = 15_000;

export function Waiting({ me }) {
  const [type, setType] = useState("");
  const { practice, error: unknown } = usePractice();
  const { items, error, refresh } = useWaiting();
  const [dialog, setDialog] = useState(null);
  const close = () => setDialog(null);
  const done = (said) => {
    announce(said);
    close();
    refresh();
  };
  const asked = { practice, entry: dialog?.entry, type, onDone: done, onClose: close };
  return html`
    <main class="setup-page waiting" id="main" tabindex="-1">
      <div class="setup-column">
        <${SetupNav} me=${me} view="waiting" />
        <header class="setup-head">
          <div><h1>${t("waiting.title")}</h1><p class="faint">${t("waiting.lead")}</p></div>
          ${practice && html`<button type="button" class="primary" disabled=${practice.types.length === 0} onClick=${() => setDialog({ name: "join" })}><${Icon} name="plus" size=${16} /> ${t("waiting.add")}</button>`}
        </header>
        <${Problem} error=${unknown ?? error} />
        ${practice?.types.length === 0 && html`<p class="faint">${t("waiting.no_types")} <a href="#/schedules">${t("setup.schedules")}</a></p>`}
        ${practice && items ? html`<${Line} items=${items} practice=${practice} type=${type} onType=${setType} onAsk=${(name, entry) => setDialog({ name, entry })} />` : !error && html`<p role="status">${t("state.loading")}</p>`}
        <${Offering} me=${me} />
      </div>
    </main>
    ${dialog?.name === "join" && html`<${JoinDialog} ...${asked} />`}
    ${dialog?.name === "priority" && html`<${PriorityDialog} ...${asked} />`}
    ${dialog?.name === "offer" && html`<${OfferDialog} ...${asked} />`}
    ${dialog?.name === "leave" && html`<${LeaveDialog} ...${asked} />`}
  `;
}

function usePractice() {
  const [state, setState] = useState({ practice: null, error: null });
  useEffect(() => {
    Promise.all(["/practitioners", "/appointment-types"].map((path) => get(path)))
      .then(([practitioners, types]) => setState({ practice: { practitioners: practitioners.items, types: types.items.filter((one) => one.active) }, error: null }))
      .catch((error) => setState({ practice: null, error }));
  }, []);
  return state;
}

/** The list, as it changes; what somebody is offered just now is asked for by itself. */
function useWaiting() {
  const [state, setState] = useState({ items: null, error: null });
  const refresh = usePolling(async (isCurrent) => {
    try {
      const { items } = await get("/waiting-list");
      const whole = await Promise.all(items.map((one) => (one.state === "offered" ? get(pathOf(one)) : one)));
      if (isCurrent()) setState({ items: whole, error: null });
    } catch (error) {
      if (isCurrent()) setState((old) => ({ ...old, error }));
      throw error;
    }
  }, [], EVERY_MS);
  return { ...state, refresh };
}

function Line({ items, practice, type, onType, onAsk }) {
  const shown = items.filter((one) => !type || one.type_id === type);
  const types = practice.types.filter((one) => items.some((entry) => entry.type_id === one.id));
  return html`
    ${types.length > 1 &&
    html`
      <p class="waiting-filter">
        <label>${t("waiting.for")} <select value=${type} onChange=${(event) => onType(event.target.value)}>
          <option value="">${t("waiting.all_types")}</option>
          ${types.map((one) => html`<option key=${one.id} value=${one.id}>${one.name}</option>`)}
        </select></label>
        <span class="faint" role="status">${count("waiting.count", shown.length)}</span>
      </p>
    `}
    ${items.length === 0 && html`<div class="empty"><${Icon} name="check" size=${32} /><p>${t("waiting.nobody")}</p></div>`}
    <ol class="setup-list">
      ${shown.map((one, place) => html`<${Entry} key=${one.id} entry=${one} place=${number(place + 1)} practice=${practice} onAsk=${onAsk} />`)}
    </ol>
  `;
}

function LeaveDialog({ entry, onDone, onClose }) {
  const [busy, setBusy] = useState(false);
  const name = entry.patient_name || t("contact.unnamed");
  const submit = async () => {
    setBusy(true);
    try {
      await remove(pathOf(entry));
      onDone(t("waiting.left", { name }));
      return null;
    } catch (error) {
      setBusy(false);
      return error;
    }
  };
  return html`
    <${Ask} title=${t("waiting.leave")} action=${t("waiting.leave")} busy=${busy} ready=${true} onSubmit=${submit} onClose=${onClose}>
      <p>${t(entry.state === "offered" ? "waiting.leave_offered" : "waiting.leave_sure", { name })}</p>
    <//>
  `;
}
