/* A classic script, for engines too old for the page and for pages that arrive
   with a hole: both fail without a word. It shows the words that index.html holds. */
(function () {
  function show(id) {
    var words = document.getElementById(id);
    // A page that runs has words of its own.
    if (!words || document.documentElement.getAttribute("data-screen")) return;
    words.hidden = false;
  }
  if (typeof WebAssembly !== "object" || !("noModule" in document.createElement("script"))) {
    document.addEventListener("DOMContentLoaded", function () { show("too-old"); });
  }
  // A file that did not arrive, or is not what was published.
  window.addEventListener("error", function (event) {
    var name = event.target && event.target.nodeName;
    if (name === "SCRIPT" || name === "LINK") show("not-loaded");
  }, true);
  // A module that cannot be compiled: engines before Chrome 97 and iOS 16 say that
  // the content policy forbids it; anything else is no module of ours.
  window.addEventListener("unhandledrejection", function (event) {
    show(/Content Security Policy|unsafe-eval|unsafe_eval/.test(String(event.reason)) ? "too-old" : "not-loaded");
  });
  // The same address with its fragment. What arrived spoilt may lie in the browser's
  // cache for a year, so each file is asked of the host again first.
  document.addEventListener("click", function (event) {
    if (!event.target.getAttribute || event.target.getAttribute("href") !== "?") return;
    event.preventDefault();
    function again() { location.reload(); }
    var files = document.querySelectorAll("script[src], link[rel~=preload], link[rel=modulepreload], link[rel=stylesheet]");
    Promise.all(Array.prototype.map.call(files, function (file) {
      return fetch(file.src || file.href, { cache: "reload" });
    })).then(again, again);
  });
})();
