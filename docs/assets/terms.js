"use strict";

// What a term means, while it is pointed at or has the focus. Without this script the browser shows
// the title, and the link leads to the glossary; a title is not shown on focus, nor on touch.
{
  const tip = document.createElement("div");
  tip.id = "term-tip";
  tip.className = "term-tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  let shown = null;
  let leaving = 0;

  const show = (term) => {
    clearTimeout(leaving);
    if (shown === term) return;
    hide();
    shown = term;
    tip.textContent = term.dataset.meaning;
    tip.hidden = false;
    term.setAttribute("aria-describedby", tip.id);
    place(term);
  };

  const hide = () => {
    clearTimeout(leaving);
    shown?.removeAttribute("aria-describedby");
    shown = null;
    tip.hidden = true;
  };

  // The pointer may move from the term onto the words, and must not lose them on its way.
  const leave = () => {
    clearTimeout(leaving);
    leaving = setTimeout(hide, 150);
  };

  // Below the term's first line, within the window; above it where there is no room below.
  const place = (term) => {
    const [word] = term.getClientRects();
    const room = document.documentElement.clientWidth - tip.offsetWidth - 8;
    const below = word.bottom + tip.offsetHeight + 8 < window.innerHeight;
    tip.style.left = `${window.scrollX + Math.max(8, Math.min(word.left, room))}px`;
    tip.style.top = `${window.scrollY + (below ? word.bottom + 4 : word.top - tip.offsetHeight - 4)}px`;
  };

  for (const term of document.querySelectorAll("a.term")) {
    term.dataset.meaning = term.title;
    term.removeAttribute("title");
    term.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && show(term));
    term.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && leave());
    term.addEventListener("focus", () => term.matches(":focus-visible") && show(term));
    term.addEventListener("blur", leave);
    // A finger has nothing to point with: its first tap explains, its second follows the link.
    term.addEventListener("click", (event) => {
      if (event.pointerType !== "touch" || shown === term) return;
      event.preventDefault();
      show(term);
    });
  }

  tip.addEventListener("pointerenter", () => clearTimeout(leaving));
  tip.addEventListener("pointerleave", leave);
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  document.addEventListener("pointerdown", (event) => {
    if (shown && event.target !== shown && !tip.contains(event.target)) hide();
  });
  document.body.append(tip);
}
