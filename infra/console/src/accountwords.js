// What a channel account is called, and what is wrong with one, in the reader's words.

import { count, t, word } from "./i18n.js";
import { dateAndTime } from "./time.js";

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

/** How an account is neglected, in a sentence. */
export function neglectOf({ problem, since, people }) {
  const time = dateAndTime(since);
  return problem === "unanswered" ? count("neglect.unanswered", people, { time }) : t(`neglect.${problem}`, { time });
}
