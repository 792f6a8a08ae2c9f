// People are counted page by page of the clinic's records: how many so far, until all were looked at.

import { useEffect, useState } from "../vendor/htm-preact.js";

/** Adds up what `ask(next)` gives until there is no more; `key` says what is counted, and anew when it changes. */
export function useCounting(ask, key) {
  const [state, setState] = useState({ sum: null, done: false, error: null });
  useEffect(() => {
    let wanted = true;
    const show = (next) => wanted && setState(next);
    setState({ sum: null, done: false, error: null });
    addUp(ask, () => wanted, show).catch((error) => show({ sum: null, done: false, error }));
    return () => {
      wanted = false;
    };
  }, [key]);
  return state;
}

async function addUp(ask, isWanted, show) {
  let sum = null;
  let next = null;
  do {
    const { next: further, ...page } = await ask(next);
    sum = sum ? added(sum, page) : page;
    next = further;
    show({ sum, done: !next, error: null });
  } while (next && isWanted());
}

/** Numbers added, also by name and by place; of what is none the later counts. */
function added(one, other) {
  if (Array.isArray(other)) return other.map((n, place) => n + (one?.[place] ?? 0));
  if (typeof (one ?? other) === "number") return (one ?? 0) + (other ?? 0);
  if (typeof (one ?? other) !== "object" || (one ?? other) === null) return other;
  const names = [...new Set([...Object.keys(one ?? {}), ...Object.keys(other ?? {})])];
  return Object.fromEntries(names.map((name) => [name, added(one?.[name], other?.[name])]));
}
