/* A classic script, for engines too old for the page: they fail to parse the
   real one without a word. It shows the words that index.html holds for them. */
(function () {
  function tooOld() {
    var words = document.getElementById("too-old");
    if (words) words.hidden = false;
  }
  if (typeof WebAssembly !== "object" || !("noModule" in document.createElement("script"))) tooOld();
  // A module that cannot be loaded or compiled says so here.
  window.addEventListener("unhandledrejection", function () {
    if (!document.documentElement.getAttribute("data-screen")) tooOld();
  });
})();
