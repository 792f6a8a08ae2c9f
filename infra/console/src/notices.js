// What was to be sent to a webhook in the last thirty days, what became of it, and that it is sent again.

import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { get, paged, post } from "./api.js";
import { instantOf } from "./calendar.js";
import { count, t, word } from "./i18n.js";
import { Problem } from "./parts.js";
import { dateAndTime } from "./time.js";

const AGAIN = new Set(["sent", "failed", "held"]);
const MOST_REPLAYS = 50;

export function Notices({ path, admin }) {
  const { items, next, error, more, again, many } = useNotices(path);
  if (!items) return html`<${Problem} error=${error} />`;
  return html`
    <${Problem} error=${error} />
    ${items.length === 0 && html`<p class="faint">${t("notices.none")}</p>`}
    ${admin && items.some((one) => one.state === "held") && html`<p><button type="button" class="small" onClick=${() => many({ states: ["held"] })}>${t("notices.send_held")}</button></p>`}
    ${admin && items.length > 0 && html`<${Since} onSend=${(since) => many({ since })} />`}
    ${items.length > 0 &&
    html`
      <div class="table-scroll" tabindex="0" role="group" aria-label=${t("subscriptions.notices")}>
        <table class="notices">
          <thead><tr>${["at", "event", "state", "attempts", "again"].map((name) => html`<th key=${name} scope="col">${t(`notices.${name}`)}</th>`)}</tr></thead>
          <tbody>${items.map((one) => html`<${Notice} key=${one.id} notice=${one} admin=${admin} onAgain=${again} />`)}</tbody>
        </table>
      </div>
    `}
    ${next && html`<button type="button" class="more" onClick=${more}>${t("list.more")}</button>`}
  `;
}

const Notice = ({ notice, admin, onAgain }) => html`
  <tr class=${notice.state}>
    <th scope="row"><time datetime=${notice.at}>${dateAndTime(notice.at)}</time></th>
    <td>${word("event", notice.event.split(".")[1])}</td>
    <td>${word("notice_state", notice.state)}${notice.status && ` · HTTP ${notice.status}`}${notice.error && html` <small class="faint">${notice.error}</small>`}</td>
    <td>${notice.attempts}</td>
    <td>${admin && AGAIN.has(notice.state) && html`<button type="button" class="quiet small" onClick=${() => onAgain(notice)}>${t("notices.send_again")}</button>`}</td>
  </tr>
`;

function useNotices(path) {
  const [state, setState] = useState({ items: null, next: null, error: null });
  const attempt = async (act) => {
    try {
      await act();
    } catch (error) {
      setState((old) => ({ ...old, error }));
    }
  };
  const read = () => attempt(async () => setState({ ...(await get(`${path}/notices`)), error: null }));
  useEffect(() => {
    read();
  }, []);
  const more = () =>
    attempt(async () => {
      const page = await get(paged(`${path}/notices`, state.next));
      setState((old) => ({ items: [...old.items, ...page.items], next: page.next, error: null }));
    });
  const again = (notice) =>
    attempt(async () => {
      await post(`${path}/notices/${encodeURIComponent(notice.id)}/replay`);
      announce(count("notices.replayed", 1));
      await read();
    });
  const many = (wanted) =>
    attempt(async () => {
      announce(count("notices.replayed", await replay(path, wanted)));
      await read();
    });
  return { ...state, more, again, many };
}

/** All that was written from a moment of the clinic's clock on: for a system that lost what it had. */
function Since({ onSend }) {
  const [since, setSince] = useState("");
  const submit = (event) => {
    event.preventDefault();
    onSend(instantOf(since));
  };
  return html`
    <form class="notices-since" onSubmit=${submit}>
      <label class="field">${t("notices.since")}<input type="datetime-local" required value=${since} onInput=${(event) => setSince(event.target.value)} /></label>
      <button class="small">${t("notices.send_since")}</button>
    </form>
  `;
}

/** Sends again, call after call, as the server can do only so many at once; how many. */
async function replay(path, wanted) {
  let sent = 0;
  let next = null;
  for (let calls = 0; calls < MOST_REPLAYS; calls += 1) {
    const done = await post(`${path}/replay`, { ...wanted, ...(next && { next }) });
    sent += done.replayed;
    next = done.next;
    if (!next) break;
  }
  return sent;
}
