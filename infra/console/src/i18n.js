// The page's words. One catalogue a language in ../texts; only the one in use is loaded.

export const LANGUAGES = {
  "pt-BR": "Português",
  es: "Español",
  it: "Italiano",
  ca: "Català",
  en: "English",
};

let language = "en";
let texts = {};
let plurals = new Intl.PluralRules("en");

export const currentLanguage = () => language;

/** For dates and numbers. Where our clinics are, English too is written day first and by the 24-hour clock. */
export const locale = () => (language === "en" ? "en-GB" : language);

const learnt = [];
let wished = language;
let newest = null;

const read = async (file) => (await fetch(`texts/${file}.json`)).json();

export function speak(wanted) {
  wished = wanted in LANGUAGES ? wanted : "en";
  return gather();
}

/** The words of a part of the page that is fetched when it is first wanted. */
export function learn(part) {
  learnt.push(part);
  return gather();
}

/** All words that are wanted by now. Of two at once the later counts, and both are done when it is. */
async function gather() {
  const mine = (newest = load(wished, [...learnt]));
  const catalogues = await mine;
  if (mine !== newest) return newest.then(() => {});
  [language, texts] = catalogues;
  plurals = new Intl.PluralRules(language);
  document.documentElement.lang = language;
}

async function load(name, parts) {
  const catalogues = await Promise.all([name, ...parts.map((part) => `${part}/${name}`)].map(read));
  return [name, Object.assign({}, ...catalogues)];
}

/** The best of our languages for what a browser asks for. */
export function nearest(wanted) {
  const names = Object.keys(LANGUAGES);
  for (const tag of wanted) {
    const found = names.find((name) => name === tag || name.split("-")[0] === tag.split("-")[0]);
    if (found) return found;
  }
  return "en";
}

/** The text of a key, its {placeholders} filled in. */
export function t(key, values = {}) {
  return (texts[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** As `t`, for values that are elements (a <bdi> name): a list of strings and elements. */
export function parts(key, values) {
  return (texts[key] ?? key).split(/\{(\w+)\}/).map((piece, i) => (i % 2 ? values[piece] : piece));
}

/** The text of a key for a number: `<key>.one`, `<key>.other`. */
export function count(key, n, values = {}) {
  const exact = `${key}.${plurals.select(n)}`;
  return t(exact in texts ? exact : `${key}.other`, { n: number(n), ...values });
}

const NAMES = ["channel", "need", "system"];

/** A word that the server chose (a disposition, a state): ours if the catalogue has it, else what its group
 *  calls all others, else as it came; a name begins with a capital letter. */
export function word(group, value) {
  const known = texts[`${group}.${value}`] ?? texts[`${group}.other`];
  if (known !== undefined) return known;
  const plain = String(value ?? "").replaceAll("_", " ");
  return NAMES.includes(group) ? plain.charAt(0).toLocaleUpperCase(language) + plain.slice(1) : plain;
}

export const number = (n) => new Intl.NumberFormat(locale()).format(n);
export const percent = (share) =>
  new Intl.NumberFormat(locale(), { style: "percent", maximumFractionDigits: 0 }).format(share);
