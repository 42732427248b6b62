/** Says on the home page and the paths how far one is, and what is next. */

import * as progress from "./progress.js";
import { element, kept, link, local, show, standingOf, stopsIn, stopsOf, summary } from "./standing.js";

const pages = [home, cards, path].map((page) => page()).filter(Boolean);

progress.subscribe(draw);
draw();
local();

function draw() {
  for (const page of pages) page();
}

/** "You are here", at the top of the home page, once there is something to say. */
function home() {
  const place = document.querySelector(".you-are-here");
  if (!place) return null;
  const course = stopsIn(document.querySelector(".tracks"));
  const isFollowed = (link) => link.dataset.path === progress.followed();
  return () => {
    const chosen = [...place.querySelectorAll("a")].find(isFollowed);
    const stops = chosen ? stopsOf(chosen, course) : course;
    const begun = chosen || Object.keys(progress.states()).length > 0;
    place.hidden = !begun;
    document.body.classList.toggle("begun", Boolean(begun));
    const where = chosen ? ["on ", link(chosen.href, chosen.textContent), ", "] : [];
    show(standingOf(place), stops, ["You are here: ", ...where]);
  };
}

/** The list of paths: how far one is on each that has begun. */
function cards() {
  const found = [...document.querySelectorAll(".paths > [data-path]")];
  return found.length === 0
    ? null
    : () => {
        for (const card of found) {
          const stops = stopsIn(card);
          const chosen = card.dataset.path === progress.followed();
          const where = chosen ? ["You follow this path. "] : [];
          if (chosen || summary(stops).passed) show(standingOf(card), stops, where, false);
          else standingOf(card).hidden = true;
        }
      };
}

/** A path's own page: what is done, what is next, and a button to follow it. */
function path() {
  const place = document.querySelector(".path");
  if (!place) return null;
  const list = document.querySelector(".stops");
  const button = element("button", "plain", "Follow this path");
  button.type = "button";
  button.addEventListener("click", () => progress.follow(place.dataset.path));
  standingOf(place).after(button);
  return () => {
    const chosen = progress.followed() === place.dataset.path;
    const { next } = summary(stopsIn(list));
    button.hidden = chosen || !next;
    show(standingOf(place), stopsIn(list), chosen ? ["You follow this path. "] : []);
    standingOf(place).append(...kept());
    for (const stop of stopsIn(list)) markStop(stop, next);
  };
}

function markStop(stop, next) {
  const states = progress.states();
  const done = stop.exercises.every((slug) => states[slug] === "passed");
  stop.element.classList.toggle("done", done);
  stop.element.classList.toggle("now", next?.stop.slug === stop.slug);
  stop.element.querySelector(".mark")?.remove();
  if (done) stop.element.querySelector("h2").append(element("span", "mark", " Done"));
  for (const tried of stop.element.querySelectorAll(".try a")) {
    const passed = states[`${stop.slug}/${tried.textContent}`] === "passed";
    tried.classList.toggle("passed", passed);
    tried.title = passed ? "passed" : "";
  }
}
