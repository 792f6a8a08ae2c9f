// Replies between the reply box and the timeline: what they are is what we know of them, no more.
//
// sending      asked, no answer yet (repeated with the same key while the outcome is uncertain)
// unconfirmed  no answer after several tries: may have been sent; "try again" repeats with the same key
// refused      the server said no: certainly not sent
// stored       the server has it; shown until the timeline brings it

import { useEffect, useState } from "../vendor/htm-preact.js";
import { newKey, post } from "./api.js";
import { drop, keep, kept } from "./session.js";

const PAUSES_MS = [600, 1800, 4000];
const STORE = "replies";

let replies = kept(STORE, []).map((reply) => (reply.status === "sending" ? { ...reply, status: "unconfirmed" } : reply));
let listeners = new Set();
let line = Promise.resolve();

function change(next) {
  replies = next;
  const unsettled = replies.filter((reply) => reply.status !== "stored");
  if (unsettled.length) keep(STORE, unsettled);
  else drop(STORE);
  listeners.forEach((tell) => tell(replies));
}

const set = (key, values) => change(replies.map((reply) => (reply.key === key ? { ...reply, ...values } : reply)));

export const discard = (key) => change(replies.filter((reply) => reply.key !== key));
export const discardAll = () => change([]);

/** Sends a text, with a kept file or not, or the template that reads so; replies of this tab go out in their order. */
export function send(contact, text, template, media) {
  const reply = { key: newKey(), contact, text, template, media, at: new Date().toISOString(), status: "sending", error: null };
  change([...replies, reply]);
  line = line.then(() => attempt(reply));
}

export function retry(reply) {
  // After a refusal the same key would only bring the same refusal back.
  const key = reply.status === "refused" ? newKey() : reply.key;
  const next = { ...reply, key, status: "sending", error: null };
  change(replies.map((other) => (other.key === reply.key ? next : other)));
  line = line.then(() => attempt(next));
}

async function attempt({ key, contact, text, template, media }) {
  const said = { ...(text && { text }), ...(media && { media }) };
  for (let tries = 0; ; tries += 1) {
    try {
      const item = await post(`/contacts/${encodeURIComponent(contact)}/replies`, template ? { template } : said, key);
      return set(key, { status: "stored", item });
    } catch (error) {
      if (!error.uncertain) return set(key, { status: "refused", error });
      if (tries === PAUSES_MS.length) return set(key, { status: "unconfirmed", error });
      await new Promise((done) => setTimeout(done, PAUSES_MS[tries]));
    }
  }
}

/** The replies of one contact that its timeline does not show yet. */
export function useReplies(contact, timelineItems) {
  const [all, setAll] = useState(replies);
  useEffect(() => {
    listeners.add(setAll);
    return () => listeners.delete(setAll);
  }, []);
  const known = new Set(timelineItems.map((item) => item.id));
  const arrived = all.filter((reply) => reply.item && known.has(reply.item.id));
  useEffect(() => {
    if (arrived.length) change(replies.filter((reply) => !arrived.includes(reply)));
  });
  return all.filter((reply) => reply.contact === contact && !arrived.includes(reply));
}
