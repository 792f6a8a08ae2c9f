// The phone's dock: its apps, one of them open. A dot on an app says that something new is in it.

import { html, useEffect, useRef, useState } from "../vendor/htm-preact.js";
import { exchange } from "./api.js";
import { t, word } from "./i18n.js";
import { usePolling } from "./polling.js";

const LOOK_MS = 3000;

const PATHS = {
  whatsapp: "M3.5 16.5l1-3.4A6.8 6.8 0 1 1 7 15.5zM7.6 7.3c-.4 2 2.9 5.3 5 5l.6-1.5-1.7-.9-.8.7c-.8-.4-1.5-1-1.9-1.9l.7-.8-.8-1.6z",
  sms: "M3.5 4.5h13v9h-8l-3.5 3v-3H3.500zM7 9h.2M10 9h.2M13 9h.2",
  telegram: "M3 10l14-6.5-4 13.5-3.500-5zM9.5 12l3.500-4",
  messenger: "M10 3.500c4 0 7 2.700 7 6.200s-3 6.200-7 6.200a8 8 0 0 1-2.300-.3L5 17v-2.700a5.800 5.800 0 0 1-2-4.600c0-3.500 3-6.200 7-6.200zM6.500 11l2.500-2.700 2 1.900 2.500-2",
  instagram: "M6.500 3.500h7a3 3 0 0 1 3 3v7a3 3 0 0 1-3 3h-7a3 3 0 0 1-3-3v-7a3 3 0 0 1 3-3zM10 7a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM13.800 6.200h.1",
  webchat: "M10 3.200a6.8 6.8 0 1 0 0 13.600 6.800 6.800 0 0 0 0-13.600zM3.500 10h13M10 3.200c-4 4-4 9.600 0 13.600M10 3.200c4 4 4 9.600 0 13.600",
  email: "M3 5h14v10.500H3zM3 6l7 5.500L17 6",
};

const Drawn = ({ name }) => html`
  <svg class="icon" viewBox="0 0 20 20" width="22" height="22" aria-hidden="true" focusable="false"><path d=${PATHS[name]} /></svg>
`;

export function PhoneApps({ clinic, person, app, onApp }) {
  const fresh = useFresh(clinic, person, app);
  const step = (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const names = clinic.apps.map((one) => one.app);
    const next = names[(names.indexOf(app) + by + names.length) % names.length];
    onApp(next);
    event.currentTarget.querySelector(`[data-app="${next}"]`).focus();
  };
  return html`
    <div class="phone-apps" role="tablist" aria-label=${t("phone.apps")} onKeyDown=${step}>
      ${clinic.apps.map(({ app: name }) => html`
        <button key=${name} type="button" role="tab" class=${`phone-app app-${name}`} data-app=${name} title=${word("channel", name)}
          aria-selected=${String(name === app)} tabindex=${name === app ? 0 : -1} onClick=${() => onApp(name)}>
          <${Drawn} name=${name} />
          <span class="unseen">${word("channel", name)}${fresh[name] ? ` (${t("phone.fresh")})` : ""}</span>
          ${fresh[name] && html`<span class="phone-dot" aria-hidden="true"></span>`}
        </button>`)}
    </div>
  `;
}

/** In which other apps the clinic has written since they were last open. */
function useFresh(clinic, person, app) {
  const [counts, setCounts] = useState(null);
  const seen = useRef({});
  const query = new URLSearchParams({ clinic: clinic.id, from: person.number, email: person.email ?? "" });
  useEffect(() => {
    seen.current = {};
    setCounts(null);
  }, [`${query}`]);
  usePolling(
    async (isCurrent) => {
      if (!person.number) return;
      const answer = await exchange("GET", `/phone/counts?${query}`);
      if (!isCurrent()) return;
      seen.current = { ...answer.counts, ...seen.current, [app]: answer.counts[app] };
      setCounts(answer.counts);
    },
    [`${query}`, app],
    LOOK_MS,
  );
  const named = clinic.apps.map((one) => one.app).filter((name) => name !== app);
  return Object.fromEntries(named.map((name) => [name, (counts?.[name] ?? 0) > (seen.current[name] ?? Infinity)]));
}
