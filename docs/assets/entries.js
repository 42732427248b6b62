/** What a record of progress holds, which text is one, and what two of them are together. */

export const SCHEMA = 1;
const SLUG = /^[\w-]+\/[\w-]+\/[\w-]+$/;

export function understood(text) {
  let came;
  try {
    came = JSON.parse(text);
  } catch {
    throw new Error("This file is not a record of Ground School: it is not JSON.");
  }
  if (came?.schema > SCHEMA) {
    throw new Error(
      `This record was written by a newer Ground School: its schema is ${came.schema}, ` +
        `and this page knows ${SCHEMA}.`,
    );
  }
  const entries = came?.schema === SCHEMA && isTable(came.exercises);
  if (!entries) throw new Error("This file is not a record of Ground School.");
  for (const [slug, entry] of Object.entries(came.exercises)) {
    if (!SLUG.test(slug) || !isEntry(entry)) {
      throw new Error(`This record is damaged at \`${slug}\`, so nothing was taken from it.`);
    }
  }
  const path = typeof came.path === "string" ? came.path : null;
  return { schema: SCHEMA, path, exercises: came.exercises };
}

function isEntry(entry) {
  return (
    isTable(entry) &&
    isState(entry.state) &&
    [entry.checks, entry.hints].every(isCount) &&
    [entry.first, entry.last].every(isMoment) &&
    isTable(entry.mistakes) &&
    Object.values(entry.mistakes).every(isCount)
  );
}

function isTable(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isState(value) {
  return value === "tried" || value === "passed";
}

function isMoment(value) {
  return value === null || (typeof value === "string" && !Number.isNaN(Date.parse(value)));
}

function isCount(value) {
  return Number.isSafeInteger(value) && value >= 0;
}

export function count(mistakes, name) {
  return Object.hasOwn(mistakes, name) ? mistakes[name] : 0;
}

export function nothing() {
  return { schema: SCHEMA, path: null, exercises: {} };
}

export function untouched() {
  return { state: "tried", checks: 0, hints: 0, first: null, last: null, mistakes: {} };
}

/** Passed wins, the larger count wins, the earlier first and the later last. */
export function merged(one, other) {
  const exercises = { ...one.exercises };
  for (const [slug, entry] of Object.entries(other.exercises)) {
    exercises[slug] = slug in exercises ? both(exercises[slug], entry) : entry;
  }
  return { schema: SCHEMA, path: one.path ?? other.path, exercises };
}

function both(one, other) {
  const mistakes = { ...one.mistakes };
  for (const [name, times] of Object.entries(other.mistakes)) {
    mistakes[name] = Math.max(times, count(mistakes, name));
  }
  const firsts = [one.first, other.first].filter(Boolean).sort();
  const lasts = [one.last, other.last].filter(Boolean).sort();
  return {
    state: [one.state, other.state].includes("passed") ? "passed" : "tried",
    checks: Math.max(one.checks, other.checks),
    hints: Math.max(one.hints, other.hints),
    first: firsts[0] ?? null,
    last: lasts.at(-1) ?? null,
    mistakes,
  };
}
