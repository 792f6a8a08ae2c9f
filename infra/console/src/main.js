import { html, render } from "../vendor/htm-preact.js";
import { App } from "./app.js";
import { nearest, speak } from "./i18n.js";
import { preference } from "./session.js";

await speak(preference("language", nearest(navigator.languages)));
render(html`<${App} />`, document.getElementById("recado"));
