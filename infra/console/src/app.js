// The whole page: who is signed in, what is shown, and the phone beside it.

import { html, useCallback, useEffect, useState } from "../vendor/htm-preact.js";
import { Announcer } from "./announce.js";
import { authorise, exchange, get } from "./api.js";
import { Desk } from "./desk.js";
import { currentLanguage, nearest, speak, t } from "./i18n.js";
import { usePart } from "./parts.js";
import { discardAll } from "./replies.js";
import { forgetAll, prefer, preference, savedToken, saveToken } from "./session.js";
import { SignIn } from "./signin.js";
import { useZone } from "./time.js";
import { TopBar } from "./topbar.js";

export function App() {
  const { me, status, problem, signIn, signOut } = useSession();
  const [language, setLanguage] = useLanguage(me);
  const route = useRoute();
  const clinics = usePhoneClinics();
  const Phone = usePart(clinics.length > 0, () => import("./phone.js").then((part) => part.ready.then(() => part.Phone)));
  const [phoneShown, setPhoneShown] = useState(preference("phone", "shown") === "shown");

  const togglePhone = () => {
    prefer("phone", phoneShown ? "hidden" : "shown");
    setPhoneShown(!phoneShown);
  };
  const withPhone = clinics.length > 0 && phoneShown;
  return html`
    <div class=${`app ${withPhone ? "with-phone" : ""} ${me ? "at-desk" : "at-door"}`}>
      <${TopBar}
        me=${me} view=${route.view} language=${language} onLanguage=${setLanguage} onSignOut=${signOut}
        phone=${clinics.length > 0 ? phoneShown : null} onPhone=${togglePhone}
      />
      ${me && html`<${Inside} key=${`${me.clinic.id}/${me.role}`} me=${me} route=${route} />`}
      ${!me && status !== "checking" && html`<${SignIn} problem=${problem} onToken=${signIn} />`}
      ${!me && status === "checking" && html`<main class="door"><p>${t("state.loading")}</p></main>`}
      ${withPhone && Phone && html`<${Phone} clinics=${clinics} home=${me?.clinic.id} />`}
    </div>
    <${Announcer} />
  `;
}

/** What takes the desk's place: fetched when it is first wanted. */
const SCREENS = {
  agenda: () => import("./agenda.js").then((part) => part.ready.then(() => part.Agenda)),
  articles: () => import("./articles.js").then((part) => part.ready.then(() => part.Articles)),
  authorisations: () => import("./authorisations.js").then((part) => part.ready.then(() => part.Authorisations)),
  campaigns: () => import("./campaigns.js").then((part) => part.ready.then(() => part.Campaigns)),
  channels: () => import("./channels.js").then((part) => part.ready.then(() => part.Channels)),
  flows: () => import("./flows.js").then((part) => part.ready.then(() => part.Flows)),
  import: () => import("./import.js").then((part) => part.ready.then(() => part.Import)),
  numbers: () => import("./numbers.js").then((part) => part.ready.then(() => part.Numbers)),
  reminders: () => import("./reminders.js").then((part) => part.ready.then(() => part.Reminders)),
  reviews: () => import("./reviews.js").then((part) => part.ready.then(() => part.Reviews)),
  risk: () => import("./risk.js").then((part) => part.ready.then(() => part.Risk)),
  schedules: () => import("./schedules.js").then((part) => part.ready.then(() => part.Schedules)),
  subscriptions: () => import("./subscriptions.js").then((part) => part.ready.then(() => part.Subscriptions)),
  surveys: () => import("./surveys.js").then((part) => part.ready.then(() => part.Surveys)),
  waiting: () => import("./waiting.js").then((part) => part.ready.then(() => part.Waiting)),
};

function Inside({ me, route }) {
  const load = SCREENS[route.view];
  return html`
    <${Desk} me=${me} route=${route} hidden=${load} />
    ${load && html`<${Screen} key=${route.view} me=${me} load=${load} />`}
  `;
}

function Screen({ me, load }) {
  const Part = usePart(true, load);
  return Part ? html`<${Part} me=${me} />` : html`<main class="numbers"><p role="status">${t("state.loading")}</p></main>`;
}

function useSession() {
  const [session, setSession] = useState({ me: null, status: savedToken() ? "checking" : "out", problem: null });

  const signOut = useCallback((problem = null) => {
    authorise("", () => {});
    discardAll();
    forgetAll();
    location.hash = "";
    setSession({ me: null, status: "out", problem });
  }, []);

  const signIn = useCallback(async (token) => {
    setSession({ me: null, status: "checking", problem: null });
    authorise(token, () => signOut({ code: "unauthorised" }));
    try {
      const me = await get("/me");
      if (!me.clinic) throw Object.assign(new Error("no clinic"), { code: "no_clinic" });
      saveToken(token);
      useZone(me.clinic.timezone);
      setSession({ me, status: "in", problem: null });
    } catch (error) {
      setSession({ me: null, status: "out", problem: error });
    }
  }, []);

  useEffect(() => {
    if (savedToken()) signIn(savedToken());
  }, []);
  return { ...session, signIn, signOut: () => signOut() };
}

/** The language in use: this person's choice, else the clinic's, else the browser's. */
function useLanguage(me) {
  const [language, setLanguage] = useState(currentLanguage());
  const change = async (name) => {
    await speak(name);
    setLanguage(name);
  };
  useEffect(() => {
    const wanted = preference("language", me?.clinic.language ?? nearest(navigator.languages));
    if (wanted !== currentLanguage()) change(wanted);
  }, [me?.clinic.id]);
  const choose = (name) => {
    prefer("language", name);
    change(name);
  };
  return [language, choose];
}

/** `#/`, `#/contact/<id>` or `#/<screen>`: a reload, a bookmark and the back button keep the place. */
function useRoute() {
  const read = () => {
    const [, view, id] = location.hash.split("/");
    if (view in SCREENS) return { view, id: null };
    return { view: "contacts", id: view === "contact" && id ? decodeURIComponent(id) : null };
  };
  const [route, setRoute] = useState(read);
  useEffect(() => {
    const onChange = () => setRoute(read());
    addEventListener("hashchange", onChange);
    return () => removeEventListener("hashchange", onChange);
  }, []);
  return route;
}

/** The clinics that the phone simulator can write to; none where there is no simulator. */
function usePhoneClinics() {
  const [clinics, setClinics] = useState([]);
  useEffect(() => {
    exchange("GET", "/phone/clinics")
      .then((answer) => setClinics(answer.items ?? answer.clinics ?? answer))
      .catch(() => setClinics([]));
  }, []);
  return clinics;
}
