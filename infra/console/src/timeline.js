// One patient's timeline, kept fresh: at once when the contact has changed, each second while a message is on its way.

import { useEffect, useRef, useState } from "../vendor/htm-preact.js";
import { get, paged } from "./api.js";
import { usePolling } from "./polling.js";

const ON_ITS_WAY = new Set(["queued", "claimed", "sent"]);
const RECENT_MS = 60_000;
const EMPTY = { patient: null, items: [], next: null, status: "loading", error: null };

/** `stamp` is anything that changes when the contact does. The first page holds the newest items, oldest first. */
export function useTimeline(patient, stamp) {
  const [timeline, setTimeline] = useState(EMPTY);
  const older = useRef({ items: [], next: undefined });
  const shown = timeline.patient === patient ? timeline : EMPTY;

  const refresh = usePolling(async (isCurrent) => {
    if (!patient) return;
    try {
      const page = await get(`/patients/${encodeURIComponent(patient)}/timeline`);
      if (!isCurrent()) return;
      const { items, next } = older.current;
      setTimeline((old) => {
        const merged = merge(items, page.items);
        const fresh = { patient, items: merged, next: next === undefined ? page.next : next, status: "ready", error: null };
        return JSON.stringify(old) === JSON.stringify(fresh) ? old : fresh;
      });
    } catch (error) {
      if (isCurrent()) setTimeline((old) => ({ ...(old.patient === patient ? old : { ...EMPTY, patient }), status: "failed", error }));
      throw error;
    }
  }, [patient], moving(shown.items) ? 1000 : 3000);

  useEffect(() => {
    older.current = { items: [], next: undefined };
  }, [patient]);
  useEffect(() => {
    refresh();
  }, [stamp]);

  const earlier = async () => {
    const page = await get(paged(`/patients/${encodeURIComponent(patient)}/timeline`, shown.next));
    older.current = { items: merge(page.items, older.current.items), next: page.next };
    setTimeline((old) => ({ ...old, items: merge(page.items, old.items), next: page.next }));
  };
  return { ...shown, refresh, earlier };
}

const moving = (items) =>
  items.some((item) => ON_ITS_WAY.has(item.state) && Date.now() - Date.parse(item.at) < RECENT_MS);

/** The older list and the newer, in the server's order, each id once; the newer reading of an item holds. */
export function merge(older, newer) {
  return [...new Map([...older, ...newer].map((item) => [item.id, item])).values()];
}
