// An exercise in the page: its editor, its buttons, and the card that every other face shows too.
import * as drafts from "./drafts.js";
import * as judge from "./judge.js";
import * as local from "./local-server.js";

const browser = typeof WebAssembly === "object" && typeof Worker === "function";

class Bench {
  constructor(section) {
    this.section = section;
    this.slug = section.dataset.exercise;
    this.language = section.dataset.language;
    this.answer = section.querySelector(".answer");
    this.starter = this.answer.querySelector("code").textContent.replace(/\n$/, "");
    this.text = drafts.kept(this.slug) ?? this.starter;
    this.view = null;
    this.passed = false;
    this.build(section.querySelector(".bench"));
  }

  build(place) {
    const id = this.section.id;
    this.buttons = {
      check: button("Check", "primary", () => this.check()),
      hint: button("Hint", "", () => this.hint()),
      reset: button("Reset", "", () => this.reset()),
      solution: button("Solution", "", () => this.solution()),
    };
    this.buttons.solution.hidden = true;
    const keys = element("p", "keys", "Ctrl+Enter checks. Escape, then Tab leaves the editor.");
    keys.id = `${id}-keys`;
    this.status = element("p", "status");
    this.status.setAttribute("role", "status");
    this.verdict = element("div", "verdict");
    this.verdict.tabIndex = -1;
    this.after = element("div", "after");
    const bar = element("div", "bar");
    bar.append(...Object.values(this.buttons));
    place.append(bar, keys, this.status, this.verdict, this.after);
    place.hidden = false;
    this.hints = [...this.section.querySelectorAll("details.hint")];
    this.section.classList.add("live");
    this.touchable();
    this.started = local.here() ? this.join() : this.showDraft();
  }

  /** On the learner's machine, what is shown is the learner's file. */
  async join() {
    this.began = this.starter;
    try {
      const { text, passed } = await local.begun(this.slug);
      this.passed = passed;
      this.buttons.solution.hidden = !passed;
      if (text === null) return;
      this.began = text;
      if (this.text !== this.starter && this.text !== text) this.offer(this.text);
      this.text = text;
      this.answer.querySelector("code").textContent = text;
    } catch (wrong) {
      this.fail(wrong);
    }
  }

  /** Another text for the editor, for whoever wants it. */
  offer(text, words = "You wrote something else here before.") {
    this.say(words);
    const other = button("Show it", "", async () => {
      await this.edit(true);
      this.replace(text);
      other.remove();
    });
    this.status.append(" ", other);
  }

  /** The code that is shown becomes an editor when somebody means to change it. */
  touchable() {
    const shown = this.answer.querySelector("pre");
    this.buttons.edit = button("Edit", "", () => this.edit(true));
    this.buttons.check.after(this.buttons.edit);
    this.pointed = () => {
      if (!String(getSelection())) this.edit(true);
    };
    shown.addEventListener("click", this.pointed);
  }

  showDraft() {
    if (this.text === this.starter) return;
    this.answer.querySelector("code").textContent = this.text;
    this.say("This is what you wrote here before.");
  }

  /** The editor; `focus` where somebody asked for it by name. */
  async edit(focus) {
    await this.started;
    this.opening ??= this.open();
    try {
      await this.opening;
    } catch (wrong) {
      this.opening = null;
      this.say(`The editor could not be loaded: ${wrong.message}. Reload the page.`);
      return;
    }
    if (focus) this.view.focus();
  }

  async open() {
    this.begin();
    const editor = await import("./editor.js");
    const place = element("div", "editor");
    const label = `Your answer to ${this.section.getAttribute("aria-label")}`;
    const keys = `${this.section.id}-keys`;
    this.view = await editor.open(place, this.language, this.text, label, keys, {
      changed: (text) => this.changed(text),
      check: () => this.check(),
    });
    this.replace = (text) => editor.replace(this.view, text);
    this.answer.replaceChildren(place);
    this.buttons.edit.remove();
  }

  /** Python is on its way while the learner reads and writes. */
  begin() {
    if (local.here()) return;
    judge.begin();
    judge.prepare(this.slug).catch(() => {});
  }

  changed(text) {
    this.text = text;
    this.buttons.reset.textContent = "Reset";
    if (!drafts.keep(this.slug, text === this.starter ? null : text)) {
      this.say("This browser keeps nothing for this page: copy your answer before you leave it.");
    }
  }

  async check() {
    if (this.busy) return;
    await this.started;
    this.working(local.here() ? "Checking on your machine …" : "Checking …");
    const slow = setTimeout(() => this.say(local.here()
      ? "Your machine is at work; some servers take a few seconds …"
      : "Python is loading: 6 MB, once …"), 700);
    const text = this.text;
    try {
      this.show(await this.judged(text), text);
    } catch (wrong) {
      this.fail(wrong);
    } finally {
      clearTimeout(slow);
      this.idle();
    }
  }

