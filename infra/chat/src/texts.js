// The words of the chat, one catalogue a language with the same keys; `{…}` is filled in. And its times.

const LANGUAGES = ["pt-BR", "es", "it", "ca", "en"];

export function closest(language) {
  const base = String(language).split(/[-_]/)[0].toLowerCase();
  return LANGUAGES.find((known) => known.split("-")[0] === base) ?? "en";
}

export async function texts(language) {
  const { default: catalogue } = await import(`./texts/${language}.js`);
  return (key, values = {}) => catalogue[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

const show = (at, language, parts) =>
  new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { ...parts, hour: "2-digit", minute: "2-digit" }).format(at);

// A moment as the clinic's clock shows it: "segunda-feira, 24 de novembro às 09:00".
export const moment = (iso, language, timeZone) =>
  show(new Date(iso), language, { weekday: "long", day: "numeric", month: "long", timeZone });

// When something was said: the time, and the day where it was another.
export function stamp(at, language) {
  const then = new Date(at);
  const isToday = then.toDateString() === new Date().toDateString();
  return show(then, language, isToday ? {} : { day: "numeric", month: "short" });
}
