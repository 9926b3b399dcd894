// This script tells a site's own Parvis service that a page was read, and stores nothing.
//
// It has to be tiny, so a few turns are chosen for the size they compress to; a comment explains
// each of them.

type Properties = Record<string, unknown>;

// The little that is read of the events listened to, which are of several kinds.
interface Moment {
  readonly button?: number;
  readonly persisted?: boolean;
  readonly target?: EventTarget | null;
}

declare global {
  interface Window {
    parvis?: (name: string, properties?: Properties) => void;
  }
  interface Document {
    readonly prerendering?: boolean;
  }
  interface History {
    parvis?: unknown;
  }
  interface Navigator {
    readonly globalPrivacyControl?: boolean;
  }
}

// Whatever goes wrong in here is swallowed, because a fault of ours must never reach the page: a
// measure that cannot be taken is lost, and the reader notices nothing. The block also keeps all
// names private.
try {
  // The tag is only known while the script first runs, so its address and its attributes are kept.
  let { src, dataset } = document.currentScript as HTMLScriptElement;

  // A mark left in memory tells a second copy of the script that the page is already watched.
  if (!history.parvis) {
    // The address of the page last counted; none as long as there is a view left to count.
    let page: string | undefined;

    // The address of the page being read at this moment; none while the reader is away.
    let shown: string | undefined;

    // When the present stretch of reading, or of absence, began.
    let since: number;

    // Where the reader came from: at first another page of the web, then the previous one of this.
    let referrer = document.referrer.split(/[?#]/)[0]!;

    // Hands a message to the service, unless the reader refuses; refusal is looked up each time, so
    // that it holds from the moment it is expressed. Plain text needs no preflight, and the request
    // outlives the page. A failure is tried once more with the same text, so that its key prevents
    // counting it twice.
    let post = async (body: string, isRepeat?: unknown) => {
      try {
        if (
          navigator.globalPrivacyControl ||
          navigator.doNotTrack == "1" ||
          localStorage.parvis == "off"
        )
          return;
      } catch {
        // Where storage is closed to the page, the marker cannot have been set.
      }
      try {
        // A relative address replaces the last segment of the script's own, wherever that is served
        // from. Without the policy, the browser would add the page's full address to a request
        // within its origin.
        let { status } = await fetch(new URL("api/event", src), {
          method: "POST",
          keepalive: true,
          referrerPolicy: "origin",
          body,
        });
        if (!/^5|429/.test(status as unknown as string)) return;
      } catch {
        // A connection that is refused and a service that fails are treated alike.
      }
      isRepeat || setTimeout(post, 3e3 + 3e3 * Math.random(), body, 1);
    };

    // Composes a message about the counted page. A page that was never shown has nothing to tell,
    // and one that is not on the web, such as a copy saved on a disk, is nobody's business.
    let send = (n: string, p?: Properties) => {
      try {
        if (/^http/.test(page!))
          post(
            JSON.stringify({
              n,
              u: page,
              d: dataset.site,
              r: referrer,
              w: innerWidth,
              t: document.title,
              k: crypto.getRandomValues(new Uint32Array(3)) + "",
              p,
            }),
          );
      } catch {
        // Properties that cannot be written as JSON are the page's mistake, and must not break it.
      }
    };

    // Looks at where the reader is and at what was just clicked. Every event listened to leads
    // here, since any of them may be the first sign that the page was shown, left or replaced.
    let look = (event: Moment) => {
      try {
        // A page brought back by the browser's back button is read anew.
        if (event.persisted) page = shown = "";

        // A page that the browser prepares in advance becomes visible a moment before it is said to
        // be opened; what is sent in between is marked as sent in advance, which services drop.
        //
        // Composing the address from its public parts leaves out passwords, the fragment, and every
        // parameter that the site did not declare; the first one kept follows a question mark.
        let url = document.hidden || document.prerendering
          ? ""
          : location.origin +
            location.pathname +
            location.search
              .replace(/.([^&=]*)[^&]*/g, (pair, name) =>
                dataset.params && dataset.params.split(",").includes(name) ? pair : "",
              )
              .replace(/./, "?") +
            (dataset.hash == null ? "" : location.hash);

        if (url != shown) {
          // The old beginning minus the new one is the length of the ended stretch, negative.
          let seconds = Math.round((since! - (since = performance.now())) / -1e3);
          if (shown && seconds) send("time", { seconds });
          shown = url;

          if (url && url != page) {
            // Only the page that was loaded can be missing; those that its code navigates to exist.
            let name = page || dataset.missing == null ? "pageview" : "missing";
            referrer = page || referrer;
            page = url;
            send(name);
          }
        }

        // The main and the middle button follow links, and only the main one does anything else.
        if (event.button! < 2) {
          let target = event.target as Element;
          let link = target.closest("a");
          let feature = target.closest<HTMLElement>("[data-parvis]");
          if (feature && (link || !event.button)) send(feature.dataset.parvis!);

          // Neither a link to another protocol nor one that leads nowhere is a link to the web.
          if (link && /^http/.test(link.protocol)) {
            let name =
              target.closest("[download]") ||
              (
                "7z,csv,doc,docx,epub,gpkg,gz,iso,mp3,mp4,odp,ods,odt," +
                "pdf,ppt,pptx,rar,tar,txt,xls,xlsx,zip," +
                dataset.downloads
              )
                .split(",")
                .includes(link.pathname.toLowerCase().split(".").pop()!)
                ? "download"
                : link.host != location.host && "outbound";
            if (name) send(name, { url: link.origin + link.pathname });
          }
        }
      } catch {
        // The page may have replaced any of the browser's functions by something of its own.
      }
    };

    // The page's own code may announce the use of a feature.
    history.parvis = window.parvis = send;

    // The last two are functions of the history, which announce nothing by themselves and are
    // wrapped; the others are events, heard while they descend so that the page cannot stop them
    // further down.
    (
      "prerenderingchange,visibilitychange,hashchange,click,auxclick,pageshow,popstate," +
      "pushState,replaceState"
    )
      .split(",")
      .map((name) => {
        addEventListener(name, look as EventListener, true);
        let original = history[name as "pushState"];
        if (original)
          history[name as "pushState"] = function (...input) {
            return [original.apply(this, input), look({})][0] as void;
          };
      });

    look({});
  }
} catch {}
