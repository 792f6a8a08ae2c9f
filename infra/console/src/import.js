// Patients and visits from another system: a file is handed in, and what became of each of its rows is told.

import { html, useCallback, useEffect, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { get } from "./api.js";
import { number, t, word } from "./i18n.js";
import { Icon } from "./icons.js";
import { ready as identity } from "./identity.js";
import { ACCEPTED, hand, isOver, useImport } from "./importing.js";
import { Rows } from "./importrows.js";
import { Problem } from "./parts.js";
import { ago } from "./said.js";
import { ready as setup, SetupNav } from "./setupnav.js";
import { VisitExport } from "./visitexport.js";

export const ready = Promise.all([identity, setup]);

const KINDS = ["patients", "visits"];
const DECISIONS = ["new", "same", "review", "updated", "unchanged", "failed"];
/** What somebody has to look at. */
const WAITING = new Set(["review", "failed"]);

export function Import({ me }) {
  const [earlier, setEarlier] = useState([]);
  const [shown, setShown] = useState(null);
  const [error, setError] = useState(null);
  const list = useCallback(() => get("/patients/imports").then((answer) => setEarlier(answer.items)).catch(setError), []);
  useEffect(() => {
    list();
  }, [shown]);
  const handed = (made) => {
    setShown(made.id);
    announce(t("import.handed"));
  };
  return html`
    <main class="numbers import" id="main" tabindex="-1">
      <div class="numbers-column">
        <${SetupNav} me=${me} view="import" />
        <h1>${t("import.title")}</h1>
        <p class="faint">${t(me.role === "admin" ? "import.lead" : "import.read_only")}</p>
        ${me.role === "admin" && html`<${HandIn} sources=${earlier.map((one) => one.source)} onHanded=${handed} />`}
        <${Problem} error=${error} />
        ${shown && html`<${Progress} key=${shown} id=${shown} onOver=${list} />`}
        <${VisitExport} />
        ${earlier.length > 0 && html`<${Earlier} imports=${earlier} shown=${shown} onShow=${setShown} />`}
      </div>
    </main>
  `;
}

function HandIn({ sources, onHanded }) {
  const [file, setFile] = useState(null);
  const [source, setSource] = useState("");
  const [kind, setKind] = useState("patients");
  const [sent, setSent] = useState(null);
  const [error, setError] = useState(null);
  const submit = async (event) => {
    event.preventDefault();
    const form = event.currentTarget;
    setError(null);
    setSent(0);
    try {
      onHanded(await hand(file, source, setSent, kind));
      form.reset();
      setFile(null);
    } catch (failure) {
      setError(failure);
    }
    setSent(null);
  };
  return html`
    <form class="card hand-in" onSubmit=${submit}>
      <label class="field">${t("import.kind")}
        <select value=${kind} onChange=${(event) => setKind(event.target.value)}>${KINDS.map((one) => html`<option key=${one} value=${one}>${word("import_kind", one)}</option>`)}</select>
      </label>
      <label class="field">${t("import.file")}<input type="file" required accept=${kind === "visits" ? ".csv" : ACCEPTED} onChange=${(event) => setFile(event.target.files[0] ?? null)} /></label>
      <label class="field"><span>${t("import.source")}: <small>${t("import.source_note")}</small></span>
        <input required list="sources" pattern="[a-z0-9][a-z0-9._\\-]{0,39}" autocomplete="off" autocapitalize="none" value=${source} onInput=${(event) => setSource(event.target.value)} />
      </label>
      ${kind === "visits" && html`<p class="faint small">${t("import.visits_note")}</p>`}
      <datalist id="sources">${[...new Set(sources)].map((one) => html`<option key=${one} value=${one}></option>`)}</datalist>
      <${Problem} error=${error} />
      ${sent !== null && html`<progress aria-label=${t("import.sending")} max="1" value=${sent}></progress>`}
      <button class="primary" disabled=${!file || sent !== null}><${Icon} name="file" size=${16} /> ${sent === null ? t("import.hand_in") : t("import.sending")}</button>
    </form>
  `;
}

function Progress({ id, onOver }) {
  const { known, error } = useImport(id);
  const over = known && isOver(known);
  useEffect(() => {
    if (!over) return;
    announce(word("import_state", known.state));
    onOver();
  }, [over]);
  if (!known) return html`<section class="card"><${Problem} error=${error} /><p role="status">${t("state.loading")}</p></section>`;
  return html`
    <section class="card" aria-labelledby="import">
      <header class="import-head">
        <h2 id="import"><bdi>${known.name || known.source}</bdi></h2>
        <span class=${known.state === "failed" ? "why" : "faint"}>${word("import_state", known.state)}</span>
      </header>
      <${Problem} error=${error} />
      ${!over && html`<progress aria-label=${t("import.progress")} max=${known.size || 1} value=${known.read}></progress>`}
      ${known.problem && html`<p class="why"><${Icon} name="warning" size=${16} /> ${known.problem}</p>`}
      <${Counts} known=${known} />
      ${over && known.rows > 0 && html`<${Rows} known=${known} />`}
    </section>
  `;
}

const Counts = ({ known }) => html`
  <dl class="import-counts">
    <div><dt>${t("import.rows")}</dt><dd>${number(known.rows)}</dd></div>
    ${DECISIONS.filter((name) => known.counts[name]).map((name) => html`<div key=${name} class=${WAITING.has(name) ? "warn" : ""}><dt>${word("import_decision", name)}</dt><dd>${number(known.counts[name])}</dd></div>`)}
  </dl>
`;

const Earlier = ({ imports, shown, onShow }) => html`
  <section class="card" aria-labelledby="earlier">
    <h2 id="earlier">${t("import.earlier")}</h2>
    <ul class="imports">
      ${imports.map(
        (one) => html`
          <li key=${one.id}>
            <button type="button" class="quiet" aria-current=${one.id === shown ? "true" : null} onClick=${() => onShow(one.id)}><bdi>${one.name || one.source}</bdi></button>
            <small class="faint">${one.kind && `${word("import_kind", one.kind)} · `}${word("import_state", one.state)} · ${t("import.rows")}: ${number(one.rows)} · ${ago(one.created_at)}</small>
          </li>
        `,
      )}
    </ul>
  </section>
`;
