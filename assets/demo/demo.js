// This script is the demo site's own: a page with three views, and a button that answers.

"use strict";

{
  const links = document.querySelectorAll("a[data-view]");

  const sectionOf = (link) => document.querySelector(link.hash);

  // Shows the view of the present address; an address that is none of them shows the first.
  const show = (isFocusWanted) => {
    const all = [...links];
    const here = all.find((link) => link.dataset.view === location.pathname) ?? all[0];
    for (const link of all) {
      sectionOf(link).hidden = link !== here;
      if (link === here) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    }
    if (isFocusWanted) sectionOf(here).querySelector("h2").focus();
  };

  for (const link of links) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (location.pathname !== link.dataset.view) history.pushState(null, "", link.dataset.view);
      show(true);
    });
  }

  if (links.length > 0) {
    addEventListener("popstate", () => show(false));
    show(false);
  }

  const answer = document.querySelector("[data-answer]");
  document.querySelector("[data-parvis='call-back']")?.addEventListener("click", () => {
    answer.textContent = "Thank you. In this demonstration, nobody calls back.";
  });
}
