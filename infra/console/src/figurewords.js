// What a figure is called, of what it is, and how its value reads.

import { count, locale, number, t, word } from "./i18n.js";
import { exactSpan } from "./time.js";

/** Of what a figure's `n` are so many; what is not here is of contacts. */
const KINDS = {
  K12: "calls",
  K13: "people",
  K14: "contacts",
  K17: "people",
  K18: "people",
  K19: "calls",
  K20: "visits",
  K21: "visits",
  K22: "visits",
  K23: "times",
  K24: "authorisations",
  K24b: "authorisations",
  K26: "people",
  K27: "people",
  K29: "agendas",
  K30: "talks",
  K36: "answers",
  K38: "answers",
  K39: "surveys",
  K40: "messages",
  K41: "people",
  bot_hand_over_rate: "talks",
  bot_drop_off_rate: "talks",
};

export const kindOf = (figure) => KINDS[figure.id] ?? "contacts";

/** Ours, where there is one: the server's own name is English. */
const known = (text, id, otherwise) => (text === id.replaceAll("_", " ") ? otherwise : text);

export const nameOf = (figure) => known(word("figure", figure.id), figure.id, figure.name.replaceAll("_", " "));
export const whatOf = (figure) => known(word("figure_what", figure.id), figure.id, figure.name.replaceAll("_", " "));

/** One digit after the point where there is one to tell: 0.4 % is not 0 %. */
const fraction = (value, options = {}) => new Intl.NumberFormat(locale(), { maximumFractionDigits: 1, ...options }).format(value);

const UNITS = {
  share: (value) => fraction(value, { style: "percent" }),
  count: number,
  seconds: exactSpan,
  days: (value) => count("figures.days", value),
  times: (value) => fraction(value),
  points: (value) => t("figures.points", { n: fraction(value) }),
};

/** Of nobody there is no number, and none of nobody is none, either. */
export const isNone = ({ value, n }) => value === null || n === 0;

const inUnit = (unit, value) => (value === null ? t("figures.nobody") : (UNITS[unit] ?? number)(value));

export const shown = (figure) => inUnit(figure.unit, isNone(figure) ? null : figure.value);

/** Points are made of shares, and some parts are no amount: those are said in words. */
const SHARES = new Set(["promoters", "detractors"]);

export const partsOf = (figure) => Object.entries(figure.parts).filter(([name]) => name !== "enough");

export const isFew = (figure) => figure.parts.enough?.value === 0;

function unitOf(figure, name) {
  if (figure.id === "K27" && name === "rating") return "times";
  if (figure.id === "K29" && name === "none") return "count";
  return SHARES.has(name) ? "share" : figure.unit;
}

/** With of how many it is, where somebody is. */
export function shownPart(figure, name, { value, n }) {
  return isNone({ value, n }) ? t("figures.nobody") : t("figures.shown_of", { value: inUnit(unitOf(figure, name), value), n: number(n) });
}

const NAMES = {
  K18: (name) => t("figures.attempt", { n: name }),
  K29: (name, types) => (name === "none" ? t("figure_part.none") : (types[name] ?? name)),
  K30: (name) => word("flow", name),
  K40: (name) => (name === "free" ? t("figure_part.free") : name),
  K41: (name) => word("purpose", name),
  bot_hand_over_rate: (name) => word("handover", name),
  bot_drop_off_rate: (name) => {
    const [flow, node] = name.split("/");
    return t("figures.node", { flow: word("flow", flow), node: (node ?? "").replaceAll("_", " ") });
  },
};

export const partName = (figure, name, types) => NAMES[figure.id]?.(name, types) ?? word("figure_part", `${figure.id}_${name}`);
