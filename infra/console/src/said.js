// What is said of somebody, as a person reads it: which field, its value, who says so, how long ago.

import { currentLanguage, locale, t, word } from "./i18n.js";
import { secondsSince } from "./time.js";

/** The order in which people look at somebody's data; documents come after `sex`, addresses at which they are reached
 *  after those. */
export const FIELDS = ["name", "given_name", "family_name", "birth_date", "sex", "street", "city", "postcode", "country", "language"];

/** Documents keep the name that they have in their own country. */
const DOCUMENTS = { cpf: "CPF", cns: "CNS", dni: "DNI", nie: "NIE", codicefiscale: "Codice fiscale", cc: "Cartão de Cidadão", nrt: "NRT" };

export const isDocument = (field) => field.includes("/");

/** `birth_date` → "Birth date", `br/cpf` → "CPF". */
export function fieldName(field) {
  if (!isDocument(field)) return capital(word("field", field));
  const [country, kind] = field.split("/");
  return DOCUMENTS[kind] ?? `${capital(word("field", kind))} (${country.toUpperCase()})`;
}

const capital = (text) => text.charAt(0).toLocaleUpperCase(currentLanguage()) + text.slice(1);

export function valueOf(field, value) {
  if (field === "birth_date" && value.length === 10) return day(value);
  if (field === "sex") return word("sex", value);
  if (field === "language") return word("language", value);
  if (field === "country" && /^[A-Z]{2}$/.test(value)) return new Intl.DisplayNames([locale()], { type: "region" }).of(value);
  return value;
}

const day = (value) =>
  new Intl.DateTimeFormat(locale(), { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(value));

/** Who says so: the desk, an import, another system of the clinic's, or the channel by which it came. */
export function sourceOf(source) {
  const [kind] = source.split(":");
  if (kind === "agent" || kind === "role") return t("source.desk");
  if (kind === "import") return t("source.import");
  return kind === "ehr" ? t("source.ehr") : word("channel", source);
}

const UNITS = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

/** "3 months ago". */
export function ago(at) {
  const seconds = secondsSince(at);
  const [unit, size] = UNITS.find(([, length]) => seconds >= length) ?? ["minute", 60];
  return new Intl.RelativeTimeFormat(locale(), { numeric: "auto" }).format(-Math.floor(seconds / size), unit);
}

/** "the import, 3 months ago" */
export const sourceAndAge = ({ source, at }) => t("source.and_age", { source: sourceOf(source), age: ago(at) });
