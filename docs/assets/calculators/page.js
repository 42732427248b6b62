// Makes a calculator of each table that the site was built with: sliders, a plot and a link.
// docs/assets/course.js loads this where a page has one.

import * as formulas from "./formulas.js";
import { legend, plot } from "./plot.js";
import { sentence, writtenInput, writtenResult } from "./words.js";

// One sentence when a slider rests, not one a step.
const QUIET = 700;

for (const section of document.querySelectorAll(".calculator")) enliven(section);
// The sliders are higher than what they replaced, so what was linked to has moved.
if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();

function enliven(section) {
  const asked = JSON.parse(section.dataset.calculation);
  const find = formulas[asked.name];
  const values = given(asked, new URLSearchParams(location.search));
  const controls = asked.inputs.map((input) => control(asked, input, values, () => show(true)));
  const drawing = made("div", { class: "drawing" });
  const results = made("dl", { class: "results" });
  const spoken = made("output", { class: "spoken", "aria-live": "polite" });
  const says = section.querySelector(".says");
  const rows = section.querySelector(".rows");
  says.id = `${section.id}-says`;
  arrange(section, asked, { controls, drawing, results, spoken, says, rows });
  section.append(sharing(section, asked, values));
  let waiting;

  function show(spoke) {
    const found = find(values);
    says.textContent = sentence(asked, values, found);
    results.replaceChildren(...asked.results.map((each) => row(each, found)));
    draw();
    fill(rows.querySelector("table"), asked, values, find);
    clearTimeout(waiting);
    if (spoke) waiting = setTimeout(() => (spoken.textContent = says.textContent), QUIET);
  }

  function draw() {
    const svg = plot(asked, values, find, Math.max(280, drawing.clientWidth));
    const label = { role: "img", "aria-label": asked.plot.title, "aria-describedby": says.id };
    for (const [name, value] of Object.entries(label)) svg.setAttribute(name, value);
    drawing.replaceChildren(svg);
  }

  show(false);
  let width = drawing.clientWidth;
  new ResizeObserver(() => {
    if (drawing.clientWidth !== width) {
      width = drawing.clientWidth;
      draw();
    }
  }).observe(drawing);
}

function arrange(section, asked, { controls, drawing, results, spoken, says, rows }) {
  const inputs = made("div", { class: "controls" }, ...controls);
  section.querySelector(".given").replaceWith(inputs);
  section.querySelector(".static").remove();
  const summary = made("summary", {}, "In numbers");
  const details = made("details", { class: "in-numbers" }, summary);
  rows.replaceWith(details);
  details.append(results, rows);
  says.after(spoken, drawing, legend(asked));
  section.append(details);
}

/** Values of a link such as `?retries.layers=2`: what is no number is the default. */
function given(asked, query) {
  const values = {};
  for (const input of asked.inputs) {
    const text = query.get(`${asked.name}.${input.name}`);
    values[input.name] = within(input, text?.trim() ? Number(text) : NaN);
  }
  return values;
}

/** The nearest value that the slider can have. */
function within(input, value) {
  if (Number.isNaN(value)) return input.default;
  const clamped = Math.min(input.most, Math.max(input.least, value));
  const steps = Math.round((clamped - input.least) / input.step);
  const snapped = Number((input.least + steps * input.step).toFixed(6));
  return snapped > input.most ? input.most : snapped;
}

function control(asked, input, values, changed) {
  const id = `${asked.name}-${input.name}`;
  const range = { min: input.least, max: input.most, step: input.step };
  const unit = made("span", { class: "unit" }, input.unit ? `, ${input.unit}` : "");
  const label = made("label", { for: id }, input.label, unit);
  const number = made("input", { id, type: "number", inputmode: "decimal", ...range });
  const slider = made("input", { type: "range", ...range, "aria-label": input.label });
  const show = () => {
    slider.value = values[input.name];
    slider.setAttribute("aria-valuetext", writtenInput(input, values[input.name]));
  };
  const take = (text) => {
    if (text === "" || Number.isNaN(Number(text))) return;
    values[input.name] = within(input, Number(text));
    show();
    changed();
  };
  slider.addEventListener("input", () => {
    take(slider.value);
    number.value = values[input.name];
  });
  number.addEventListener("input", () => take(number.value));
  // Only now: whoever types 12 must not be corrected after the 1.
  number.addEventListener("change", () => (number.value = values[input.name]));
  number.value = values[input.name];
  show();
  return made("div", { class: "control" }, label, number, slider);
}

function row(result, found) {
  const value = writtenResult(result, found[result.name]);
  return made("div", {}, made("dt", {}, result.label), made("dd", {}, value));
}

function fill(table, asked, values, find) {
  const results = asked.results.filter(({ name }) => asked.table.columns.includes(name));
  asked.table.values.forEach((value, place) => {
    const found = find({ ...values, [asked.table.across]: value });
    const cells = table.tBodies[0].rows[place].querySelectorAll("td");
    results.forEach((each, column) => {
      cells[column].textContent = writtenResult(each, found[each.name]);
    });
  });
}

function sharing(section, asked, values) {
  const button = made("button", { type: "button", class: "copy-link" });
  button.textContent = "Copy a link to these values";
  const told = made("span", { role: "status" });
  button.addEventListener("click", async () => {
    const link = linked(section, asked, values);
    history.replaceState(null, "", link);
    try {
      await navigator.clipboard.writeText(link.href);
      told.textContent = "Copied.";
    } catch {
      told.textContent = "The address of this page has them now.";
    }
  });
  return made("p", { class: "sharing" }, button, told);
}

function linked(section, asked, values) {
  const link = new URL(location.href);
  link.search = "";
  for (const { name } of asked.inputs) link.searchParams.set(`${asked.name}.${name}`, values[name]);
  link.hash = section.id;
  return link;
}

function made(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}
