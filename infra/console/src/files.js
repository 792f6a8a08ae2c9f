// Files of a message: pictures and voice notes in their place, all else to download; what is missing says why.

import { html, useEffect, useRef, useState } from "../vendor/htm-preact.js";
import { get } from "./api.js";
import { number, t, word } from "./i18n.js";
import { Icon } from "./icons.js";

const EARLY_MS = 30_000;
const found = new Map();

/** Where a file is, for some minutes; asked for again shortly before these are over. */
async function address(contact, item, place) {
  const path = `/contacts/${encodeURIComponent(contact)}/media/${encodeURIComponent(item)}/${place}`;
  const known = found.get(path);
  if (known && Date.parse(known.expires_at) - Date.now() > EARLY_MS) return known;
  const fresh = await get(path);
  found.set(path, fresh);
  return fresh;
}

export const isFile = (attachment) => attachment.state !== "none";

export function Files({ item, contact }) {
  const files = (item.attachments ?? []).map((file, place) => ({ file, place })).filter(({ file }) => isFile(file));
  return files.map(({ file, place }) => html`<${OneFile} key=${place} file=${file} place=${place} item=${item} contact=${contact} />`);
}

function OneFile(props) {
  const { file } = props;
  if (file.state === "waiting") return html`<p class="attachment faint"><${Icon} name="clock" size=${18} /> ${word("kind", file.kind)}: ${t("file.waiting")}</p>`;
  if (file.state === "refused") return html`<p class="attachment"><${Icon} name="warning" size=${18} /> ${word("kind", file.kind)}: ${word("file_error", file.error)}</p>`;
  if (PICTURES.test(file.mime)) return html`<${Picture} ...${props} />`;
  if (SOUNDS.test(file.mime)) return html`<${Sound} ...${props} />`;
  return html`<${Download} ...${props} />`;
}

// As the server's own list (rules/files.py): kinds in which nothing can run.
const PICTURES = /^image\/(png|jpeg|gif|webp)$/;
const SOUNDS = /^audio\//;

const described = (file, item, contact, mine, theirs) =>
  file.description || (item.direction === "inbound" ? t(theirs, { name: contact.patient_name ?? t("contact.unnamed") }) : t(mine));

function Picture({ file, place, item, contact }) {
  const [frame, url, failed] = useAddress(contact.id, item.id, place);
  const alt = described(file, item, contact, "file.photo_ours", "file.photo");
  if (failed) return html`<p class="attachment"><${Icon} name="warning" size=${18} /> ${alt}: ${t("file.failed")}</p>`;
  return html`
    <figure class="picture" ref=${frame}>
      ${url ? html`<a href=${url} target="_blank" rel="noreferrer"><img src=${url} alt=${alt} loading="lazy" /></a>` : html`<span class="faint">${alt}</span>`}
      ${file.description && html`<figcaption aria-hidden="true">${file.description}</figcaption>`}
    </figure>
  `;
}

function Sound({ file, place, item, contact }) {
  const [frame, url, failed] = useAddress(contact.id, item.id, place);
  const label = described(file, item, contact, "file.audio_ours", "file.audio");
  if (failed) return html`<p class="attachment"><${Icon} name="warning" size=${18} /> ${label}: ${t("file.failed")}</p>`;
  return html`<div class="sound" ref=${frame}>${url ? html`<audio controls preload="none" src=${url} aria-label=${label}></audio>` : html`<span class="faint">${label}</span>`}</div>`;
}

function Download({ file, place, item, contact }) {
  const [failed, setFailed] = useState(false);
  const name = file.name || file.description || word("kind", file.kind);
  const download = async () => {
    setFailed(false);
    try {
      location.assign((await address(contact.id, item.id, place)).url);
    } catch {
      setFailed(true);
    }
  };
  const large = file.size > 0 && size(file.size);
  return html`
    <p class="attachment">
      <button type="button" class="file-chip" onClick=${download} aria-label=${[t("file.download", { name }), large].filter(Boolean).join(" ")}>
        <${Icon} name="file" size=${18} /> <bdi>${name}</bdi>${large && html` <small class="faint">${large}</small>`}
      </button>
      ${failed && html`<span role="alert">${t("file.failed")}</span>`}
    </p>
  `;
}

const size = (bytes) => (bytes < 1_000_000 ? `${number(Math.ceil(bytes / 1000))} kB` : `${number(Math.round(bytes / 100_000) / 10)} MB`);

/** The address of a file once its place on the page is nearly seen. */
function useAddress(contact, item, place) {
  const frame = useRef(null);
  const [url, setUrl] = useState(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let current = true;
    const watcher = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        watcher.disconnect();
        address(contact, item, place).then(
          (shown) => current && setUrl(shown.url),
          () => current && setFailed(true),
        );
      },
      { rootMargin: "300px" },
    );
    watcher.observe(frame.current);
    return () => {
      current = false;
      watcher.disconnect();
    };
  }, [contact, item, place]);
  return [frame, url, failed];
}
