// This script moves the figures of the live page each time the service says that they changed.

"use strict";

{
  // How long to wait before asking again, once the browser has given up by itself.
  const RETRY_MILLISECONDS = 2000;

  // The service ends every stream from time to time and the browser is back within a second: a
  // connection that is lost for less than this is not worth telling.
  const QUIET_MILLISECONDS = 2000;

  const site = document.body.dataset.liveSite;
  const status = document.querySelector("[data-live-status]");
  const pages = document.querySelector("[data-live-pages]");
  const empty = document.querySelector("[data-live-empty]");
  const figures = document.querySelectorAll("[data-figure]");

  // The words and the way of writing figures are those of the page's language.
  const words = status.dataset;
  const written = new Intl.NumberFormat(document.documentElement.lang);

  let losing;

  // A screen reader announces the status each time it is written, so only changes are written.
  const say = (text) => {
    if (status.textContent !== text) status.textContent = text;
  };

  const connected = () => {
    clearTimeout(losing);
    losing = undefined;
    say(words.connected);
  };

  const lost = () => {
    losing ??= setTimeout(say, QUIET_MILLISECONDS, words.lost);
  };

  const cell = (name, className, child) => {
    const element = document.createElement(name);
    element.className = className;
    element.append(child);
    return element;
  };

  const row = ([path, views]) => {
    const code = document.createElement("code");
    code.textContent = path;
    const page = cell("th", "page", code);
    page.scope = "row";
    const line = document.createElement("tr");
    line.append(page, cell("td", "figure", written.format(views)));
    return line;
  };

  const show = (now) => {
    for (const figure of figures) {
      const text = written.format(now[figure.dataset.figure]);
      if (figure.textContent !== text) figure.textContent = text;
    }
    pages.replaceChildren(...now.pages.map(row));
    empty.hidden = now.pages.length > 0;
  };

  const listen = () => {
    const events = new EventSource(`/admin/live/events?site=${encodeURIComponent(site)}`);
    events.addEventListener("open", connected);
    events.addEventListener("figures", (event) => {
      show(JSON.parse(event.data));
      connected();
    });
    events.addEventListener("error", () => {
      lost();
      // After an answer that is no stream, the browser does not come back by itself.
      if (events.readyState === EventSource.CLOSED) setTimeout(listen, RETRY_MILLISECONDS);
    });
  };

  say(words.connecting);
  listen();
}
