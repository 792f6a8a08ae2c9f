// Line icons, drawn for this page on a 20 by 20 grid. Always beside words or under a label: never the only sign.

import { html } from "../vendor/htm-preact.js";

const PATHS = {
  whatsapp: "M3.5 16.5l1-3.4A6.8 6.8 0 1 1 7 15.5zM7.6 7.3c-.4 2 2.9 5.3 5 5l.6-1.5-1.7-.9-.8.7c-.8-.4-1.5-1-1.9-1.9l.7-.8-.8-1.6z",
  voice: "M4 4.2c0 6.5 5.3 11.8 11.8 11.8l1-3.4-3.7-1.5-1.4 1.7a9.3 9.3 0 0 1-4.5-4.5l1.7-1.4L7.4 3.200z",
  missed: "M3 13.500c4-4 10-4 14 0l-1.6 2-2.9-1.400v-2c-1.6-.5-3.4-.5-5 0v2L4.6 15.500zM6 4l4 4 5-5M6 4v3M6 4h3",
  other: "M3.5 5h13v9h-8l-3.5 3v-3h-1.500z",
  setup: "M3.5 6h7M14.500 6h2M3.5 14h2M9.500 14h7M12.500 4v4M7.500 12v4",
  send: "M3 10l14-6.5-4.5 13.5-3-5.500zM9.5 11.500l3-3",
  back: "M12 4l-6 6 6 6",
  close: "M5 5l10 10M15 5L5 15",
  check: "M4 10.500l4 4 8-9",
  person: "M10 10a3.3 3.3 0 1 0 0-6.6 3.3 3.3 0 0 0 0 6.600zM3.5 17c.6-3.6 3.2-5.2 6.5-5.200s5.9 1.6 6.5 5.2",
  calendar: "M3.5 5h13v11.500h-13zM3.5 8.500h13M7 3v3.500M13 3v3.5",
  bell: "M5 14V9.500a5 5 0 0 1 10 0V14l1.5 1H3.500zM8.5 17.300h3",
  clock: "M10 3.200a6.8 6.8 0 1 0 0 13.6 6.8 6.8 0 0 0 0-13.600zM10 6v4.300l2.8 1.7",
  warning: "M10 3l7.5 13.500h-15zM10 8v4M10 14.300v.2",
  file: "M5 2.800h6.500L15 6.300v10.900H5zM11.3 2.800v3.700H15",
  attach: "M14.500 9l-5.2 5.200a3 3 0 0 1-4.300-4.300l6-6a2 2 0 0 1 2.900 2.900l-5.800 5.800a1 1 0 0 1-1.500-1.500l5-5",
  phone: "M6 2.500h8v15H6zM9 15.200h2",
  chart: "M3.5 16.500h13M5.5 14V10M10 14V4.500M14.5 14V7.5",
  inbox: "M3 11.500L5 4.500h10l2 7v4.500H3zM3 11.500h4l1.2 2h3.600l1.2-2h4",
  plus: "M10 4.500v11M4.5 10h11",
  exit: "M8 4H4v12h4M12 6.5L15.5 10 12 13.5M15.5 10H8",
  hangup: "M3 12.500c4-4 10-4 14 0l-1.6 2-2.9-1.400v-2c-1.6-.5-3.4-.5-5 0v2L4.6 14.500z",
};

export const Icon = ({ name, size = 20 }) => html`
  <svg class="icon" viewBox="0 0 20 20" width=${size} height=${size} aria-hidden="true" focusable="false">
    <path d=${PATHS[name] ?? PATHS.other} />
  </svg>
`;

/** The mark: a note with a folded corner, which is what a recado is, and a word under way on it. */
export const Mark = ({ size = 28 }) => html`
  <svg class="mark" viewBox="0 0 28 28" width=${size} height=${size} aria-hidden="true" focusable="false">
    <path class="mark-sheet" d="M4 6.500A3.5 3.5 0 0 1 7.5 3H18l6 6v9.500a3.5 3.5 0 0 1-3.5 3.500H13l-5 4v-4h-.5A3.5 3.5 0 0 1 4 18.500z" />
    <path class="mark-fold" d="M18 3l6 6h-4a2 2 0 0 1-2-2z" />
    <path class="mark-line" d="M9 12.500h8M9 16.500h5" />
  </svg>
`;

/** One or two ticks as on a phone; the words come from the caller. */
export const Ticks = ({ two = false }) => html`
  <svg class="ticks" viewBox="0 0 20 12" width="18" height="11" aria-hidden="true" focusable="false">
    <path d=${two ? "M1.5 6.500l3.5 3.5 7-8M8.5 9l1 1 7-8" : "M4.5 6.500l3.5 3.5 7-8"} />
  </svg>
`;
