// Files of patients on their way: handed in part by part, followed until all rows are taken in.

import { useState } from "../vendor/htm-preact.js";
import { ApiError, bearer, get, newKey } from "./api.js";
import { usePolling } from "./polling.js";

/** Small enough to arrive by a slow line before it is given up, and for a bar that moves. */
const PART_BYTES = 1_000_000;
const TIMEOUT_MS = 60_000;

const TYPES = { csv: "text/csv", tsv: "text/tab-separated-values", txt: "text/csv", jsonl: "application/x-ndjson", ndjson: "application/x-ndjson", json: "application/fhir+json" };

export const ACCEPTED = Object.keys(TYPES).map((ending) => `.${ending}`).join(",");

const typeOf = (name) => TYPES[name.split(".").pop().toLowerCase()] ?? "text/csv";

export const isOver = (one) => one.state === "done" || one.state === "failed";

/** Hands a file in; `onSent` hears how much of it has arrived (0..1). */
export async function hand(file, source, onSent, kind = "patients") {
  const count = Math.max(1, Math.ceil(file.size / PART_BYTES));
  const partOf = (number) => file.slice(number * PART_BYTES, (number + 1) * PART_BYTES);
  const about = new URLSearchParams({ source, name: file.name.slice(0, 120), more: count > 1 });
  const headers = { "Content-Type": typeOf(file.name), "Idempotency-Key": newKey() };
  let made = await send("POST", `${kind === "visits" ? "/appointments" : "/patients"}/import?${about}`, headers, partOf(0));
  onSent(1 / count);
  for (let number = 1; number < count; number += 1) {
    const path = `/patients/imports/${encodeURIComponent(made.id)}/parts/${number + 1}?more=${number + 1 < count}`;
    made = await send("PUT", path, { "Content-Type": headers["Content-Type"] }, partOf(number));
    onSent((number + 1) / count);
  }
  return made;
}

async function send(method, path, headers, body) {
  const response = await ask(path, { method, body, headers });
  return response.json();
}

async function ask(path, { headers, ...options }) {
  let response;
  try {
    response = await fetch(`/api${path}`, { ...options, headers: { ...headers, Authorization: bearer() }, cache: "no-store", signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch {
    throw new ApiError(0);
  }
  if (response.ok) return response;
  const said = await response.json().catch(() => ({}));
  throw new ApiError(response.status, said.error);
}

/** The whole result as one table. */
export async function table(id) {
  const pieces = [];
  let next = "";
  do {
    const response = await ask(`/patients/imports/${encodeURIComponent(id)}/rows${next && `?next=${encodeURIComponent(next)}`}`, { headers: { Accept: "text/csv" } });
    const text = await response.text();
    // Each piece comes with the header; one is enough.
    pieces.push(next ? text.slice(text.indexOf("\n") + 1) : text);
    next = response.headers.get("Next") ?? "";
  } while (next);
  return new Blob(pieces, { type: "text/csv" });
}

/** The visits from a day to another one, both included. */
export async function visits(since, until) {
  const response = await ask(`/appointments/export?since=${since}&until=${until}`, { headers: { Accept: "text/csv" } });
  return response.blob();
}

/** Gives it to the person as a file. */
export function save(blob, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** An import as it is now, asked for until it is over. */
export function useImport(id) {
  const [known, setKnown] = useState(null);
  const [error, setError] = useState(null);
  const shown = known?.id === id ? known : null;
  usePolling(async (isCurrent) => {
    if (!id || (shown && isOver(shown))) return;
    try {
      const found = await get(`/patients/imports/${encodeURIComponent(id)}`);
      if (isCurrent()) setKnown(found);
      if (isCurrent()) setError(null);
    } catch (failure) {
      if (isCurrent()) setError(failure);
      throw failure;
    }
  }, [id, Boolean(shown && isOver(shown))]);
  return { known: shown, error };
}
