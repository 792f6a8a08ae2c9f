// Where everything of an agenda stands: columns of visits and free times, in rows that all columns share.

import { minutesInto } from "./calendar.js";

const DAY_MINUTES = 1440;

/** How a visit stands, in one word: its outcome, or what the patient has said. */
export const standingOf = (visit) => (visit.status === "booked" && visit.confirmation !== "none" ? visit.confirmation : visit.status);

/** A column for each practitioner of a day: those who work or see somebody then. */
export function practitionerColumns(day, practitioners, visits, slots) {
  const named = new Map(practitioners.map((one) => [one.name, one.id]));
  const whose = (visit) => visit.practitioner_id ?? named.get(visit.practitioner) ?? `name:${visit.practitioner}`;
  const names = new Map(practitioners.filter((one) => one.active).map((one) => [one.id, one.name]));
  for (const visit of visits) if (!names.has(whose(visit))) names.set(whose(visit), visit.practitioner);
  const columns = [...names].map(([id, title]) =>
    column({ id, title, day }, visits.filter((one) => whose(one) === id), slots.filter((one) => one.practitioner_id === id)),
  );
  const busy = columns.filter((one) => one.items.length > 0);
  return busy.length > 0 ? busy : columns;
}

/** A column for each day of one practitioner. */
export function dayColumns(days, practitioner, visits, slots) {
  const theirs = visits.filter((one) => one.practitioner_id === practitioner.id || (!one.practitioner_id && one.practitioner === practitioner.name));
  const on = (day) => (one) => one.local_start.startsWith(day);
  return days.map((day) => column({ id: day, title: practitioner.name, day }, theirs.filter(on(day)), slots.filter(on(day))));
}

function column(head, visits, slots) {
  const items = [...visits.map(visitItem), ...slots.map(slotItem)].sort((a, b) => a.from - b.from || a.until - b.until);
  return { ...head, zone: (visits[0] ?? slots[0])?.timezone, ...inLanes(items) };
}

const visitItem = (visit) => item(visit, visit.id, minutesInto(visit.local_start) + visit.minutes, { visit });

/** A free time reaches to the next one: where visits of an hour may begin each quarter, there is a quarter to press. */
function slotItem(slot, place, slots) {
  const [from, next] = [minutesInto(slot.local_start), slots[place + 1]];
  const until = next && next.local_start > slot.local_start ? Math.min(from + slot.minutes, minutesInto(next.local_start)) : from + slot.minutes;
  return item(slot, `${slot.practitioner_id}/${slot.start}`, until, { slot });
}

function item(one, key, until, what) {
  const from = minutesInto(one.local_start);
  return { key, from, until: Math.min(Math.max(until, from + 1), DAY_MINUTES), at: one.start, ...what };
}

/** Side by side what overlaps: each item with its `lane`; alone at its time, it has the whole width (`lane` null). */
function inLanes(items) {
  const placed = [];
  let lanes = [];
  let most = 1;
  let cluster = [];
  const settle = () => {
    most = Math.max(most, lanes.length);
    placed.push(...cluster.map((one) => (lanes.length > 1 ? one : { ...one, lane: null })));
  };
  for (const one of items) {
    if (one.from >= Math.max(0, ...lanes)) {
      settle();
      [lanes, cluster] = [[], []];
    }
    const free = lanes.findIndex((until) => until <= one.from);
    const lane = free < 0 ? lanes.length : free;
    lanes[lane] = one.until;
    cluster.push({ ...one, lane });
  }
  settle();
  return { items: placed, lanes: most };
}

/** The moments, in minutes of the day, at which something begins or ends in any column: between two lies a row. */
export function rowsOf(columns) {
  const moments = new Set(columns.flatMap((one) => one.items.flatMap((each) => [each.from, each.until])));
  return [...moments].sort((a, b) => a - b);
}

/** What an arrow key leads to from an item; nothing at the edge. */
export function neighbour(columns, key, pressed) {
  const filled = columns.filter((one) => one.items.length > 0);
  const across = filled.findIndex((one) => one.items.some((each) => each.key === key));
  if (across < 0) return undefined;
  const { items } = filled[across];
  const down = items.findIndex((each) => each.key === key);
  const beside = (step) => nearest(filled[across + step]?.items ?? [], items[down].from);
  return {
    ArrowDown: items[down + 1],
    ArrowUp: items[down - 1],
    Home: items[0],
    End: items[items.length - 1],
    ArrowRight: beside(1),
    ArrowLeft: beside(-1),
  }[pressed]?.key;
}

const nearest = (items, from) => items.reduce((best, one) => (!best || Math.abs(one.from - from) < Math.abs(best.from - from) ? one : best), undefined);
