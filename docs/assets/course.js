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
  import(new URL("exercise.js", assets)).then((exercise) => exercise.begin());
}
// Where a browser refuses a module, as from file://, the table that the site was built with stays.
const calculators = document.querySelectorAll(".calculator");
if (calculators.length) {
  import(new URL("calculators/page.js", assets)).catch(() => {
    for (const calculator of calculators) calculator.classList.add("unmoving");
  });
}
