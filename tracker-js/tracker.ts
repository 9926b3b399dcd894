// This script tells a site's own Parvis service that a page was read, and stores nothing.
//
// It has to be tiny, so a few turns are chosen for the size they compress to, and so are the orders
// of lists; a comment explains each of the turns. `n`, `u`, `r` and `p` are named as in the message.

type Properties = Record<string, unknown>;

// What links in HTML, areas of maps and links in SVG have in common; the address of the last is an
// object.
type Link = Element & { readonly href: string & Partial<SVGAnimatedString> };

// The little that is read of the events listened to, which are of several kinds.
interface Moment {
  readonly button?: number;
  readonly persisted?: boolean;
  composedPath?(): Link[];
}

// Announces something: only what has a name is sent. The last two are for the script itself.
type Send = (
  n: string | 0 | false | undefined,
  p?: Properties,
  isRepeat?: unknown,
  body?: string,
) => void;

declare global {
  interface Window {
    parvis?: Send;
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
  // A mark left in memory tells a second copy of the script that the page is already watched.
  if (!history.parvis) {
    // Reads a property where its class defines it: an element whose name is that of a property hides
    // it in a document (`<img name="hidden">`) and in a form. What is missing is an empty text, of
    // which any property can be read.
    let get = (owner: object, name: string) =>
      Reflect.get(Reflect.getPrototypeOf(owner)!, name, owner) || "";

    // The tag is known while a classic script first runs, whatever the script is called. It is not
    // for a module or for code put into the page, which look for a tag by its address. Without one
    // nothing is known of the service; this is said, and reading its address ends the script.
    let { src, dataset }: HTMLScriptElement =
      [get(document, "currentScript"), ...get(document, "scripts")].find((tag, place) =>
        place ? /\/t(-\w+)?\.js/.test(tag.src) : tag.src,
      ) || console.warn("parvis: no tag");

    // The address of the page last counted; none as long as there is a view left to count.
    let u: string | undefined;

    // The address of the page being read at this moment; none while the reader is away.
    let shown: string | undefined;

    // When the present stretch of reading, or of absence, began.
    let since: number;

    // Where the reader came from: at first another page of the web, then the previous one of this.
    let [r]: string[] = get(document, "referrer").split(/[?#]/);

    // Hands a message about the counted page to the service, unless the reader refuses; refusal is
    // looked up each time, so that it holds from the moment it is expressed. A page that was never
    // shown has nothing to tell, one that is not on the web, such as a copy saved on a disk, is
    // nobody's business, and a message without a name is none.
    //
    // Plain text needs no preflight, and the request outlives the page. A failure is tried once more
    // with the same text, so that its key prevents counting it twice. The page's own code may call
    // this to announce the use of a feature.
    let send: Send =
      (history.parvis = window.parvis = async (n, p, isRepeat, body) => {
        try {
          if (
            !/^h/.test((n && u) as string) ||
            (navigator.doNotTrack as unknown as number) > 0 ||
            navigator.globalPrivacyControl ||
            localStorage.parvis == "off"
          )
            return;
        } catch {
          // Where storage is closed to the page, the marker cannot have been set.
        }
        try {
          // A relative address replaces the last segment of the script's own, wherever that is
          // served from. Without the policy, the browser would add the page's full address to a
          // request within its origin.
          //
          // The key only has to differ from those of the same days, which 52 random bits do.
          if (
            !/^5|29/.test(
              (
                await fetch(new URL("api/event", src), {
                  keepalive: 1 as unknown as true,
                  body: (body =
                    body ||
                    JSON.stringify({
                      u,
                      r,
                      w: innerWidth,
                      d: dataset.site,
                      n,
                      p,
                      k: Math.random() + "",
                      t: get(document, "title"),
                    })),
                  method: "POST",
                  referrerPolicy: "origin",
                })
              ).status as unknown as string,
            )
          )
            return;
        } catch {
          // A connection that is refused and a service that fails are treated alike. Properties that
          // cannot be written as JSON are the page's mistake, and must not break it.
        }
        isRepeat || setTimeout(send, 3e3 + 3e3 * Math.random(), n, p, 1, body);
      });

    // Looks at where the reader is and at what was just clicked. Every event listened to leads
    // here, since any of them may be the first sign that the page was shown, left or replaced.
    //
    // The parameters after the event are its variables: declared there they take fewer bytes.
    let look = (
      event: Moment = 0 as Moment,
      link?: Link | false | "",
      feature?: string,
      url?: any,
      name?: string,
    ) => {
      try {
        // A page brought back by the browser's back button is read anew.
        if (event.persisted) u = shown = "";

        // A page that the browser prepares in advance becomes visible a moment before it is said to
        // be opened; what is sent in between is marked as sent in advance, which services drop.
        //
        // Composing the address from its public parts leaves out passwords, the fragment, and every
        // parameter that the site did not declare; the first one kept follows a question mark. No
        // parameter's name is a space.
        url =
          get(document, "hidden") || get(document, "prerendering")
            ? ""
            : location.origin +
              location.pathname +
              location.search
                .replace(/.([^&=]*)[^&]*/g, (pair, name) =>
                  (dataset.params || " ").split(",").includes(name) ? pair : "",
                )
                .replace(/./, "?") +
              ("hash" in dataset ? location.hash : "");

        if (url != shown) {
          // The old beginning minus the new one is the length of the ended stretch, negative.
          let seconds = Math.round((since! - (since = performance.now())) / -1e3);
          send(shown && seconds && "time", { seconds });
          shown = url;

          if (url && url != u) {
            // Only the page that was loaded can be missing; those that its code navigates to exist.
            name = !u && "missing" in dataset ? "missing" : "pageview";
            r = u || r;
            u = url;
            send(name);
          }
        }

        // The main and the middle button follow links, and only the main one does anything else.
        if (event.button! < 2) {
          // From the innermost element outwards, into shadow roots that are open.
          event.composedPath!().map((element) => {
            link = link || (element.href && "target" in element && element);
            feature = feature || get(element, "dataset").parvis;
          });
          send((link || !event.button) && feature);

          // Neither a link to another protocol nor one that leads nowhere is a link to the web.
          url = new URL((link as Link).href.baseVal || (link as Link).href, (link as Link).baseURI);
          if (/^h/.test(url))
            send(
              (link as Link).closest("[download]") ||
                (
                  "7z,csv,doc,docx,epub,gpkg,gz,iso,mp3,mp4,odp,ods,odt," +
                  "pdf,ppt,pptx,rar,tar,txt,xls,xlsx,zip," +
                  dataset.downloads
                )
                  .split(",")
                  .includes(url.pathname.toLowerCase().split(".").pop()!)
                ? "download"
                : url.host != location.host && "outbound",
              { url: url.origin + url.pathname },
            );
        }
      } catch {
        // The page may have replaced any of the browser's functions by something of its own.
      }
    };

    // Two of these are functions of the history, which announce nothing by themselves and are
    // wrapped; the others are events, heard while they descend so that the page cannot stop them
    // further down. Fragments that change are announced by `popstate`, too. An element named
    // `addEventListener` hides the window's own; the document's listens on the window if it is
    // called for nobody.
    (
      "pageshow,auxclick,popstate,click,pushState,replaceState," +
      "prerenderingchange,visibilitychange"
    )
      .split(",")
      .map((name, original: any) => {
        get(document, "addEventListener")(name, look, 1);
        original = history[name as "pushState"];
        if (original)
          history[name as "pushState"] = function (...input) {
            return [original.apply(this, input), look()][0] as void;
          };
      });

    look();

    // Last, because a browser without this interface ends the script here.
    navigation.addEventListener("currententrychange", look as () => void);
  }
} catch {}
