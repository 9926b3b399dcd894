// This script shows readers whether they are counted here, and lets them decide with a button.
//
// A page includes it next to `<div data-parvis-opt-out></div>`; it fills every such element.

interface Wording {
  readonly counted: string;
  readonly notCounted: string;
  readonly signal: string;
  readonly noStorage: string;
  readonly refuse: string;
  readonly accept: string;
  readonly marker: string;
}

// The block keeps all names out of the page's own.
{
  const english: Wording = {
    counted: "Your visits to this site are counted, without identifying you.",
    notCounted: "Your visits to this site are not counted from this browser.",
    signal:
      "Your browser asks sites not to track you (Global Privacy Control or Do Not Track), so " +
      "nothing is counted anyway.",
    noStorage:
      "Your browser does not let this site store anything, so your choice cannot be remembered " +
      "here. Your visits are counted, without identifying you.",
    refuse: "Do not count my visits",
    accept: "Count my visits again",
    marker:
      "Refusing stores one marker in your browser, which only says “do not count me”. " +
      "Nothing else is stored to count visits, and counting yours again removes it.",
  };

  const french: Wording = {
    counted: "Vos visites sur ce site sont comptées, sans vous identifier.",
    notCounted: "Vos visites sur ce site ne sont pas comptées depuis ce navigateur.",
    signal:
      "Votre navigateur demande aux sites de ne pas vous suivre (Global Privacy Control ou Do " +
      "Not Track)\u00a0: de toute façon, rien n’est compté.",
    noStorage:
      "Votre navigateur ne permet pas à ce site d’enregistrer quoi que ce soit\u00a0: votre " +
      "choix ne peut pas être retenu ici. Vos visites sont comptées, sans vous identifier.",
    refuse: "Ne pas compter mes visites",
    accept: "Compter à nouveau mes visites",
    marker:
      "Refuser enregistre un marqueur dans votre navigateur, qui dit seulement «\u00a0ne me " +
      "comptez pas\u00a0». Rien d’autre n’est enregistré pour compter les visites, et compter à " +
      "nouveau les vôtres l’efface.",
  };

  // The item's name and value are those that the tracker looks for.
  const item = "parvis";
  const off = "off";

  const signalled = navigator.globalPrivacyControl === true || navigator.doNotTrack === "1";

  // The reader's choice as the browser keeps it, or undefined where the page may not look.
  const isRefused = (): boolean | undefined => {
    try {
      return localStorage.getItem(item) === off;
    } catch {
      return undefined;
    }
  };

  // Whether a choice can be kept; a full storage only shows it by refusing to be written to.
  let isStorable = isRefused() !== undefined;

  // Keeps a choice. Wishing to be counted leaves no item at all, hence no trace of an earlier
  // refusal.
  const choose = (isRefusal: boolean): void => {
    try {
      if (isRefusal) localStorage.setItem(item, off);
      else localStorage.removeItem(item);
    } catch {
      isStorable = false;
    }
  };

  // One for each element filled, to show the present state in all of them.
  const views: (() => void)[] = [];
  const showAll = (): void => views.forEach((show) => show());

  // Fills one element. Its parts are made once and only their text changes, so that the keyboard
  // focus stays on the button and the status region is announced when its sentence changes.
  const fill = (box: HTMLElement): void => {
    const wording = /^fr\b/i.test(document.documentElement.lang) ? french : english;

    const state = document.createElement("p");
    state.setAttribute("role", "status");

    const button = document.createElement("button");
    button.type = "button";
    button.addEventListener("click", () => {
      choose(!isRefused());
      showAll();
    });

    const marker = document.createElement("p");
    marker.textContent = wording.marker;

    views.push(() => {
      const refused = isRefused();
      state.textContent = signalled
        ? wording.signal
        : !isStorable
          ? wording.noStorage
          : refused
            ? wording.notCounted
            : wording.counted;
      button.textContent = refused ? wording.accept : wording.refuse;
      button.hidden = !isStorable;
    });

    // What the element held is meant for browsers that do not run the script.
    box.textContent = "";
    box.append(state, button, marker);
  };

  const start = (): void => {
    document.querySelectorAll<HTMLElement>("[data-parvis-opt-out]").forEach(fill);
    showAll();
  };

  // The choice may also be made in another tab of the same site.
  addEventListener("storage", showAll);

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
}
