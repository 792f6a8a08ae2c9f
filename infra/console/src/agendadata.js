// What an agenda shows: the clinic's practitioners and types, and of some days the visits and what is free.

import { useEffect, useState } from "../vendor/htm-preact.js";
import { get } from "./api.js";
import { daysAfter, startOf } from "./calendar.js";
import { usePolling } from "./polling.js";

const EVERY_MS = 15_000;
/** So many free times the server names at most. */
export const MOST_SLOTS = 500;

/** Who sees patients and what for; null until known. */
export function usePractice() {
  const [practice, setPractice] = useState(null);
  const [error, setError] = useState(null);
  useEffect(() => {
    Promise.all([get("/practitioners"), get("/appointment-types")])
      .then(([practitioners, types]) => setPractice({ practitioners: practitioners.items, types: types.items.filter((one) => one.active) }))
      .catch(setError);
  }, []);
  return { practice, error };
}

/** The visits and free times of `days`; what was shown of other days is not shown for these. */
export function useAgenda(days, type, practitioner) {
  const wanted = [...days, type, practitioner].join("/");
  const [state, setState] = useState({ of: null, visits: [], slots: [], error: null });
  const refresh = usePolling(async (isCurrent) => {
    try {
      const found = await load(days, type, practitioner);
      if (isCurrent()) setState((old) => (same(old, found, wanted) ? old : { of: wanted, ...found, error: null }));
    } catch (error) {
      if (isCurrent()) setState((old) => ({ ...old, error }));
      throw error;
    }
  }, [wanted], EVERY_MS);
  const isThis = state.of === wanted;
  return { visits: isThis ? state.visits : [], slots: isThis ? state.slots : [], loading: !isThis && !state.error, error: state.error, refresh };
}

const same = (old, found, wanted) => old.of === wanted && !old.error && JSON.stringify([old.visits, old.slots]) === JSON.stringify([found.visits, found.slots]);

async function load(days, type, practitioner) {
  const [slots, ...pages] = await Promise.all([freeTimes(days, type, practitioner), ...days.map((day) => get(`/appointments?day=${day}`))]);
  return { slots, visits: pages.flatMap((page) => page.items) };
}

async function freeTimes(days, type, practitioner) {
  if (!type) return [];
  const [from, until] = [days[0], daysAfter(days[days.length - 1], 1)].map((day) => new Date(startOf(day)).toISOString());
  const asked = new URLSearchParams({ type, from, until, ...(practitioner && { practitioner }) });
  return (await get(`/slots?${asked}`)).items;
}
