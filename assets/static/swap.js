// This script shows another period, filter, order or page of results of the same page without loading
// all of it anew. Without it, or when anything goes wrong, the browser loads the page as it always
// does.

"use strict";

{
  // A place that can be found again in the page that comes: a link by where it leads, a field by its
  // name.
  const placeOf = (element) => {
    if (!element || element === document.body) return undefined;
    if (element.id) return `#${CSS.escape(element.id)}`;
    const href = element.getAttribute("href");
    return href ? `a[href="${CSS.escape(href)}"]` : undefined;
  };

  // What has changed, for who does not see it: the title, and the days that are shown.
  const tell = () => {
    const lead = document.querySelector("main .lead")?.textContent ?? "";
    document.querySelector("[data-swapped]").textContent = `${document.title}. ${lead}`;
  };

  let last = 0;
  let shown = location.search;

  const swap = async (address, focus) => {
    const mine = ++last;
    shown = new URL(address).search;
    const main = document.querySelector("main");
    main.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { headers: { accept: "text/html" } });
      const text = await answer.text();
      // Another choice was made meanwhile.
      if (mine !== last) return;
      const page = new DOMParser().parseFromString(text, "text/html");
      const fresh = page.querySelector("main");
      if (!answer.ok || !fresh) throw new Error(String(answer.status));
      document.title = page.title;
      main.replaceWith(fresh);
      document.querySelector(".languages")?.replaceWith(page.querySelector(".languages"));
      dispatchEvent(new Event("parvis-swapped"));
      tell();
      const place = focus && document.querySelector(`main ${focus}`);
      (place || fresh).focus({ preventScroll: true });
    } catch {
      location.assign(address);
    }
  };

  // Only addresses of this very page are swapped: another page is another page, and another place
  // of what is shown is only scrolled to.
  const isHere = (url) =>
    url.origin === location.origin &&
    url.pathname === location.pathname &&
    (!url.hash || url.search !== location.search);

  const go = (address) => {
    const focus = placeOf(document.activeElement);
    history.pushState(null, "", address);
    swap(address, focus);
  };

  addEventListener("click", (event) => {
    const link = event.target.closest?.("main a[href]");
    const isPlain =
      !event.defaultPrevented && event.button === 0 &&
      !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !isPlain || link.target || link.hasAttribute("download")) return;
    const url = new URL(link.href);
    if (!isHere(url)) return;
    event.preventDefault();
    go(url.href);
  });

  addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "get" || !form.closest("main")) return;
    const url = new URL(form.action);
    url.hash = "";
    // Fields that are left empty ask for nothing, and make an address long.
    const filled = [...new FormData(form)].filter(([, value]) => value !== "");
    url.search = new URLSearchParams(filled);
    if (!isHere(url)) return;
    event.preventDefault();
    go(url.href);
  });

  // Another place of what is shown is history too, and nothing to load.
  addEventListener("popstate", () => {
    if (location.search !== shown) swap(location.href);
  });
}
