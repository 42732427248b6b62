/** How far one is over a list of labs, and what is next: counted from the page and the store. */

import * as progress from "./progress.js";

const NOT_KEPT =
  "This browser keeps no progress, because its storage is blocked or full: " +
  "what you pass here counts until you close the page.";

/** A place's sentence, its drawing of one mark an exercise, and the way on. */
export function show(place, stops, where, onward = true) {
  const { passed, total, minutes, next } = summary(stops);
  const left = next ? `, about ${minutes} minutes left.` : ".";
  const words = element("p", "where");
  words.append(...where, `${passed} of ${counted(total, "exercise")} passed${left}`);
  place.replaceChildren(ticks(stops, next), words);
  if (onward) place.append(way(next));
  place.hidden = false;
}

function way(next) {
  const words = element("p", "next");
  if (!next) {
    words.append("Nothing is left to pass here; each exercise can be tried again with another seed.");
    return words;
  }
  const title = element("em", "", next.stop.title);
  words.append("Next: ", link(next.href, next.name), ", in ", title, ". ");
  const on = link(next.href, next.stop.begun ? "Go on" : "Begin");
  on.className = "here";
  words.append(on);
  return words;
}

function ticks(stops, next) {
  const drawn = element("p", "ticks");
  drawn.setAttribute("aria-hidden", "true");
  for (const stop of stops) {
    const group = element("span");
    for (const slug of stop.exercises) {
      const state = slug === next?.slug ? "next" : (progress.states()[slug] ?? "ahead");
      group.append(element("i", state));
    }
    drawn.append(group);
  }
  return drawn;
}

export function kept() {
  return progress.available() ? [] : [element("p", "not-kept", NOT_KEPT)];
}

/** With `make start`, what was passed in the terminal or a notebook counts here too. */
export async function local(told = () => {}) {
  const base = document.documentElement.dataset.server;
  if (!base) return;
  try {
    const answer = await fetch(`${base}course/-/progress`);
    if (!answer.ok) throw new Error(await answer.text());
    progress.join((await answer.json()).states);
  } catch (wrong) {
    told(`The record of this machine was not read: ${wrong.message}`);
  }
}

/** The labs of a list, in its order. */
export function stopsIn(list) {
  return [...list.querySelectorAll("[data-lab]")].map((item) => ({
    element: item,
    slug: item.dataset.lab,
    title: (item.querySelector("a") ?? item).textContent,
    href: item.querySelector("a")?.href,
    minutes: Number(item.dataset.minutes),
    exercises: item.dataset.exercises
      .split(" ")
      .filter(Boolean)
      .map((name) => `${item.dataset.lab}/${name}`),
  }));
}

export function stopsOf(chosen, course) {
  const slugs = chosen.dataset.labs.split(" ");
  return slugs.map((slug) => course.find((stop) => stop.slug === slug)).filter(Boolean);
}

export function summary(stops) {
  const states = progress.states();
  const slugs = stops.flatMap((stop) => stop.exercises);
  const open = (slug) => states[slug] !== "passed";
  const minutes = stops.reduce((sum, stop) => {
    return sum + (stop.minutes * stop.exercises.filter(open).length) / (stop.exercises.length || 1);
  }, 0);
  return {
    total: slugs.length,
    passed: slugs.filter((slug) => !open(slug)).length,
    // A lesson's share is not known so exactly.
    minutes: Math.max(5, 5 * Math.round(minutes / 5)),
    next: following(stops, open),
  };
}

/** From the exercise that was last worked on, onwards and around. */
function following(stops, open) {
  const slugs = stops.flatMap((stop) => stop.exercises);
  const last = (slug) => progress.seen(slug)?.last ?? "";
  const latest = slugs.reduce((one, other) => (last(other) > last(one) ? other : one), slugs[0]);
  const place = slugs.indexOf(latest);
  const slug = [...slugs.slice(place), ...slugs.slice(0, place)].find(open);
  if (!slug) return null;
  const stop = stops.find((each) => each.exercises.includes(slug));
  const begun = stop.exercises.some((each) => progress.seen(each));
  const name = slug.split("/").at(-1);
  return { slug, name, stop: { ...stop, begun }, href: stop.href + (begun ? `#exercise-${name}` : "") };
}

export function standingOf(place) {
  return place.querySelector(".standing");
}

export function counted(number, what) {
  return number === 1 ? `1 ${what}` : `${number} ${what}s`;
}

export function link(href, words) {
  return Object.assign(document.createElement("a"), { href, textContent: words });
}

export function element(name, className = "", textContent = "") {
  return Object.assign(document.createElement(name), { className, textContent });
}
