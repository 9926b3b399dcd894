// This module holds what the browser tests share: how a test is laid out, and what readers do.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { openLab } from "./lab.mjs";

/**
 * Describes tests that share a browser. `define` gets a function that adds a test with a bench of
 * its own; such a test must end without a fault and without a complaint in the console, except
 * those that match `allowed`. Most of a test's time is spent waiting for what must not happen, so a
 * few run side by side.
 */
export function suite(name, define) {
  describe(name, { concurrency: 3 }, () => {
    let lab;
    before(async () => (lab = await openLab()));
    after(() => lab?.close());

    const bench = (what, setting, act, allowed) =>
      test(what, async () => {
        const own = await lab.openBench(setting);
        try {
          await act(own, lab);
          const complaints = own.complaints.filter((text) => !allowed?.test(text));
          assert.deepEqual(complaints, [], "nothing is said in the console");
          for (const page of own.context.pages()) {
            const faults = await page.evaluate(() => window.lab?.faults ?? []);
            assert.deepEqual(faults, [], "no fault reaches the page");
          }
        } finally {
          await own.close();
        }
      });
    define(bench);
  });
}

/** The page's own code that keeps clicked links from leading away, so that one page serves many. */
export const STAY = `<script>for (const kind of ["click", "auxclick"])
  document.addEventListener(kind, (event) => event.preventDefault());</script>`;

/** Makes long delays short, and notes them. */
export const SHORT_DELAYS = "window.lab.hasten()";

/** What the browser says of itself when the reader has asked for privacy. */
export const CONTROL =
  'Object.defineProperty(Navigator.prototype, "globalPrivacyControl", { get: () => true })';
export const NO_TRACK =
  'Object.defineProperty(Navigator.prototype, "doNotTrack", { get: () => "1" })';

/** What the browser itself writes in the console when a request fails. */
export const NETWORK_MESSAGE = /Failed to load resource/;

/** Navigates within the page, as its own code would. */
export const push = (page, url) => page.evaluate((to) => history.pushState({}, "", to), url);

/** Hides the page, or shows it again. */
export const hide = (page, isHidden) =>
  page.evaluate((hidden) => window.lab.hide(hidden), isHidden);

/** Lets time pass. */
export const advance = (page, seconds) => page.evaluate((by) => window.lab.advance(by), seconds);

/** Clicks on many elements at once, and returns how many there were. */
export const clickAll = (page, selector) =>
  page.evaluate((which) => {
    const elements = document.querySelectorAll(which);
    for (const element of elements) element.click();
    return elements.length;
  }, selector);
