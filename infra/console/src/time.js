// Instants as a clinic reads them: always in the clinic's zone, whatever zone this computer is in.

import { locale, t } from "./i18n.js";
import { serverNow } from "./api.js";

let zone = "UTC";
export const useZone = (name) => {
  zone = name;
};
export const clinicZone = () => zone;

const formats = new Map();
function format(options, place = locale(), timeZone = zone) {
  const key = `${place}|${timeZone}|${JSON.stringify(options)}`;
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(place, { timeZone, ...options }));
  return formats.get(key);
}

export const clock = (iso, timeZone = zone) =>
  format({ hour: "2-digit", minute: "2-digit" }, locale(), timeZone).format(new Date(iso));

/** `2026-11-24`: the clinic's calendar day that an instant lies in. */
export const dayOf = (instant) =>
  format({ year: "numeric", month: "2-digit", day: "2-digit" }, "en-CA").format(new Date(instant));

/** "Today", "Yesterday", or the date with its weekday. */
export function dayName(iso) {
  const days = Math.round((Date.parse(dayOf(iso)) - Date.parse(dayOf(serverNow()))) / 86_400_000);
  if (Math.abs(days) <= 1) {
    return new Intl.RelativeTimeFormat(locale(), { numeric: "auto" }).format(days, "day");
  }
  const year = dayOf(iso).slice(0, 4) === dayOf(serverNow()).slice(0, 4) ? {} : { year: "numeric" };
  return format({ weekday: "long", day: "numeric", month: "long", ...year }).format(new Date(iso));
}

export const dateAndTime = (iso) =>
  format({ weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }).format(
    new Date(iso),
  );

/** The time of day for today, else the date: what a list has room for. */
export function shortWhen(iso) {
  if (dayOf(iso) === dayOf(serverNow())) return clock(iso);
  return format({ day: "numeric", month: "short" }).format(new Date(iso));
}

export const secondsSince = (iso) => Math.max(0, (serverNow() - Date.parse(iso)) / 1000);

/** A span of seconds in words as short as a list has room for: "now", "4 min", "2 h 05", "3 d". */
export function span(seconds) {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return t("span.now");
  if (minutes < 60) return t("span.minutes", { m: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return t("span.hours", { h: hours, m: String(minutes % 60).padStart(2, "0") });
  return t("span.days", { d: Math.floor(hours / 24) });
}

/** A span with its seconds, for measured times: "42 s", "3 min 05 s". */
export function exactSpan(seconds) {
  const whole = Math.round(seconds);
  if (whole < 60) return t("span.seconds", { s: whole });
  if (whole >= 3600) return span(whole);
  return t("span.minutes_seconds", { m: Math.floor(whole / 60), s: String(whole % 60).padStart(2, "0") });
}

/** The clinic's zone as a person says it: "Brasilia Time". */
export const zoneName = () =>
  format({ timeZoneName: "longGeneric" })
    .formatToParts()
    .find((part) => part.type === "timeZoneName").value;
export const zoneIsOurs = () =>
  format({ timeZoneName: "longOffset" }).format() ===
  format({ timeZoneName: "longOffset" }, undefined, Intl.DateTimeFormat().resolvedOptions().timeZone).format();
