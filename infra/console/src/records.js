// The records that are taken for one person's: why, and how to take them apart.

import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { get, post, remove } from "./api.js";
import { Evidence } from "./evidence.js";
import { t, word } from "./i18n.js";
import { Icon } from "./icons.js";
import { Name, Problem } from "./parts.js";
import { ago } from "./said.js";

export function Records({ person, onChanged }) {
  const [why, setWhy] = useState(null);
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const path = `/patients/${encodeURIComponent(person.id)}`;
  const ids = person.records.map((one) => `${one.id}/${one.confirmed}`).join();
  useEffect(() => {
    get(`${path}/why`).then(setWhy).catch(setError);
  }, [ids]);

  const act = async (step, done) => {
    setBusy(true);
    setError(null);
    try {
      await step();
      announce(t(done));
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
    onChanged();
  };
  const confirm = (record) => act(() => post(`${path}/joins`, { record }), "records.confirmed");
  const part = (record) => act(() => remove(`${path}/joins/${encodeURIComponent(record)}`), "records.parted");
  if (!why) return error ? html`<${Problem} error=${error} />` : html`<p class="faint" role="status">${t("state.loading")}</p>`;
  return html`
    <ul class="person-records">
      ${why.records.map((one) => html`<${RecordOf} key=${one.record} one=${one} busy=${busy} onConfirm=${confirm} onPart=${part} />`)}
    </ul>
    <${Problem} error=${error} />
  `;
}

function RecordOf({ one: { record, name, joined, reached }, busy, onConfirm, onPart }) {
  return html`
    <li>
      <p><strong><${Name} of=${name} /></strong></p>
      ${reached.map((point) => html`<p key=${point.value} class="small"><bdi>${point.value}</bdi> <span class="faint">${point.by ? `${word("channel", point.by)}, ` : ""}${t("records.since", { age: ago(point.since) })}</span></p>`)}
      ${joined &&
      html`
        <p class=${`small ${joined.confirmed ? "faint" : "stale"}`}>
          <${Icon} name=${joined.confirmed ? "check" : "warning"} size=${13} /> ${said(joined)}
        </p>
        ${joined.evidence.length > 0 && html`<details class="small"><summary>${t("records.why")}</summary><${Evidence} evidence=${joined.evidence} /></details>`}
        <p class="record-acts">
          ${!joined.confirmed && html`<button type="button" class="small" disabled=${busy} onClick=${() => onConfirm(record)}>${t("review.confirm")}<span class="unseen">: ${name}</span></button>`}
          <button type="button" class="small" disabled=${busy} onClick=${() => onPart(record)}>${t("review.apart")}<span class="unseen">: ${name}</span></button>
        </p>
      `}
    </li>
  `;
}

function said({ by, confirmed, at }) {
  if (by === "recado") return t(confirmed ? "records.by_recado_confirmed" : "records.by_recado", { age: ago(at) });
  return t("records.by_desk", { age: ago(at) });
}