  judged(text) {
    if (local.here()) return local.check(this.slug, text, this.began);
    if (!browser) throw new Error("this browser runs no WebAssembly");
    return judge.check(this.slug, text, drafts.mistakes(this.slug));
  }

  show({ result, card, changed }, text) {
    if (changed !== undefined) {
      this.began = changed;
      this.verdict.replaceChildren();
      this.offer(changed, "Your file was changed elsewhere since this page read it. "
        + "Check again to put this answer in its place; what it replaces is kept.");
      return;
    }
    this.began = text;
    drafts.seen(this.slug, result);
    this.verdict.innerHTML = card;
    this.after.replaceChildren();
    this.say(this.verdict.querySelector("strong").textContent);
    this.status.classList.add("repeats");
    this.passed ||= result.verdict === "pass";
    this.buttons.solution.hidden = !this.passed;
    this.section.dataset.verdict = result.verdict;
    this.section.dispatchEvent(
      new CustomEvent("checked", { bubbles: true, detail: { result, text, slug: this.slug } }),
    );
  }

  fail(wrong) {
    const command = this.section.querySelector(".local .command code")?.textContent.trim();
    this.verdict.replaceChildren();
    this.say(`It could not be checked here: ${wrong.message || "Python could not be loaded"}. `
      + `On your own machine, \`${command}\` checks it.`);
  }

  /** One hint at a time, from the vaguest; then the last one again. */
  hint() {
    const next = this.hints.find((hint) => !hint.classList.contains("given")) ?? this.hints.at(-1);
    next.classList.add("given");
    next.open = true;
    next.querySelector("summary").focus();
    const number = this.hints.indexOf(next) + 1;
    drafts.hinted(this.slug, number);
    const more = number < this.hints.length;
    this.buttons.hint.textContent = more ? `Hint ${number + 1} of ${this.hints.length}` : "Hint";
    this.section.dispatchEvent(
      new CustomEvent("hinted", { bubbles: true, detail: { slug: this.slug, hint: number } }),
    );
  }

  /** The starter again; what was there comes back at the next press. */
  async reset() {
    await this.edit(false);
    const undo = this.before !== undefined && this.buttons.reset.textContent !== "Reset";
    const wanted = undo ? this.before : this.starter;
    this.before = this.text;
    this.replace(wanted);
    this.buttons.reset.textContent = undo ? "Reset" : "Undo reset";
    this.say(undo ? "What you wrote is back." : "The starter again. Undo reset brings yours back.");
  }

  async solution() {
    this.working("");
    try {
      const shown = local.here()
        ? await local.solution(this.slug)
        : await judge.solution(this.slug, this.text);
      this.after.replaceChildren(...solutionOf(shown));
      this.after.querySelector("h3").focus();
    } catch (wrong) {
      this.fail(wrong);
    } finally {
      this.idle();
    }
  }

  working(words) {
    this.busy = true;
    this.section.setAttribute("aria-busy", "true");
    this.say(words);
  }

  idle() {
    this.busy = false;
    this.section.removeAttribute("aria-busy");
  }

  say(words) {
    this.status.classList.remove("repeats");
    this.status.textContent = words;
  }
}

function solutionOf({ words, code, difference, others }) {
  const title = element("h3", "", "The solution");
  title.tabIndex = -1;
  const parts = [title, ...paragraphs(words), block(code)];
  const compared = details("How it differs from yours", block(difference.join("\n"), "diff"));
  const more = others.map((other, place) =>
    details(`Also right, in another style (${place + 1} of ${others.length})`,
      ...paragraphs(other.words), block(other.code)));
  return [...parts, compared, ...more];
}

/** Words as we write them: paragraphs, and code between backticks. */
function paragraphs(words) {
  return words.split("\n\n").filter(Boolean).map((text) => {
    const paragraph = element("p");
    text.split(/`([^`\n]+)`/).forEach((part, place) => {
      paragraph.append(place % 2 ? element("code", "", part) : part);
    });
    return paragraph;
  });
}

function block(text, kind = "") {
  const pre = element("pre", kind);
  const code = element("code");
  code.tabIndex = 0;
  for (const line of text.split("\n")) {
    const sort = kind === "diff" && { "+": "added", "-": "removed" }[line[0]];
    code.append(sort ? element("span", sort, line) : line, "\n");
  }
  pre.append(code);
  return pre;
}

function details(title, ...inside) {
  const shown = element("details");
  shown.append(element("summary", "", title), ...inside);
  return shown;
}

function element(name, kind = "", text = "") {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  if (text) made.textContent = text;
  return made;
}

function button(text, kind, pressed) {
  const made = element("button", `do ${kind}`.trim(), text);
  made.type = "button";
  made.addEventListener("click", pressed);
  return made;
}

export function begin() {
  for (const section of document.querySelectorAll(".exercise")) {
    if (local.here() || section.dataset.runs === "page") new Bench(section);
  }
}
