// The pairs that wait for a decision: which is shown, what was decided, and how that is taken back.

import { useEffect, useRef, useState } from "../vendor/htm-preact.js";
import { get, getAll, newKey, post, remove } from "./api.js";
import { usePolling } from "./polling.js";

const EVERY_MS = 30_000;
const EMPTY = { items: [], status: "loading", partial: false };

export function useReviews(tab) {
  const [list, setList] = useState(EMPTY);
  const [selected, setSelected] = useState(null);
  const [error, setError] = useState(null);
  const [taken, setTaken] = useState([]);
  /** Decided here: an answer that set out before that still lists them. */
  const settled = useRef(new Set());
  /** Those brought back: the server lists them no more. */
  const kept = useRef([]);

  useEffect(() => {
    setList(EMPTY);
    setSelected(null);
    setTaken([]);
    kept.current = [];
  }, [tab]);
  usePolling(async (isCurrent) => {
    try {
      const { items, partial } = await getAll(`/reviews?state=${tab}`);
      if (!isCurrent()) return;
      const open = items.filter((one) => !settled.current.has(one.id) && !kept.current.some((back) => back.id === one.id));
      setList({ items: [...kept.current, ...open], status: "ready", partial });
    } catch (failure) {
      if (isCurrent()) setError(failure);
      throw failure;
    }
  }, [tab], EVERY_MS);

  const place = Math.max(0, list.items.findIndex((one) => one.id === selected));
  const current = list.items[place] ?? null;
  const go = (step) => list.items.length && setSelected(list.items[(place + step + list.items.length) % list.items.length].id);

  const without = (id) => {
    kept.current = kept.current.filter((one) => one.id !== id);
    setList((old) => ({ ...old, items: old.items.filter((one) => one.id !== id) }));
  };
  const bringBack = (review, stays) => {
    settled.current.delete(review.id);
    if (stays) kept.current = [review, ...kept.current];
    setList((old) => ({ ...old, items: [review, ...old.items.filter((one) => one.id !== review.id)] }));
    setSelected(review.id);
  };

  /** Decides about the pair that is shown, and gives the one that is shown next. */
  const decide = (decision) => {
    const review = current;
    const rest = list.items.filter((one) => one.id !== review.id);
    const next = rest[Math.min(place, rest.length - 1)] ?? null;
    settled.current.add(review.id);
    without(review.id);
    setSelected(next?.id ?? null);
    setError(null);
    const answer = settle(review, decision);
    setTaken((old) => [...old, { review, decision, answer }]);
    answer.catch((failure) => {
      setTaken((old) => old.filter((one) => one.answer !== answer));
      setError(failure);
      bringBack(review, false);
    });
    return next;
  };

  /** Takes the last decision back, and shows its pair again. */
  const undo = async () => {
    const last = taken[taken.length - 1];
    if (!last) return null;
    setTaken((old) => old.filter((one) => one !== last));
    setError(null);
    try {
      const back = await takeBack(last.review, last.decision, await last.answer);
      bringBack(back, true);
      return back;
    } catch (failure) {
      setError(failure);
      return null;
    }
  };
  return { ...list, current, place, error, canUndo: taken.length > 0, select: setSelected, go, decide, undo };
}

const pathOf = (review) => `/reviews/${encodeURIComponent(review.id)}`;

/** A pair of which it was decided before is joined, or taken apart, as any other two records are. */
async function settle(review, decision) {
  if (review.state === decision) return review;
  if (review.state === "open") return post(`${pathOf(review)}/decision`, { decision }, newKey());
  await (decision === "same" ? join(review) : part(review));
  return get(pathOf(review));
}

/** Records that were joined by a decision are parted; of all others nothing has to be undone to decide again. */
async function takeBack(before, decision, after) {
  if (decision === "same" && !before.joined && before.state !== "same") await part(after);
  return get(pathOf(before));
}

const join = ({ records: [older, younger] }) =>
  post(`/patients/${encodeURIComponent(older.patient)}/joins`, { record: younger.record });

/** The later record leaves the person, unless that record is who the person is known as. */
const part = ({ records: [older, younger] }) => {
  const leaves = younger.record === younger.patient ? older : younger;
  return remove(`/patients/${encodeURIComponent(leaves.patient)}/joins/${encodeURIComponent(leaves.record)}`);
};
