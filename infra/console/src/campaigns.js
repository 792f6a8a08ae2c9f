// Whom the clinic writes to by itself: groups of its patients, and what they are invited to.

import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { get } from "./api.js";
import { Campaign } from "./campaign.js";
import { DraftDialog } from "./campaigndraft.js";
import { DropDraftDialog, EndDialog, LaunchDialog } from "./campaignlaunch.js";
import { learn, t } from "./i18n.js";
import { Icon } from "./icons.js";
import { style } from "./looks.js";
import { Problem } from "./parts.js";
import { DropDialog, SegmentDialog } from "./segmentforms.js";
import { Segments } from "./segments.js";
import { ready as setup, SetupNav } from "./setupnav.js";

export const ready = Promise.all([learn("campaigns"), learn("people"), style("styles/campaigns.css"), setup]);

const DIALOGS = { draft: DraftDialog, change: DraftDialog, drop: DropDraftDialog, launch: LaunchDialog, end: EndDialog, segment: SegmentDialog, dropSegment: DropDialog };

export function Campaigns({ me }) {
  const { known, error, reload } = useKnown();
  const [dialog, setDialog] = useState(null);
  const close = () => setDialog(null);
  const done = (said) => {
    announce(said);
    close();
    reload();
  };
  const ask = (name, one) => setDialog({ name, one });
  const Asked = dialog && DIALOGS[dialog.name];
  return html`
    <main class="setup-page campaigns" id="main" tabindex="-1">
      <div class="setup-column">
        <${SetupNav} me=${me} view="campaigns" />
        <header class="setup-head">
          <div><h1>${t("campaigns.title")}</h1><p class="faint">${t("campaigns.lead")}</p></div>
          ${known && html`<button type="button" class="primary" disabled=${known.segments.length === 0} onClick=${() => ask("draft")}><${Icon} name="plus" size=${16} /> ${t("campaigns.draft")}</button>`}
        </header>
        <${Problem} error=${error} />
        ${!known && !error && html`<p role="status">${t("state.loading")}</p>`}
        ${known && html`<${List} me=${me} known=${known} onAsk=${ask} onChanged=${done} /><${Segments} known=${known} onAsk=${ask} />`}
      </div>
    </main>
    ${Asked && html`<${Asked} key=${dialog.name} me=${me} one=${dialog.one} known=${known} onDone=${done} onClose=${close} />`}
  `;
}

function useKnown() {
  const [state, setState] = useState({ known: null, error: null });
  const reload = async () => {
    try {
      const [campaigns, segments, types] = await Promise.all(["/campaigns", "/segments", "/appointment-types"].map((path) => get(path)));
      setState({ known: { campaigns: campaigns.items, segments: segments.items, types: types.items }, error: null });
    } catch (error) {
      setState((old) => ({ ...old, error }));
    }
  };
  useEffect(() => {
    reload();
  }, []);
  return { ...state, reload };
}

const List = ({ me, known, onAsk, onChanged }) => html`
  ${known.campaigns.length === 0 && html`<p class="faint">${t(known.segments.length === 0 ? "campaigns.segment_first" : "campaigns.none")}</p>`}
  <ul class="setup-list">
    ${known.campaigns.map((one) => html`<${Campaign} key=${one.id} me=${me} campaign=${one} known=${known} onAsk=${onAsk} onChanged=${onChanged} />`)}
  </ul>
`;
