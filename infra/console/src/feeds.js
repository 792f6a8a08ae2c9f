// A practitioner's visits in a calendar program: an address that is shown once, replaced, ended.

import { html, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { post, remove } from "./api.js";
import { t } from "./i18n.js";
import { Dialog, Problem } from "./parts.js";

export function FeedDialog({ practitioner, onClose }) {
  const [url, setUrl] = useState(null);
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const path = `/practitioners/${encodeURIComponent(practitioner.id)}/calendar`;
  const run = async (act, said) => {
    setBusy(true);
    setError(null);
    try {
      setUrl((await act()).url);
      announce(t(said));
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
  };
  return html`
    <${Dialog} title=${html`${t("feed.title")}: <bdi>${practitioner.name}</bdi>`} onClose=${onClose}>
      <div class="feed">
        <p>${t(url ? "feed.once" : "feed.lead")}</p>
        ${url && html`<p><${Address} url=${url} /></p>`}
        <${Problem} error=${error} />
        <footer>
          <button type="button" class="danger" disabled=${busy} onClick=${() => run(() => remove(path), "feed.ended")}>${t("feed.end")}</button>
          ${url ? html`<button type="button" class="primary" onClick=${onClose}>${t("feed.kept")}</button>` : html`<button type="button" class="primary" autofocus disabled=${busy} onClick=${() => run(() => post(path), "feed.made")}>${t("feed.make")}</button>`}
        </footer>
      </div>
    <//>
  `;
}

const Address = ({ url }) => html`<input class="secret" readonly aria-label=${t("feed.address")} value=${url} onFocus=${(event) => event.target.select()} />`;
