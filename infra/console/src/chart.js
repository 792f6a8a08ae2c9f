// The chart of a day's quarters, drawn by uPlot, which is fetched when the first chart is wanted.

import { dayStart } from "./calendar.js";
import { locale, number } from "./i18n.js";
import { clinicZone } from "./time.js";

const QUARTER_S = 900;
const LEAST_QUARTERS = 16;
const HEIGHT_PX = 220;

let library = null;

function loadLibrary() {
  library ??= Promise.all([
    arrive(Object.assign(document.createElement("link"), { rel: "stylesheet", href: "vendor/uPlot.min.css" })),
    arrive(Object.assign(document.createElement("script"), { src: "vendor/uPlot.iife.min.js" })),
  ]).catch((error) => {
    library = null;
    throw error;
  });
  return library;
}

function arrive(element) {
  return new Promise((done, failed) => {
    element.onload = done;
    element.onerror = () => failed(new Error(`cannot load ${element.src || element.href}`));
    document.head.append(element);
  });
}

/** Draws into `box`, follows its width and the colour scheme; resolves to a function that takes it away. */
export async function drawChart(box, intervals) {
  await loadLibrary();
  const data = columns(intervals);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let plot = null;
  const draw = () => {
    plot?.destroy();
    plot = new window.uPlot(options(box), data, box);
  };
  const watcher = new ResizeObserver(() => plot?.setSize({ width: box.clientWidth, height: HEIGHT_PX }));
  draw();
  watcher.observe(box);
  dark.addEventListener("change", draw);
  return () => {
    watcher.disconnect();
    dark.removeEventListener("change", draw);
    plot.destroy();
  };
}

/** Every quarter from the clinic's midnight to the last with something in it, quiet ones as zeros. */
function columns(intervals) {
  const byStart = new Map(intervals.map((row) => [Date.parse(row.start) / 1000, row]));
  const first = dayStart(Math.min(...byStart.keys()) * 1000) / 1000;
  const last = Math.max(...byStart.keys(), first + (LEAST_QUARTERS - 1) * QUARTER_S);
  const starts = [];
  for (let start = first; start <= last; start += QUARTER_S) starts.push(start);
  // A bar of nothing is left out, lest its outline show. The settled ones are drawn over one another in one bar:
  // answered at the bottom, abandoned on it, and what remains pale is still open or was settled another way.
  const of = (...names) =>
    starts.map((start) => names.reduce((sum, name) => sum + (byStart.get(start)?.[name] ?? 0), 0) || null);
  return [starts, of("offered"), of("answered", "abandoned"), of("answered")];
}

function options(box) {
  const style = getComputedStyle(box);
  const colour = (name) => style.getPropertyValue(name).trim();
  const { uPlot } = window;
  const axis = { stroke: colour("--ink-2"), grid: { stroke: colour("--line"), width: 1 }, ticks: { show: false }, font: "12px system-ui, sans-serif" };
  const times = new Intl.DateTimeFormat(locale(), { timeZone: clinicZone(), hour: "2-digit", minute: "2-digit" });
  const bars = (line, fill) => ({
    paths: uPlot.paths.bars({ size: [0.72, 34] }),
    stroke: colour(line),
    fill: colour(fill),
    width: 1,
    points: { show: false },
  });
  return {
    width: box.clientWidth,
    height: HEIGHT_PX,
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { range: (_, low, high) => [low - QUARTER_S / 2, high + QUARTER_S / 2] }, y: { range: (_, low, high) => [0, Math.max(4, Math.ceil(high * 1.1))] } },
    axes: [
      { ...axis, grid: { show: false }, space: 60, size: 30, values: (_, splits) => splits.map((at) => times.format(at * 1000)) },
      { ...axis, size: 34, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500], values: (_, splits) => splits.map((n) => number(n)) },
    ],
    series: [
      {},
      bars("--chart-offered-line", "--chart-offered"),
      bars("--chart-abandoned", "--chart-abandoned"),
      bars("--chart-answered", "--chart-answered"),
    ],
  };
}
