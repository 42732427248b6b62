// What a learner wrote in this browser, and what progress.js remembers of how it was answered.
import * as progress from "./progress.js";

const key = (slug) => `ground-school:answer:${slug}`;

/** The text that was kept, or null. */
export function kept(slug) {
  try {
    return localStorage.getItem(key(slug));
  } catch {
    return null;
  }
}

/** Keep a text, or with null forget it. Whether this browser did. */
export function keep(slug, text) {
  try {
    if (text === null) localStorage.removeItem(key(slug));
    else localStorage.setItem(key(slug), text);
    return true;
  } catch {
    return false;
  }
}

export function mistakes(slug) {
  return Object.keys(progress.seen(slug)?.mistakes ?? {});
}

export function seen(slug, result) {
  progress.note(slug, { verdict: result.verdict, mistake: result.mistake?.name });
}

export function hinted(slug, hint) {
  progress.note(slug, { hint });
}

export function passed(slug) {
  return progress.seen(slug)?.state === "passed";
}
