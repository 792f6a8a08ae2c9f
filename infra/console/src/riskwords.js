// Why a visit may be missed, in words.

import { learn, locale, percent, t, word } from "./i18n.js";

export const ready = learn("riskwords");

/** What speaks for or against it; `lead` is told with its days. */
function nameOf({ feature, value }) {
  if (feature !== "lead") return word("risk", feature);
  return value === "0" ? t("risk.lead_same") : t("risk.lead", { value });
}

export const reasonText = (reason) => `${nameOf(reason)} (${word("risk_way", reason.moves > 0 ? "more" : "less")})`;

export const shareText = (risk) => t("risks.share", { share: percent(risk.probability) });

const signed = (value) => new Intl.NumberFormat(locale(), { maximumFractionDigits: 2, signDisplay: "exceptZero" }).format(value);

export const weightText = signed;

/** A difference of shares in points, with its sign. */
export const points = (share) => new Intl.NumberFormat(locale(), { maximumFractionDigits: 1, signDisplay: "exceptZero" }).format(share * 100);
