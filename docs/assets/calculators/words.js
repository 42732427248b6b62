// How numbers are written, as labs/kit/site/calculators.py writes them.

const THIN = "\u202f";
const TIED = "\u00a0";
const TIMES = [
  [1e-3, 1e-6, "µs"],
  [1, 1e-3, "ms"],
  [120, 1, "s"],
  [7200, 60, "min"],
  [172800, 3600, "h"],
  [Infinity, 86400, "days"],
];

export function sentence(asked, values, found) {
  const words = {};
  for (const each of asked.inputs) words[each.name] = writtenInput(each, values[each.name]);
  for (const each of asked.results) words[each.name] = writtenResult(each, found[each.name]);
  return asked.says[found.verdict].replace(/\{(\w+)\}/g, (_, name) => words[name]);
}

export function writtenInput(input, value) {
  return withUnit(grouped(String(value)), input.unit);
}

export function writtenResult(result, value) {
  if (value === null) return result.missing;
  return withUnit(written(value, result.kind), result.unit);
}

/** `kind`: count, share, times, time (in s) or each (a list of times). */
export function written(value, kind) {
  if (kind === "each") return value.map(time).join(", ");
  if (kind === "time") return time(value);
  if (kind === "share") return `${number(100 * value)}${TIED}%`;
  return number(value) + (kind === "times" ? "×" : "");
}

function withUnit(text, unit) {
  return text + (["", "×"].includes(unit) ? unit : TIED + unit);
}

function time(seconds) {
  if (seconds < 1e-6) return seconds ? `less than 1${TIED}µs` : `0${TIED}s`;
  const [, unit, name] = suiting(seconds);
  return `${number(seconds / unit)}${TIED}${name}`;
}

function suiting(seconds) {
  return TIMES.find(([below]) => seconds < below);
}

/** In what an axis up to `top` is counted: how much of a result one is, and its name. */
export function unitOf(result, top) {
  if (result.kind === "time") return suiting(top).slice(1);
  if (result.kind === "share") return [0.01, "%"];
  return [1, ""];
}

function number(value) {
  if (value > 0 && value < 0.0001) return "less than 0.0001";
  const rounded = value < 1000 ? Number(value.toPrecision(3)) : value;
  return grouped(String(rounded < 1000 ? rounded : Math.round(rounded)));
}

export function grouped(digits) {
  const [whole, rest] = digits.split(".");
  const thousands = whole.replace(/\B(?=(\d{3})+$)/g, THIN);
  return rest === undefined ? thousands : `${thousands}.${rest}`;
}
