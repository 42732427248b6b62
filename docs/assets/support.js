// A link to where people ask for help, with what a helper would ask for already in it.

// Browsers take more; trackers and mail programs between them do not.
const LONGEST = 2000;
// Half a character, as an answer may print it: no address can hold one.
const UNPAIRED = /\p{Surrogate}/gu;

/** The template of mkdocs.yml's `extra.support`, or null where a company has set none. */
export const template = () => document.querySelector('meta[name="support"]')?.content || null;

/** The name of the queue, for the words of the link. */
export const queue = () => document.querySelector('meta[name="support-name"]')?.content;

/** What is known of the page itself. */
export function aboutPage() {
  const proven = document.querySelector(".about p")?.textContent;
  return {
    Page: document.querySelector("h1")?.firstChild?.textContent.trim(),
    Address: shareable(location.href),
    "Course version": document.querySelector('meta[name="course-version"]')?.content,
    "About the page": proven,
    Browser: navigator.userAgent,
  };
}

/** An address without what lets its reader in: `make start` opens the course with a token. */
function shareable(address) {
  const there = new URL(address);
  there.searchParams.delete("token");
  return there.href;
}

/** What is known of a verdict. `text` is the card in plain lines. */
export function aboutResult({ result, text }) {
  const failing = result.checks.find((check) => !["pass", "skipped"].includes(check.verdict));
  return {
    Exercise: result.exercise,
    Verdict: result.verdict,
    Seed: result.seed,
    "Failing check": failing?.claim,
    "Smallest failing case": failing?.case,
    Mistake: result.mistake?.name,
    Card: text && `\n${text}`,
  };
}

/** The address, with `{title}` and `{body}` of the template filled in. Null without a template. */
export function supportLink(address, title, facts) {
  if (!address) return null;
  const lines = Object.entries(facts)
    .filter(([, value]) => value !== undefined && value !== "" && value !== null)
    .map(([name, value]) => `${name}: ${value}`);
  let body = `What I tried, and what I expected:\n\n\n${lines.join("\n")}`;
  const filled = () =>
    address.replace("{title}", encoded(title)).replace("{body}", encoded(body));
  while (filled().length > LONGEST && body) {
    const over = Math.max(1, Math.ceil((filled().length - LONGEST) / 6));
    body = `${[...body].slice(0, -over - 2).join("")} …`;
    if (body.length < 4) break;
  }
  return filled();
}

// In a mailto address a line ends in %0D%0A (RFC 6068); forms send the same.
function encoded(text) {
  return encodeURIComponent(text.replace(UNPAIRED, "\u{FFFD}").replace(/\r?\n/g, "\r\n"));
}

/** Fill in the link at the end of the page when somebody is about to follow it. */
export function begin(link) {
  const fill = () => {
    const facts = aboutPage();
    link.href = supportLink(template(), `Ground School: ${facts.Page}`, facts) ?? link.href;
  };
  fill();
  for (const moment of ["focus", "pointerdown"]) link.addEventListener(moment, fill);
}
