// A campaign in an address and in words.

import { count, t, word } from "./i18n.js";

export const pathOf = ({ id }) => `/campaigns/${encodeURIComponent(id)}`;

const DAY_MINUTES = 1440;

/** Its messages, each with its day: "Invitation at once, second invitation after 5 days". */
export const saidBy = ({ steps }) => steps.map(saidOf).join(", ");

/** One of them. */
export const saidOf = ({ text, minutes }) =>
  `${word("campaign_text", text)} ${minutes < DAY_MINUTES ? t("campaigns.at_once") : count("campaigns.after", Math.round(minutes / DAY_MINUTES))}`;
