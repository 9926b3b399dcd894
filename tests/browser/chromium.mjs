// The one place where the tests start Chromium.

import { chromium } from "playwright-core";

export const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

export const CHROMIUM_OPTIONS = [
  "--no-sandbox",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

// Names that exist in the tests' browser alone. Pages served over plain HTTP under such a name are
// no secure context, unlike those of 127.0.0.1.
export const NAMES_OF_TESTS = "--host-resolver-rules=MAP *.test 127.0.0.1";

/** Starts the browser, with more options than all tests share. */
export function openBrowser(args = [], more = {}) {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [...CHROMIUM_OPTIONS, ...args],
    ...more,
  });
}

// Presses what leads to another page, and answers with that page. A click alone ends before the
// browser leaves, and what is asked next could still be asked of the page that was.
export async function press(page, locator) {
  const [answer] = await Promise.all([page.waitForNavigation(), locator.click()]);
  return answer;
}
