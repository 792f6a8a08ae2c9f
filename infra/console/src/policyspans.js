// Where a policy is, and how long before or after something its steps are: "1 day before", and in minutes.

import { t } from "./i18n.js";

export const pathOf = (policy) => (policy.type_id ? `/reminder-policies/${encodeURIComponent(policy.type_id)}` : "/reminder-policies");

const UNITS = [
  ["days", 1440],
  ["hours", 60],
  ["minutes", 1],
];

/** −1440 → 1 day before. */
export function spanOf(minutes) {
  const size = Math.abs(minutes);
  const [unit, each] = UNITS.find(([, length]) => size >= length && size % length === 0) ?? UNITS[2];
  return { amount: size / each, unit, way: minutes < 0 ? "before" : "after" };
}

export const minutesOf = ({ amount, unit, way }) => Number(amount) * UNITS.find(([name]) => name === unit)[1] * (way === "before" ? -1 : 1);

/** "1 d before". */
export function whenOf(minutes) {
  const { amount, unit, way } = spanOf(minutes);
  return t(`policy_when.${way}`, { span: t(`policy_span.${unit}`, { n: amount }) });
}
