// The REST API, and nothing else of the server. Every failure is an ApiError that knows whether repeating is safe.

let token = "";
let whenExpired = () => {};
let skewMs = 0;

const TIMEOUT_MS = 15_000;

/** `status` 0 means: no answer reached us, so what was asked may or may not have happened. */
export class ApiError extends Error {
  constructor(status, { code = "", message = "", field = null, alternatives = [] } = {}) {
    super(message || code || `HTTP ${status}`);
    this.status = status;
    this.code = code || (status === 0 ? "unreachable" : "");
    this.field = field;
    this.alternatives = alternatives;
  }

  /** The server may yet have done it, or may do it when asked again: only repeat with the same key. */
  get uncertain() {
    return this.status === 0 || this.status === 429 || this.status >= 500 || this.code === "in_progress";
  }
}

export function authorise(newToken, onExpired) {
  token = newToken;
  whenExpired = onExpired;
}

/** Who asks, as a header says it: for what is no JSON. */
export const bearer = () => `Bearer ${token}`;

/** The present by the server's clock, in ms: waiting times stay right on a computer whose clock is not. */
export const serverNow = () => Date.now() - skewMs;

export const get = (path) => call("GET", path);
export const post = (path, body, key) => call("POST", path, body, key);
export const put = (path, body) => call("PUT", path, body);
export const patch = (path, body) => call("PATCH", path, body);
export const remove = (path) => call("DELETE", path);

async function call(method, path, body, key) {
  const used = token;
  const headers = { Accept: "application/json", Authorization: bearer() };
  if (key) headers["Idempotency-Key"] = key;
  try {
    return await exchange(method, `/api${path}`, headers, body);
  } catch (error) {
    if (error.status === 401 && used === token) whenExpired();
    throw error;
  }
}

/** One HTTP exchange of JSON; throws ApiError for anything but a 2xx with JSON in it. */
export async function exchange(method, url, headers = {}, body) {
  const options = { method, headers, cache: "no-store", signal: AbortSignal.timeout(TIMEOUT_MS) };
  if (body !== undefined) {
    options.headers = { ...headers, "Content-Type": "application/json" };
    options.body = JSON.stringify(body);
  }
  let response;
  let content;
  try {
    response = await fetch(url, options);
    content = await response.text();
  } catch {
    throw new ApiError(0);
  }
  noteClock(response);
  const json = parse(content);
  if (!response.ok) throw new ApiError(response.status, { message: json?.message, ...json?.error, alternatives: json?.alternatives });
  if (json === undefined) throw new ApiError(502, { code: "not_json" });
  return json;
}

function parse(content) {
  try {
    return content ? JSON.parse(content) : null;
  } catch {
    return undefined;
  }
}

function noteClock(response) {
  const date = Date.parse(response.headers.get("Date") ?? "");
  if (!Number.isNaN(date)) skewMs = Math.abs(Date.now() - date) > 3000 ? Date.now() - date : 0;
}

const MOST_PAGES = 10;

/** All items of a list, page after page; `partial` when there were more than this reads. */
export async function getAll(path) {
  const items = [];
  let next = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await get(paged(path, next));
    items.push(...answer.items);
    next = answer.next;
    if (!next) return { items, partial: false };
  }
  return { items, partial: true };
}

export function paged(path, next) {
  if (!next) return path;
  return `${path}${path.includes("?") ? "&" : "?"}next=${encodeURIComponent(next)}`;
}

/** A key by which the server knows a repeated request for the same one. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
