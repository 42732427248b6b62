// What a learner wrote in this browser, and the mistakes that were answered already.

const key = (slug) => `ground-school:answer:${slug}`;
const met = new Map();

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
  return [...(met.get(slug) ?? [])];
}

export function seen(slug, result) {
  if (result.mistake) met.set(slug, new Set([...mistakes(slug), result.mistake.name]));
}

export function hinted() {}
