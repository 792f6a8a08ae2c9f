// Several people share this browser: each finds their own conversation again, as on a device of their own.
(() => {
  const who = new URLSearchParams(location.search).get("who") ?? "";
  const last = localStorage.getItem("site.who") ?? "";
  if (who === last) return;
  const set = (name, value) => (value === null ? localStorage.removeItem(name) : localStorage.setItem(name, value));
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith("recado-chat:"))) {
    set(`site.${last}.${key}`, localStorage.getItem(key));
    localStorage.removeItem(key);
  }
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith(`site.${who}.`))) {
    set(key.slice(`site.${who}.`.length), localStorage.getItem(key));
  }
  localStorage.setItem("site.who", who);
})();
