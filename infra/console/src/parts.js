// Small pieces that every part of the page uses.

import { html, useEffect, useRef, useState } from "../vendor/htm-preact.js";
import { currentLanguage, t, word } from "./i18n.js";
import { Icon } from "./icons.js";

/** What went wrong, in the reader's language where we know the code, else in the server's words. */
export function errorText(error) {
  const known = `error.${error.code}`;
  const ours = t(known);
  if (ours !== known) return error.field ? `${ours} (${word("field", error.field)})` : ours;
  if (error.status >= 500) return t("error.unavailable");
  return error.message || t("error.unknown");
}

export const Problem = ({ error }) =>
  error ? html`<p class="problem" role="alert"><${Icon} name="warning" size=${16} /> ${errorText(error)}</p>` : null;

/** A name as its owner writes it, kept apart from the direction of the text around it. */
export const Name = ({ of, fallback }) => html`<bdi>${of || fallback || t("contact.unnamed")}</bdi>`;

const TONES = 6;

export function Avatar({ id, name, channel }) {
  const tone = [...String(id ?? "")].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 997, 7) % TONES;
  return html`
    <span class="avatar tone-${tone}" aria-hidden="true">
      ${name ? initials(name) : html`<${Icon} name="person" />`}
      ${channel && html`<span class="badge badge-${channel}"><${Icon} name=${channel} size=${13} /></span>`}
    </span>
  `;
}

function initials(name) {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words[words.length - 1] : ""].map((w) => [...w][0] ?? "");
  return letters.join("").toLocaleUpperCase(currentLanguage());
}

/** A part of the page that is fetched when it is first wanted; until then nothing. */
export function usePart(wanted, load) {
  const [part, setPart] = useState(null);
  useEffect(() => {
    if (wanted && !part) load().then((loaded) => setPart(() => loaded));
  }, [wanted]);
  return part;
}

/** A modal <dialog>: the browser keeps the focus inside and gives it back; Escape closes. */
export function Dialog({ title, onClose, children }) {
  const element = useRef(null);
  useEffect(() => {
    const dialog = element.current;
    const opener = document.activeElement;
    dialog.showModal();
    return () => {
      dialog.close();
      if (opener?.isConnected) opener.focus();
    };
  }, []);
  const cancel = (event) => {
    event.preventDefault();
    onClose();
  };
  return html`
    <dialog ref=${element} class="dialog" aria-labelledby="dialog-title" onCancel=${cancel}>
      <header>
        <h2 id="dialog-title">${title}</h2>
        <button type="button" class="quiet round" aria-label=${t("action.cancel")} onClick=${onClose}>
          <${Icon} name="close" />
        </button>
      </header>
      ${children}
    </dialog>
  `;
}
