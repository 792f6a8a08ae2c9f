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

/** Numbers added, and numbers by name. */
function added(one, other) {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return Object.fromEntries(
    names.map((name) => [name, typeof (one[name] ?? other[name]) === "object" ? added(one[name] ?? {}, other[name] ?? {}) : (one[name] ?? 0) + (other[name] ?? 0)]),
  );
}
