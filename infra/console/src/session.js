// Who is signed in. The token lives in this tab only (sessionStorage) and goes nowhere but into the API's header.

const TOKEN = "recado.token";
const PREFIX = "recado.";

export const savedToken = () => sessionStorage.getItem(TOKEN) ?? "";
export const saveToken = (token) => sessionStorage.setItem(TOKEN, token);

/** Forgets the token, the drafts and all else that this tab kept of patients. */
export function forgetAll() {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  }
}

export const keep = (name, value) => sessionStorage.setItem(PREFIX + name, JSON.stringify(value));
export const drop = (name) => sessionStorage.removeItem(PREFIX + name);

export function kept(name, otherwise) {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + name)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

/** A taste of this computer's user (language, hidden phone), not of the signed-in person; may be unavailable. */
export function preference(name, otherwise) {
  try {
    return localStorage.getItem(PREFIX + name) ?? otherwise;
  } catch {
    return otherwise;
  }
}

export function prefer(name, value) {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // Private windows may refuse; the choice then holds until the page is left.
  }
}
