// A file to send with a reply: chosen, described for who cannot see it, kept by the server, then sent.

import { html, useRef } from "../vendor/htm-preact.js";
import { newKey, post } from "./api.js";
import { t } from "./i18n.js";
import { Icon } from "./icons.js";

const ACCEPTED = "image/png,image/jpeg,application/pdf,audio/mpeg,audio/ogg,audio/mp4,audio/aac,video/mp4";
export const MOST_BYTES = 4_000_000;

export function AttachButton({ onChosen }) {
  const input = useRef(null);
  const chosen = (event) => {
    const [file] = event.target.files;
    if (file) onChosen({ file, key: newKey(), description: "", problem: file.size > MOST_BYTES ? t("composer.too_big") : "" });
    event.target.value = "";
  };
  return html`
    <input ref=${input} type="file" class="unseen" tabindex="-1" aria-hidden="true" accept=${ACCEPTED} onChange=${chosen} />
    <button type="button" class="quiet round attach" aria-label=${t("composer.attach")} title=${t("composer.attach")} onClick=${() => input.current.click()}><${Icon} name="attach" /></button>
  `;
}

export function Chosen({ chosen, onChange }) {
  const describe = (event) => onChange({ ...chosen, description: event.target.value, problem: "" });
  return html`
    <div class="chosen-file">
      <p><${Icon} name="file" size=${16} /> <bdi>${chosen.file.name}</bdi>
        <button type="button" class="quiet round" aria-label=${t("composer.remove_file", { name: chosen.file.name })} onClick=${() => onChange(null)}><${Icon} name="close" size=${16} /></button></p>
      <label class="field">${t("composer.describe")}
        <input value=${chosen.description} maxlength="300" required aria-invalid=${Boolean(chosen.problem)} aria-describedby=${chosen.problem ? "file-problem" : undefined} onInput=${describe} />
      </label>
      ${chosen.problem && html`<p class="problem" role="alert" id="file-problem"><${Icon} name="warning" size=${16} /> ${chosen.problem}</p>`}
    </div>
  `;
}

/** Gives the chosen file to the server; its id there. Asked again, it is the same one. */
export async function keepFile(contact, { file, description, key }) {
  const body = { name: file.name.slice(-120), description: description.trim(), data: await base64(file) };
  return (await post(`/contacts/${encodeURIComponent(contact)}/media`, body, key)).id;
}

const base64 = (file) =>
  new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(file);
  });
