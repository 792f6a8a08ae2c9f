// What the desk knows of contacts: the open ones live, the closed ones page by page, one in full.

import { useCallback, useEffect, useRef, useState } from "../vendor/htm-preact.js";
import { get, getAll, paged } from "./api.js";
import { usePolling } from "./polling.js";

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** The open contacts, asked for every second. An answer that is older than what an action brought is not shown. */
export function useOpenContacts() {
  const [list, setList] = useState({ items: [], status: "loading", partial: false, error: null });
  const brought = useRef(new Map());

  const refresh = usePolling(async (isCurrent) => {
    try {
      const { items, partial } = await getAll("/contacts?state=open");
      if (!isCurrent()) return;
      const fresh = items.map((contact) => newest(contact, brought.current)).filter((c) => c.state !== "closed");
      setList((old) => {
        const next = { items: fresh, status: "ready", partial, error: null };
        return same(old, next) ? old : next;
      });
    } catch (error) {
      if (isCurrent()) setList((old) => ({ ...old, status: old.status === "loading" ? "failed" : "stale", error }));
      throw error;
    }
  }, []);

  const bring = useCallback((contact) => {
    brought.current.set(contact.id, contact);
    setList((old) => ({
      ...old,
      items: old.items.map((c) => newest(c, brought.current)).filter((c) => c.state !== "closed"),
    }));
    refresh();
  }, []);

  return { ...list, refresh, bring };
}

function newest(contact, brought) {
  const ours = brought.get(contact.id);
  if (!ours) return contact;
  if (ours.version > contact.version) return ours;
  brought.delete(contact.id);
  return contact;
}

const MOST_EMPTY_PAGES = 10;

/** The next page with something in it: a page is a piece of the calendar, and may be empty. */
async function nextClosed(next) {
  let page = { items: [], next };
  for (let asked = 0; asked < MOST_EMPTY_PAGES && page.next && page.items.length === 0; asked += 1) {
    page = await get(paged("/contacts?state=closed", page.next));
  }
  return page;
}

/** Closed contacts, newest first; only asked for while their tab is shown. What comes after them is fetched ahead. */
export function useClosedContacts(shown) {
  const [list, setList] = useState({ items: [], hasMore: false, status: "loading", error: null });
  const seen = useRef([]);
  const ahead = useRef(null);

  /** Shows these contacts, then those shown before. */
  const show = (first, then) => {
    seen.current = [...new Map([...first, ...then].map((contact) => [contact.id, contact])).values()];
    const next = { items: seen.current, hasMore: ahead.current.items.length > 0, status: "ready", error: null };
    setList((old) => (same(old, next) ? old : next));
  };
  const refresh = usePolling(async (isCurrent) => {
    if (!shown) return;
    try {
      const page = await get("/contacts?state=closed");
      ahead.current ??= await nextClosed(page.next);
      const ids = new Set(page.items.map((contact) => contact.id));
      if (isCurrent()) show(page.items, seen.current.filter((contact) => !ids.has(contact.id)));
    } catch (error) {
      if (isCurrent()) setList((old) => ({ ...old, status: old.status === "loading" ? "failed" : "stale", error }));
      throw error;
    }
  }, [shown], 5000);

  const more = async () => {
    const page = ahead.current;
    try {
      ahead.current = await nextClosed(page.next);
      show(seen.current, page.items);
    } catch (error) {
      setList((old) => ({ ...old, status: "stale", error }));
    }
  };
  return { ...list, refresh, more };
}

/** One contact in full: from the open list while it is there, else asked for by its id. */
export function useContact(id, listed, listReady) {
  const [own, setOwn] = useState(null);
  const [error, setError] = useState(null);
  const current = own?.id === id ? own : null;

  useEffect(() => {
    if (listed) setOwn((old) => (old?.id === id && old.version > listed.version ? old : listed));
    setError(null);
  }, [id, listed]);

  const refresh = usePolling(async (isCurrent) => {
    if (!id || listed || !listReady) return;
    try {
      const contact = await get(`/contacts/${encodeURIComponent(id)}`);
      if (isCurrent()) setOwn(contact);
      if (isCurrent()) setError(null);
    } catch (failure) {
      if (isCurrent()) setError(failure);
      throw failure;
    }
  }, [id, Boolean(listed), listReady], 5000);

  return { contact: current, error, refresh, setContact: setOwn };
}
