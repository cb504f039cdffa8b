/* A classic script for engines too old for the page, and for pages of which a file is missing
   or damaged: both fail silently. It shows the messages in index.html. */
(function () {
  outOfQuery();
  // A host may still pass a position in the query, which servers log: it is moved into the
  // fragment before any other request.
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
    // Without a reference system (empty `crs`) the page does not use the position, and says so.
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
  // Removes the prerendered screen, whose buttons would do nothing.
  function noFrame() {
    var shell = document.getElementById("shell");
    if (shell) shell.parentNode.removeChild(shell);
  }
  if (typeof WebAssembly !== "object" || !("noModule" in document.createElement("script"))) {
    document.addEventListener("DOMContentLoaded", tooOld);
    return;
  }

  var isMending = false;
  var isLate = false;
  // A file did not load, or is not as published.
  function notLoaded() {
    // A running page shows its own messages.
    if (isMending || document.documentElement.getAttribute("data-screen")) return;
    isMending = true;
    // The history state survives the reload, so that a repair is tried only once.
    if (history.state === "mended") return show();
    history.replaceState("mended", "");
    mend();
  }
  function show() {
    if (document.documentElement.getAttribute("data-screen")) return;
    var words = document.getElementById("not-loaded");
    if (!words) {
      // The document is still being parsed, and may yet contain the message.
      if (document.readyState === "loading" && !isLate) return document.addEventListener("DOMContentLoaded", show);
      // The document was cut off before the message.
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
  // Some failures raise no event.
  var patience = 3;
  (function wait() {
    setTimeout(function () {
      patience -= 1;
      // early.js runs: on a slow network the module may still arrive.
      if (window.yizhanEarly && patience > 0) return wait();
      isLate = true;
      show();
    }, 20000);
  })();
  // A damaged file may stay in the HTTP cache for a year, so each file is fetched again, past
  // the cache, before the page is reloaded.
  function mend() {
    var files = document.querySelectorAll("script[src], link[rel~=preload]");
    Promise.all(Array.prototype.map.call(files, function (file) {
      return fetch(file.src || file.href, { cache: "reload" }).then(function (answer) {
        if (!answer.ok) throw new Error(answer.url);
      });
    })).then(function () { location.reload(); }, show);
  }
  // The module does not compile. Engines before Chrome 97 and iOS 16 say that the content
  // security policy forbids it; any other reason means that it is not our module.
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
