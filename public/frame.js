/* A classic script in the head of index.html: starts the page. Where it stood at this
   address a moment ago, what stood there then is shown and painted first: only what
   the module found to be the same now, to the minute and the letter (src/ui/frame.rs). */
(function () {
  var kept = { key: key, keep: keep, drop: drop, replay: function () {}, shown: null };
  window.yizhanFrame = kept;
  var frame = null;
  try {
    frame = find();
  } catch (error) {
    // Storage is closed, or holds what is not ours: the module draws it.
  }
  if (!frame) return start();
  look(frame);
  document.addEventListener("DOMContentLoaded", function () {
    // One that was cut off has no style for it, and comes again (legacy.js).
    if (!document.getElementById("end")) return;
    show(frame);
    whenPainted(start);
  });

  function template() {
    return document.getElementById("start").content;
  }

  function start() {
    document.head.appendChild(document.importNode(template(), true));
  }

  function whenPainted(then) {
    var isDone = false;
    function once() {
      if (!isDone) then();
      isDone = true;
    }
    requestAnimationFrame(function () {
      setTimeout(once, 0);
    });
    // No frame comes to a page that went out of sight.
    setTimeout(once, 500);
  }

  // One for each, for they say different things.
  function name(isOffline) {
    return isOffline ? "yizhan-frame-offline" : "yizhan-frame";
  }

  // All that a first frame hangs on but the stations and the minute: the release, the
  // address, and what this phone was told. Empty where nothing is kept.
  function key() {
    try {
      var release = template().querySelector("script").getAttribute("src");
      var words = [release, location.hash, navigator.languages];
      Object.keys(localStorage).sort().forEach(function (name) {
        if (!/^yizhan-(?!frame|data)/.test(name)) return;
        var text = localStorage.getItem(name);
        // Of the last place only its time: it is kept once, and nowhere else.
        words.push(name, name === "yizhan-place" ? text.split(" ").pop() : text);
      });
      return JSON.stringify(words);
    } catch (error) {
      return "";
    }
  }

  function same(frame) {
    return JSON.stringify([frame.key, frame.look, frame.scale, frame.html]);
  }

  // Answers until when it is kept: an earlier visit may have looked further ahead.
  function keep(isOffline, key, from, until, look, scale, html) {
    var frame = { key: key, from: from, until: until, look: look, scale: scale, html: html };
    try {
      var before = JSON.parse(localStorage.getItem(name(isOffline)));
      var isSame = before && same(before) === same(frame);
      if (isSame && before.from <= from && from <= before.until) {
        frame.from = before.from;
        frame.until = Math.max(until, before.until);
      }
      localStorage.setItem(name(isOffline), JSON.stringify(frame));
    } catch (error) {
      // No room, or what is not ours: the module draws it.
    }
    return frame.until;
  }

  function drop() {
    try {
      localStorage.removeItem(name(false));
      localStorage.removeItem(name(true));
    } catch (error) {
      // Then nothing is there.
    }
  }

  function find() {
    // Who does not see it yet needs no answer yet, and a host has a say in it.
    if (document.hidden || parent !== window) return null;
    var text = localStorage.getItem(name(!navigator.onLine));
    var frame = text && JSON.parse(text);
    var minute = Math.floor(Date.now() / 60000);
    if (!frame) return null;
    // It would never be shown again.
    if (minute >= frame.until) drop();
    else if (minute >= frame.from && frame.key === key()) return frame;
    return null;
  }

  function look(frame) {
    var root = document.documentElement;
    frame.look.forEach(function (pair) {
      root.setAttribute(pair[0], pair[1]);
    });
    root.style.setProperty("--user-scale", frame.scale);
  }

  function show(frame) {
    var element = document.createElement("div");
    element.innerHTML = frame.html;
    document.body.appendChild(element);
    kept.shown = element;

    // Links work by themselves; what a button was tapped for is done when the module is
    // here, and what WeChat may do instead of a link (host.js).
    var missed = null;
    var held = /MicroMessenger/i.test(navigator.userAgent) ? "[data-do]" : "button[data-do]";
    function note(event) {
      var tapped = event.target.closest(held);
      if (!tapped) return;
      event.preventDefault();
      missed = tapped;
    }
    element.addEventListener("click", note);
    kept.replay = function () {
      element.removeEventListener("click", note);
      if (missed) missed.click();
    };
  }
})();
