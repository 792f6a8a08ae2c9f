// What every part of the page needs that shows who is who: its words and looks, which are no part of a first visit.

import { learn } from "./i18n.js";
import { style } from "./looks.js";

export const ready = Promise.all([learn("people"), style("styles/people.css")]);
