// A curve as inline SVG: it is drawn again whenever a value or the width changes.

import { grouped, unitOf, written } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const STEPS = 160;
const MARGIN = { top: 26, right: 16, bottom: 40, left: 62 };

/** `find(values)` computes the results; `width` is what there is room for, in CSS pixels. */
export function plot(asked, values, find, width) {
  const height = Math.round(Math.max(220, Math.min(300, width * 0.5)));
  const { across, up, limit, beside } = asked.plot;
  const found = find(values);
  const input = asked.inputs.find(({ name }) => name === across);
  const result = asked.results.find(({ name }) => name === up);
  const ends = [Math.min(input.least, values[across]), found.span];
  const line = typeof limit === "string" ? (values[limit] ?? found[limit]) : limit;
  const main = curve(find, values, across, up, ends);
  const other = Object.keys(beside).length
    ? curve(find, { ...values, ...beside }, across, up, ends)
    : [];
  const top = height_of(main, found[up], line);
  const scale = scales(ends, top, width, height);
  const svg = element("svg", { viewBox: `0 0 ${width} ${height}`, width, height });
  svg.append(...axes(scale, ends, top, input, result, width, height));
  if (line !== null) svg.append(limited(scale, line, ends));
  if (other.length) svg.append(path(scale, other, top, "beside"));
  svg.append(path(scale, main, top, "curve"));
  const falls = (main.at(-1)[1] ?? top) < main[0][1];
  svg.append(...marked(scale, values[across], found[up], top, result, falls, width));
  return svg;
}

/** Which line is which. Beside the lines the words would cross each other. */
export function legend(asked) {
  const { limit_label: limit, beside_label: beside } = asked.plot;
  const lines = { curve: "with these values", limit, beside };
  const made = document.createElement("p");
  made.className = "legend";
  for (const [name, words] of Object.entries(lines)) {
    if (!words) continue;
    const item = document.createElement("span");
    item.className = name;
    item.textContent = words;
    made.append(item);
  }
  return made.children.length > 1 ? made : "";
}

function curve(find, values, across, up, [from, to]) {
  return Array.from({ length: STEPS + 1 }, (_, step) => {
    const x = from + ((to - from) * step) / STEPS;
    return [x, find({ ...values, [across]: x })[up]];
  });
}

/** Where a curve runs away, its last eighth is left out rather than all else made flat. */
function height_of(points, here, line) {
  const ups = points.map(([, y]) => y).filter((y) => y !== null);
  const sorted = ups.sort((one, two) => one - two);
  const most = sorted.at(-1) ?? 1;
  const usual = sorted[Math.floor(sorted.length * 0.875)] ?? 1;
  const seen = Math.max(most > 8 * usual ? usual : most, 1.2 * (here ?? 0), 1.15 * (line ?? 0));
  return seen || 1;
}

function scales([from, to], top, width, height) {
  const wide = width - MARGIN.left - MARGIN.right;
  const high = height - MARGIN.top - MARGIN.bottom;
  return {
    x: (value) => round(MARGIN.left + ((value - from) / (to - from)) * wide),
    y: (value) => round(MARGIN.top + (1 - value / top) * high),
  };
}

function axes(scale, [from, to], top, input, result, width, height) {
  const bottom = height - MARGIN.bottom;
  const marks = [];
  for (const tick of ticks(from, to, width < 420 ? 4 : 7)) {
    const at = scale.x(tick);
    marks.push(element("line", { class: "rule", x1: at, x2: at, y1: bottom, y2: bottom + 4 }));
    marks.push(text(plain(tick), at, bottom + 17, "middle"));
  }
  const [one, name] = unitOf(result, top);
  for (const tick of ticks(0, top / one, 4)) {
    const at = scale.y(tick * one);
    const right = width - MARGIN.right;
    const kind = tick ? "rule grid" : "rule";
    marks.push(element("line", { class: kind, x1: MARGIN.left, x2: right, y1: at, y2: at }));
    marks.push(text(`${plain(tick)} ${name}`.trim(), MARGIN.left - 7, at + 4, "end"));
  }
  const unit = input.unit ? `, ${input.unit}` : "";
  marks.push(text(input.label + unit, width - MARGIN.right, height - 5, "end", "axis"));
  marks.push(text(result.label + (result.unit ? `, ${result.unit}` : ""), 4, 14, "start", "axis"));
  return marks;
}

function limited(scale, line, [from, to]) {
  const at = scale.y(line);
  return element("line", { class: "limit", x1: scale.x(from), x2: scale.x(to), y1: at, y2: at });
}

function path(scale, points, top, name) {
  const drawn = points.filter(([, y]) => y !== null);
  const inside = drawn.findIndex(([, y]) => y > top);
  const shown = inside < 0 ? drawn : [...drawn.slice(0, inside), cut(drawn, inside, top)];
  const steps = shown.map(([x, y], place) => `${place ? "L" : "M"}${scale.x(x)} ${scale.y(y)}`);
  return element("path", { class: name, d: steps.join("") });
}

/** The point at which a curve leaves the plot. */
function cut(points, place, top) {
  if (place === 0) return [points[0][0], top];
  const [[x0, y0], [x1, y1]] = [points[place - 1], points[place]];
  return [x0 + ((x1 - x0) * (top - y0)) / (y1 - y0), top];
}

function marked(scale, x, y, top, result, falls, width) {
  const at = scale.x(x);
  const up = scale.y(y ?? top);
  const ends = { x1: at, x2: at, y1: up, y2: scale.y(0) };
  const words = y === null ? result.missing : written(y, result.kind);
  // On the side of the point on which the curve is lower.
  const label = beside(words, at, up, falls ? "start" : "end", width);
  const made = [element("line", { class: "here-line", ...ends }), label];
  if (y === null) return made;
  return [...made, element("circle", { class: "here-point", cx: at, cy: up, r: 5 })];
}

/** At an edge of the plot the words go above the point, where the curve does not come so soon. */
function beside(words, x, y, anchor, width) {
  const wide = 8.5 * words.length + 14;
  const left = anchor === "end";
  if (left && x - wide < MARGIN.left) return text(words, x - 4, y - 20, "start", "here-label");
  if (!left && x + wide > width) return text(words, x + 4, y - 20, "end", "here-label");
  return text(words, left ? x - 9 : x + 10, y - 9, anchor, "here-label");
}

/** Round numbers from `from` to `to`, about `count` of them. */
export function ticks(from, to, count) {
  const rough = (to - from) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((each) => each * power).find((each) => each >= rough);
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, place) => (first + place) * step);
}

function plain(tick) {
  return grouped(String(Number(tick.toPrecision(6))));
}

function round(value) {
  return Math.round(value * 10) / 10;
}

function text(words, x, y, anchor, name = "tick") {
  const made = element("text", { class: name, x, y, "text-anchor": anchor });
  made.textContent = words;
  return made;
}

function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
