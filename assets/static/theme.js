// This script keeps the choice of light or dark, for readers who make one. Nothing is stored before;
// choosing what the device says takes it away again. It runs before the page is drawn, so that no page
// flashes in the other colours.

"use strict";

{
  const NAME = "parvis-theme";
  const CHOICES = ["device", "light", "dark"];
  const root = document.documentElement;

  // Storage may be closed to pages: then the choice holds for this page alone.
  const stored = () => {
    try {
      return localStorage.getItem(NAME);
    } catch {
      return null;
    }
  };

  const store = (choice) => {
    try {
      if (choice === "device") localStorage.removeItem(NAME);
      else localStorage.setItem(NAME, choice);
    } catch {
      // See above.
    }
  };

  const show = (choice) => {
    if (choice === "device") delete root.dataset.theme;
    else root.dataset.theme = choice;
  };

  const chosen = () => {
    const choice = stored();
    return CHOICES.includes(choice) ? choice : "device";
  };

  show(chosen());

  addEventListener("DOMContentLoaded", () => {
    const place = document.querySelector("[data-theme-choice]");
    if (!place) return;
    const buttons = [...place.querySelectorAll("button")];
    const press = () => {
      for (const button of buttons) button.setAttribute("aria-pressed", button.value === chosen());
    };
    for (const button of buttons) {
      button.addEventListener("click", () => {
        store(button.value);
        show(button.value);
        press();
      });
    }
    press();
    place.hidden = false;
  });
}
