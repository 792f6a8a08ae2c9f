// The clinic's calendar: when its days begin, and which day is so many days after another.

import { locale } from "./i18n.js";
import { clinicZone, dayOf } from "./time.js";

const DAY_MS = 86_400_000;

/** When the clinic's calendar day began that an instant lies in; both in ms. */
export const dayStart = (instant) => startOf(dayOf(instant));

/** When the clinic's day `2026-11-24` begins, in ms. */
export const startOf = (day) => whenShown(atMidnight(day));

/** `2026-11-24T09:30` on the clinic's clocks, as the API takes an instant. */
export const instantOf = (local) => new Date(whenShown(Date.parse(`${local}:00Z`))).toISOString();

/** When the clinic's clocks show `wall` (as if it were UTC), in ms. */
function whenShown(wall) {
  let instant = wall;
  // Twice, because on two days a year the offset from UTC is not the same all day.
  for (let i = 0; i < 2; i += 1) instant += wall - wallClock(instant);
  return instant;
}

const atMidnight = (day) => Date.parse(`${day}T00:00:00Z`);

/** What the clinic's clocks show at an instant, read as if it were UTC, in ms. */
function wallClock(instant) {
  const clocks = new Intl.DateTimeFormat("en-CA", { timeZone: clinicZone(), hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return Date.parse(`${dayOf(instant)}T${clocks.format(instant)}:00Z`);
}

/** `2026-11-24` and 7 → `2026-12-01`. */
export const daysAfter = (day, days) => new Date(atMidnight(day) + days * DAY_MS).toISOString().slice(0, 10);

/** The seven days, from Monday, of the week that a day lies in. */
export function weekOf(day) {
  const monday = daysAfter(day, -((new Date(atMidnight(day)).getUTCDay() + 6) % 7));
  return [0, 1, 2, 3, 4, 5, 6].map((days) => daysAfter(monday, days));
}

/** A day as a heading has it: "Tuesday, 24 November", or short: "Tue 24". */
export const dayTitle = (day) => written(day, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
export const shortDay = (day) => written(day, { weekday: "short", day: "numeric", month: "short" });

const written = (day, options) => new Intl.DateTimeFormat(locale(), { timeZone: "UTC", ...options }).format(atMidnight(day));

/** `2026-11-24T09:30` → 570: the minutes that the clocks have gone that day. */
export const minutesInto = (local) => Number(local.slice(11, 13)) * 60 + Number(local.slice(14, 16));

/** 570 → `09:30`. */
export const wallTime = (minutes) => [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
