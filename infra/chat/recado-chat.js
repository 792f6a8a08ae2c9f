// The chat that a clinic puts on its page:
//   <script src="https://…/chat/recado-chat.js" data-key="…" defer></script>
// README.md says what else may be given.
(() => {
  const script = document.currentScript;
  const key = script?.dataset.key;
  if (!key || !("HTMLDialogElement" in window)) return;
  const { lang, api, privacy } = script.dataset;
  const language = lang || document.documentElement.lang || navigator.language;
  const url = new URL(`/webhooks/webchat/${encodeURIComponent(key)}`, api || script.src).href;
  import(new URL("src/main.js", script.src).href).then(({ start }) => start({ key, language, url, privacy }));
})();
