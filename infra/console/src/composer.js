// The reply box. Enter sends, Shift+Enter begins a line; the draft of each contact is kept until it is sent.

import { html, useEffect, useLayoutEffect, useRef, useState } from "../vendor/htm-preact.js";
import { AttachButton, Chosen, keepFile, MOST_BYTES } from "./attach.js";
import { number, parts, t, word } from "./i18n.js";
import { Icon } from "./icons.js";
import { AnotherWay, FreeUntil, InsteadOfText, useOptions } from "./options.js";
import { errorText } from "./parts.js";
import { drop, keep, kept } from "./session.js";
import { send } from "./replies.js";

const LONGEST = 4096;
const TALLEST_PX = 180;

const draftName = (contact) => `draft.${contact}`;
let onRestored = () => {};

/** Puts a text back into the box of a contact, before whatever has been typed there since. */
export function restoreDraft(contact, text) {
  const typed = kept(draftName(contact), "");
  keep(draftName(contact), typed ? `${text}\n${typed}` : text);
  onRestored(contact);
}

export function Composer({ me, contact }) {
  if (contact.state === "closed") return html`<${Closed} contact=${contact} />`;
  if (!me.agent) return html`<p class="composer closed-note faint">${t("composer.no_agent")}</p>`;
  return html`<${Allowed} me=${me} contact=${contact} />`;
}

function Allowed({ me, contact }) {
  const options = useOptions(contact);
  if (options?.why_not === "spoken") return html`<p class="composer closed-note faint">${t("composer.spoken")}</p>`;
  // While nobody has said what is allowed, the box is there: the server refuses what may not go.
  if (options && !options.free_text) return html`<${InsteadOfText} contact=${contact} options=${options} />`;
  return html`<${ReplyBox} me=${me} contact=${contact} options=${options} />`;
}

function ReplyBox({ me, contact, options }) {
  const box = useRef(null);
  const [text, setText] = useDraft(contact.id);
  const [chosen, setChosen] = useState(null);
  const [busy, setBusy] = useState(false);
  const longest = options?.max_text ?? LONGEST;
  const tooLong = text.length > longest;

  useEffect(() => {
    if (matchMedia("(pointer: fine)").matches) box.current.focus();
  }, []);
  useLayoutEffect(() => {
    box.current.style.height = "auto";
    box.current.style.height = `${Math.min(box.current.scrollHeight + 2, TALLEST_PX)}px`;
  }, [text]);

  const submit = (event) => {
    event.preventDefault();
    if (chosen) return sendFile();
    if (!text.trim() || tooLong) return;
    send(contact.id, text.trim());
    setText("");
    box.current.focus();
  };
  const sendFile = async () => {
    if (busy || tooLong || chosen.file.size > MOST_BYTES) return;
    if (!chosen.description.trim()) return setChosen({ ...chosen, problem: t("composer.describe_needed") });
    setBusy(true);
    try {
      send(contact.id, text.trim(), undefined, [await keepFile(contact.id, chosen)]);
      setChosen(null);
      setText("");
      box.current?.focus();
    } catch (error) {
      setChosen({ ...chosen, problem: errorText(error) });
    } finally {
      setBusy(false);
    }
  };
  const onKey = (event) => {
    // While an input method composes, Enter chooses a word and must not send.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
    if (event.key === "Escape") document.querySelector(".row[aria-current]")?.focus();
  };
  const holder = contact.state === "assigned" && contact.agent !== me.agent.id && html`<bdi>${contact.agent_name ?? contact.agent}</bdi>`;
  return html`
    <form class="composer" onSubmit=${submit}>
      <div role="status" id="holder-hint">${holder && html`<p class="hint"><${Icon} name="person" size=${15} /> ${parts("composer.held", { name: holder })}</p>`}</div>
      <${AnotherWay} contact=${contact} options=${options} />
      ${chosen && html`<${Chosen} chosen=${chosen} onChange=${setChosen} />`}
      <div class="composer-row">
        ${options?.media?.length !== 0 && html`<${AttachButton} onChosen=${setChosen} />`}
        <textarea ref=${box} id="reply" rows="1" value=${text} aria-label=${t("composer.label", { name: contact.patient_name ?? "" })}
          aria-describedby="holder-hint composer-keys" aria-invalid=${tooLong} placeholder=${t("composer.placeholder")}
          onInput=${(event) => setText(event.target.value)} onKeyDown=${onKey}></textarea>
        <button class="primary send" disabled=${busy || tooLong || (!chosen && !text.trim())} aria-label=${t("composer.send")}><${Icon} name="send" /></button>
      </div>
      <p class="keys" id="composer-keys">
        <${FreeUntil} options=${options} />${" "}
        ${tooLong ? html`<span class="problem" role="alert">${t("composer.too_long", { n: number(text.length), most: number(longest) })}</span>` : html`<span class="keys-hint">${t("composer.keys")}</span>`}
      </p>
    </form>
  `;
}

function useDraft(contact) {
  const [text, setText] = useState(() => kept(draftName(contact), ""));
  useEffect(() => {
    setText(kept(draftName(contact), ""));
    onRestored = (restored) => restored === contact && setText(kept(draftName(contact), ""));
    return () => {
      onRestored = () => {};
    };
  }, [contact]);
  const change = (next) => {
    if (next) keep(draftName(contact), next);
    else drop(draftName(contact));
    setText(next);
  };
  return [text, change];
}

const Closed = ({ contact }) => html`
  <div class="composer closed-note">
    <p><${Icon} name="check" size=${16} /> ${t("composer.closed", { disposition: word("disposition", contact.disposition) })}</p>
    ${contact.note && html`<p class="faint"><bdi>${contact.note}</bdi></p>`}
    <p class="faint">${t("composer.closed_note")}</p>
  </div>
`;
