// What a channel account is called, and what is wrong with one, in the reader's words.

import { t, word } from "./i18n.js";

/** An e-mail account's id is its address: "@" stays as it is in a path. */
export const pathOf = ({ channel, id }) => `/accounts/${channel}/${encodeURIComponent(id).replace("%40", "@")}`;

export const titleOf = ({ channel, id, display }) => `${word("channel", channel)}, ${display || id}`;

/** What a test has shown, in a sentence. */
export const verdict = (test) => (test.ok ? t("account.works") : problemOf(test));

/** Our words for what is wrong, else the server's. */
export function problemOf({ problem, message }) {
  const ours = t(`trial.${problem}`);
  return ours === `trial.${problem}` ? message : ours;
}
