"use strict";

// A prediction shows its answer when a choice was made, and says which choice was right.
for (const asked of document.querySelectorAll(".prediction")) {
  asked.addEventListener("change", (event) => {
    const chosen = event.target.closest("label");
    const right = event.target.value === asked.dataset.right;
    for (const label of asked.querySelectorAll("label")) {
      label.classList.remove("chosen-right", "chosen-wrong");
    }
    chosen.classList.add(right ? "chosen-right" : "chosen-wrong");
    const answer = asked.querySelector("details");
    answer.querySelector("summary").textContent = right
      ? "The run says so too"
      : "The run says otherwise";
    asked.classList.add("answered");
    answer.open = true;
  });
}

// The local server's own assets/local.js sets this; a static site cannot open a notebook.
if (document.documentElement.dataset.server) {
  for (const link of document.querySelectorAll("a.here")) {
    link.hidden = false;
  }
}

// Where one is, on the pages that say it. From a file no browser loads a module, or keeps anything.
const modules = { ".you-are-here, .paths, .path": "./places.js", ".progress": "./record.js" };
for (const [selector, module] of Object.entries(modules)) {
  if (document.querySelector(selector) && location.protocol !== "file:") import(module);
}

// Material puts a navigation landmark, without a name, on every block of code.
new MutationObserver(() => {
  for (const buttons of document.querySelectorAll(".md-code__nav:not([role])")) {
    buttons.setAttribute("role", "none");
  }
}).observe(document.body, { childList: true, subtree: true });

// What Material leaves without a name, for those who hear the page.
const names = {
  '[data-md-component="search"]': "Search",
  ".md-tabs": "Sections",
  ".md-nav--primary": "Pages",
  ".md-nav--secondary": "On this page",
  ".md-footer__inner": "Next and previous page",
};
for (const [selector, name] of Object.entries(names)) {
  for (const element of document.querySelectorAll(selector)) {
    element.removeAttribute("aria-labelledby");
    element.setAttribute("aria-label", name);
  }
}

// What only some pages need is loaded there.
const assets = document.currentScript.src;
if (document.querySelector(".exercise")) {
  import(new URL("exercise.js", assets)).then(
    (exercise) => exercise.begin(),
    () => {
      // As from file://, where a browser loads no modules.
      for (const place of document.querySelectorAll('[data-runs="page"] .bench')) {
        place.textContent = "It can be checked in the page where a web server serves the page.";
        place.hidden = false;
      }
    },
  );
}
// Where a browser refuses a module, as from file://, the table that the site was built with stays.
const calculators = document.querySelectorAll(".calculator");
if (calculators.length) {
  import(new URL("calculators/page.js", assets)).catch(() => {
    for (const calculator of calculators) calculator.classList.add("unmoving");
  });
}

// A page that nobody has read for too long says so, however long ago it was built.
for (const about of document.querySelectorAll(".about")) {
  const passed = new Date(`${about.dataset.due}T23:59:59`) < new Date();
  about.querySelector(".overdue").hidden &&= !passed;
}

if (document.querySelector('meta[name="support"]')) {
  const link = document.querySelector(".stuck a");
  import(new URL("support.js", assets)).then((support) => support.begin(link));
}
