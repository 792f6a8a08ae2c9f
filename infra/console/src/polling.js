// Asking again and again, politely: about once a second while somebody looks, seldom while nobody does, ever less
// often while the server does not answer, and never twice at the same time.

import { useCallback, useEffect, useRef } from "../vendor/htm-preact.js";

const HIDDEN_FACTOR = 15;
const LONGEST_MS = 30_000;

/**
 * Runs `task(isCurrent)` now and then every `every` ms until `dependencies` change. A task that throws is tried
 * again later. Returns a function that asks at once.
 */
export function usePolling(task, dependencies, every = 1000) {
  const again = useRef(() => {});
  useEffect(() => {
    const loop = startLoop(task, every);
    again.current = loop.now;
    return loop.stop;
  }, [...dependencies, every]);
  return useCallback(() => again.current(), []);
}

function startLoop(task, every) {
  let timer = 0;
  let failures = 0;
  let running = false;
  let asked = false;
  let stopped = false;

  const pause = (took) => {
    if (asked) return 0;
    const base = document.hidden ? every * HIDDEN_FACTOR : every;
    // A slow server is asked less often, so that the page never spends most of its time asking.
    return Math.min(LONGEST_MS, Math.max(base * 2 ** Math.min(failures, 5), took * 2));
  };

  async function now() {
    asked = true;
    if (running || stopped) return;
    clearTimeout(timer);
    running = true;
    asked = false;
    const started = performance.now();
    try {
      await task(() => !stopped);
      failures = 0;
    } catch {
      failures += 1; // The task has shown the error; here it only slows us down.
    }
    running = false;
    if (!stopped) timer = setTimeout(now, pause(performance.now() - started));
  }

  const onWake = () => {
    if (!document.hidden) now();
  };
  document.addEventListener("visibilitychange", onWake);
  addEventListener("online", onWake);
  now();
  return {
    now,
    stop() {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onWake);
      removeEventListener("online", onWake);
    },
  };
}
