/* A classic script, for engines too old for the page and for pages that arrive
   with a hole: both fail without a word. It shows the words that index.html holds. */
(function () {
  outOfQuery();
  // A host may still hand a position over in the query, which servers log: it is
  // moved behind the # before anything else is asked for.
  function outOfQuery() {
    var names = { lat: 1, lng: 1, lon: 1, crs: 1, fs: 1 };
    var given = {};
    var rest = location.search.slice(1).split("&").filter(function (part) {
      var pair = part.split("=");
      if (pair[0] in names) given[pair[0]] = pair[1] || "";
      return part && !(pair[0] in names);
    });
    if (given.lat === undefined) return;
    var lon = given.lng === undefined ? given.lon : given.lng;
    // Without its reference system it may be anywhere: an empty one is told, and not used.
    var parts = ["at=" + lon + "," + given.lat, "crs=" + (given.crs || "")];
    if (given.fs) parts.push("scale=" + given.fs);
    if (location.hash.length > 1) parts.push(location.hash.slice(1));
    var query = rest.length ? "?" + rest.join("&") : "";
    history.replaceState(history.state, "", location.pathname + query + "#" + parts.join("&"));
  }

  function tooOld() {
    var words = document.getElementById("too-old");
    if (!words || document.documentElement.getAttribute("data-screen")) return;
    noFrame();
    words.hidden = false;
  }
  // Its buttons would wait for ever.
  function noFrame() {
    var frame = document.getElementById("frame");
    if (frame) frame.parentNode.removeChild(frame);
  }
  if (typeof WebAssembly !== "object" || !("noModule" in document.createElement("script"))) {
    document.addEventListener("DOMContentLoaded", tooOld);
    return;
  }

  var isMending = false;
  var isLate = false;
  // A file did not arrive, or is not what was published.
  function notLoaded() {
    // A page that runs has words of its own.
    if (isMending || document.documentElement.getAttribute("data-screen")) return;
    isMending = true;
    // The state of the history outlives the reload: nothing is mended for ever.
    if (history.state === "mended") return show();
    history.replaceState("mended", "");
    mend();
  }
  function show() {
    if (document.documentElement.getAttribute("data-screen")) return;
    var words = document.getElementById("not-loaded");
    if (!words) {
      // It is still being read: the words come, or its end.
      if (document.readyState === "loading" && !isLate) return document.addEventListener("DOMContentLoaded", show);
      // The page was cut off before the words.
      words = document.createElement("p");
      words.id = "not-loaded";
      words.className = "fallback";
      words.textContent = "页面没有加载完整，请再打开一次。The page did not load completely: please open it again.";
      (document.body || document.documentElement).appendChild(words);
    }
    noFrame();
    words.hidden = false;
  }
  document.addEventListener("DOMContentLoaded", function () {
    if (!document.getElementById("end")) notLoaded();
  });
  // Some failures come without an event.
  var patience = 3;
  (function wait() {
    setTimeout(function () {
      patience -= 1;
      // The first screen works: on a slow network the module may still come.
      if (window.yizhanEarly && patience > 0) return wait();
      isLate = true;
      show();
    }, 20000);
  })();
  // What arrived spoilt may lie in the browser's cache for a year, so each file is
  // asked of the host again before the page is.
  function mend() {
    var files = document.querySelectorAll("script[src], link[rel~=preload]");
    Promise.all(Array.prototype.map.call(files, function (file) {
      return fetch(file.src || file.href, { cache: "reload" }).then(function (answer) {
        if (!answer.ok) throw new Error(answer.url);
      });
    })).then(function () { location.reload(); }, show);
  }
  // A module that cannot be compiled: engines before Chrome 97 and iOS 16 say that
  // the content policy forbids it; anything else is no module of ours.
  function failed(reason) {
    if (/Content Security Policy|unsafe-eval|unsafe_eval/.test(String(reason))) tooOld();
    else notLoaded();
  }
  window.addEventListener("error", function (event) {
    var isScript = event.target && event.target.nodeName === "SCRIPT";
    if (isScript || event.target === window) failed(event.message);
  }, true);
  window.addEventListener("unhandledrejection", function (event) { failed(event.reason); });
  document.addEventListener("click", function (event) {
    if (!event.target.getAttribute || event.target.getAttribute("href") !== "?") return;
    event.preventDefault();
    mend();
  });
})();
