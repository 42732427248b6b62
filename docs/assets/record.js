/** The progress page: every exercise, with what is known of it; to take along, bring back, forget. */

import * as progress from "./progress.js";
import { counted, element, kept, link, local, show, standingOf, stopsIn } from "./standing.js";

const place = document.querySelector(".progress");
const list = place.querySelector(".record");
place.querySelector(".keeping").append(...controls());
place.querySelector(".keeping").hidden = false;
progress.subscribe(draw);
draw();
local(said);

function draw() {
  show(standingOf(place), stopsIn(list), []);
  standingOf(place).append(...kept());
  for (const item of list.querySelectorAll("[data-exercise]")) markExercise(item);
}

function controls() {
  const file = Object.assign(document.createElement("input"), {
    type: "file",
    accept: ".json,application/json",
    hidden: true,
  });
  file.setAttribute("aria-label", "A file with progress");
  file.addEventListener("change", () => bringBack(file));
  return [
    action("Export", takeAlong),
    action("Import", () => file.click()),
    action("Clear all", forget),
    file,
  ];
}

function takeAlong() {
  const address = URL.createObjectURL(new Blob([progress.exported()], { type: "application/json" }));
  const saved = link(address, "");
  saved.download = "ground-school-progress.json";
  saved.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  said("A file with all of it is in your downloads.");
}

async function bringBack(file) {
  const before = passedIn(progress.states());
  try {
    progress.imported(await file.files[0].text());
    said(`Imported. ${counted(passedIn(progress.states()) - before, "exercise")} more passed.`);
  } catch (wrong) {
    said(wrong.message);
  }
  file.value = "";
}

function forget() {
  if (!confirm("Forget all progress that this browser keeps? Only an exported file brings it back.")) return;
  progress.cleared();
  said("This browser has forgotten your progress.");
}

function passedIn(states) {
  return Object.values(states).filter((state) => state === "passed").length;
}

function said(sentence) {
  place.querySelector(".said").textContent = sentence;
}

function markExercise(item) {
  const entry = progress.seen(item.dataset.exercise);
  item.querySelector("span")?.remove();
  item.className = entry?.state ?? "";
  if (entry) item.append(element("span", "", ` ${described(entry)}`));
}

function described(entry) {
  const seen = Object.keys(entry.mistakes);
  return [
    entry.state,
    entry.checks ? counted(entry.checks, "check") : "",
    entry.hints ? counted(entry.hints, "hint") : "",
    seen.length ? `met ${seen.join(", ")}` : "",
    entry.last ? new Date(entry.last).toLocaleDateString("en-GB", { dateStyle: "medium" }) : "",
  ]
    .filter(Boolean)
    .join(", ");
}

function action(words, act) {
  const button = element("button", "plain", words);
  button.type = "button";
  button.addEventListener("click", act);
  return button;
}
