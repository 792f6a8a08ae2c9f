// Looks of a part of the page that is fetched when it is first wanted.

/** Adds a sheet; done when it holds, or cannot be had: the page works without. */
export function style(href) {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  return new Promise((resolve) => {
    link.onload = resolve;
    link.onerror = resolve;
    document.head.append(link);
  });
}
