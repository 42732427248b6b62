/**
 * What this browser remembers of a learner. Nothing leaves it.
 *
 * One JSON in localStorage: {schema: 1, path, exercises: {slug: entry}}. An entry is
 * {state: "tried" | "passed", checks, hints, first, last, mistakes: {name: count}}.
 * Everything is merged and nothing counted down, so tabs, files and the record of the local
 * server can meet in any order.
 */

import { count, isState, merged, nothing, SCHEMA, understood, untouched } from "./entries.js";

const KEY = "ground-school";
const DAMAGED = "ground-school-damaged";
const PROBE = "ground-school-probe";

const listeners = new Set();
/** What could not be written: it holds for this visit. */
let unsaved = nothing();
/** What the local server knows; it keeps that itself. */
let elsewhere = nothing();
let keeps = probed();

/** {slug: "tried" | "passed"} */
export function states() {
  const found = Object.entries(known().exercises);
  return Object.fromEntries(found.map(([slug, entry]) => [slug, entry.state]));
}

export function seen(slug) {
  return known().exercises[slug] ?? null;
}

/** A check or a hint happened. `hint` is its number, counted from the vaguest, or true. */
export function note(slug, { verdict, mistake, hint } = {}) {
  const now = new Date().toISOString();
  const found = known().exercises[slug];
  const entry = found ? structuredClone(found) : { ...untouched(), first: now };
  entry.first ??= now;
  entry.last = now;
  if (verdict) entry.checks += 1;
  if (verdict === "pass") entry.state = "passed";
  if (mistake) entry.mistakes[mistake] = count(entry.mistakes, mistake) + 1;
  if (hint) entry.hints = Math.max(entry.hints, hint === true ? entry.hints + 1 : hint);
  keep({ ...nothing(), exercises: { [slug]: entry } });
  return entry;
}

/** The path that was chosen, or null. */
export function followed() {
  return known().path;
}

export function follow(path) {
  keep({ ...nothing(), path });
}

/** Called after each change, in this tab or another. Returns what ends that. */
export function subscribe(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function exported() {
  return JSON.stringify(known(), null, 1) + "\n";
}

/** Adds a file's record to this one. Throws an Error with a sentence for anything else. */
export function imported(text) {
  const came = understood(text);
  keep({ ...came, path: known().path ?? came.path });
}

/** What the local server knows: {slug: state}. */
export function join(localStates) {
  const judged = Object.entries(localStates).filter(([, state]) => isState(state));
  const entries = judged.map(([slug, state]) => [slug, { ...untouched(), state }]);
  elsewhere = merged(elsewhere, { ...nothing(), exercises: Object.fromEntries(entries) });
  tell();
}

/** Forgets what this browser keeps; the record of the local server is not its own. */
export function cleared() {
  unsaved = nothing();
  try {
    localStorage.removeItem(KEY);
    localStorage.removeItem(DAMAGED);
  } catch {
    keeps = false;
  }
  tell();
}

/** Does this browser keep it after the visit? */
export function available() {
  return keeps;
}

function known() {
  return merged(merged(stored(), unsaved), elsewhere);
}

/** Read anew each time, because another tab may have written since. */
function keep(change) {
  const all = merged(merged(stored(), unsaved), change);
  if (change.path) all.path = change.path;
  try {
    if (newer()) throw new Error("another version's");
    localStorage.setItem(KEY, JSON.stringify(all));
    unsaved = nothing();
    keeps = true;
  } catch {
    unsaved = all;
    keeps = false;
  }
  tell();
}

function stored() {
  try {
    const text = localStorage.getItem(KEY);
    return text ? understood(text) : nothing();
  } catch {
    return nothing();
  }
}

/** Is the record one that a later course has written? Then it is not ours to replace. */
function newer() {
  try {
    return JSON.parse(localStorage.getItem(KEY))?.schema > SCHEMA;
  } catch {
    return false;
  }
}

/** Can it be kept? What stands there and cannot be read is put aside, not lost. */
function probed() {
  try {
    localStorage.setItem(PROBE, "");
    localStorage.removeItem(PROBE);
    const text = localStorage.getItem(KEY);
    if (newer()) return false;
    if (text && !readable(text)) localStorage.setItem(DAMAGED, text);
    return true;
  } catch {
    return false;
  }
}

function readable(text) {
  try {
    return Boolean(understood(text));
  } catch {
    return false;
  }
}

function tell() {
  for (const listener of listeners) listener();
}

addEventListener("storage", (event) => {
  if (event.key === KEY || event.key === null) tell();
});
// The way back to a page that the browser has kept as it was.
addEventListener("pageshow", (event) => {
  if (event.persisted) tell();
});
