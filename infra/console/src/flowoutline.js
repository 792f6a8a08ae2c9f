// A flow to be read: its steps numbered in the order in which a patient comes to them, and where each answer leads.

import { html, useRef } from "../vendor/htm-preact.js";
import { currentLanguage, t, word } from "./i18n.js";

const said = (texts) => texts?.[currentLanguage()] ?? Object.values(texts ?? {})[0] ?? "";

/** The answers to a node, and where they lead: [words, node]. */
function waysOf(node) {
  if (node.kind === "do") return Object.entries(node.then).map(([outcome, next]) => [word("outcome", outcome), next]);
  if (node.kind !== "ask") return [];
  const ways = (node.choices ?? []).map((one) => [said(one.title), one.next]);
  if (!node.next) return ways;
  return [[node.among ? word("flow_among", node.among) : word("flow_answer", node.expects), node.next], ...ways];
}

/** The names of all nodes, each after what first leads to it; what nothing leads to comes last. */
function inOrder({ start, nodes }) {
  const order = [];
  const visit = (name) => {
    if (!(name in nodes) || order.includes(name)) return;
    order.push(name);
    waysOf(nodes[name]).forEach(([, next]) => visit(next));
  };
  visit(start);
  return [...order, ...Object.keys(nodes).filter((name) => !order.includes(name))];
}

export function FlowOutline({ flow }) {
  const list = useRef(null);
  const order = inOrder(flow);
  const go = (name) => list.current.children[order.indexOf(name)]?.focus();
  return html`
    <ol class="flow-outline" ref=${list}>
      ${order.map((name, at) => html`<${Node} key=${name} number=${at + 1} node=${flow.nodes[name]} order=${order} onGo=${go} />`)}
    </ol>
  `;
}

function titleOf(node) {
  if (node.kind === "do") return word("deed", node.deed);
  if (node.kind === "end") return word("disposition", node.disposition);
  if (node.kind === "flow") return word("flow", node.flow);
  return "";
}

const Node = ({ number, node, order, onGo }) => html`
  <li class=${`flow-node ${node.kind}`} tabindex="-1">
    <span class="flow-number" aria-hidden="true">${number}</span>
    <div>
      <p class="flow-what"><span class="unseen">${number}. </span><span class="flow-kind">${word("flow_kind", node.kind)}</span> <strong>${titleOf(node)}</strong></p>
      ${node.text && html`<blockquote><bdi>${said(node.text)}</bdi></blockquote>`}
      ${node.kind === "ask" && !node.among && node.expects !== "choice" && html`<p class="faint small">${t(`flow_waits.${node.expects}`)}</p>`}
      <${Ways} ways=${waysOf(node)} order=${order} onGo=${onGo} />
    </div>
  </li>
`;

const Ways = ({ ways, order, onGo }) =>
  ways.length > 0 &&
  html`
    <ul class="flow-ways">
      ${ways.map(([words, next]) => html`<li key=${words}><bdi>${words}</bdi> <button type="button" class="quiet small" onClick=${() => onGo(next)}>→ ${t("flows.leads_to", { n: order.indexOf(next) + 1 })}</button></li>`)}
    </ul>
  `;
