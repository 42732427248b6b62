"use strict";

// Opened as files, without a web server: nobody turns a folder's address into its page, and the
// browser lets a page read no other file, so there is nothing to search in. This runs before the
// theme's own script, which would ask for its index all the same.
if (location.protocol === "file:") {
  for (const link of document.querySelectorAll("a[href]")) {
    if (link.protocol === "file:" && link.pathname.endsWith("/")) {
      link.pathname += "index.html";
    }
  }
  const search = document.forms.namedItem("search");
  if (search) {
    search.removeAttribute("name");
    search.closest("[data-md-component]").removeAttribute("data-md-component");
    search.query.disabled = true;
    search.query.placeholder = "Search is off";
    search.title = "Search needs a web server; these pages were opened as files.";
    document.querySelector("label[for=__search].md-header__button").hidden = true;
  }
}
