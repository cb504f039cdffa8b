// Runs in the page (page.evaluate(faults)). Finds text that overflows the screen or its box, is
// clipped, is broken inside a word, or overlaps other text. Returns a list of sentences.
export const faults = () => {
  const out = []; const W = innerWidth;
  const add = (kind, el, what) => out.push(`${kind}: ${(el.className?.baseVal ?? el.className) || el.tagName} «${what.slice(0, 40)}»`);
  const de = document.documentElement;
  if (de.scrollWidth > W + 1) out.push("PAGE scrolls sideways " + de.scrollWidth + ">" + W);
  const sheet = document.querySelector("[data-part=sheet] [role=dialog]");
  const walker = document.createTreeWalker(sheet ?? document.body, NodeFilter.SHOW_TEXT);
  const boxes = [];
  for (let n; (n = walker.nextNode());) {
    const t = n.data; if (!t.trim()) continue;
    const el = n.parentElement; const cs = getComputedStyle(el);
    if (cs.visibility === "hidden" || cs.display === "none" || el.closest(".unseen,[hidden],noscript,template,script,style")) continue;
    if (!el.checkVisibility?.({ contentVisibilityAuto: true })) continue;
    // A line box is taller than its glyphs, which lie within the font size.
    const ink = (b) => { const over = Math.max(0, b.height - parseFloat(cs.fontSize)) / 2; return new DOMRect(b.x, b.y + over, b.width, b.height - 2 * over); };
    const r = document.createRange(); r.selectNodeContents(n); const rects = [...r.getClientRects()].filter(b => b.width > 0).map(ink); if (!rects.length) continue;
    let scroller = false, clip = null;
    for (let a = el; a && a !== document.body; a = a.parentElement) { const s = getComputedStyle(a); if (/auto|scroll/.test(s.overflowX) && a.scrollWidth > a.clientWidth) scroller = true; if (/hidden|clip/.test(s.overflowX) && !clip) clip = a; }
    if (!scroller) for (const b of rects) { if (b.right > W + 0.5 || b.left < -0.5) { add("OFF-SCREEN by " + Math.round(Math.max(b.right - W, -b.left)), el, t); break; } }
    const plate = el.closest(".station-hero, .notice, .button, .choice, .chip, .go-button, .read-out, .bottom-bar-item, .state-strip, .fact, .season-switch-side, .amenity");
    if (plate && !scroller) { const pb = plate.getBoundingClientRect(); for (const b of rects) if (b.right > pb.right + 0.5 || b.left < pb.left - 0.5 || (plate.matches(".button,.choice,.chip,.go-button,.bottom-bar-item,.state-strip") && (b.bottom > pb.bottom + 1 || b.top < pb.top - 1))) { add("OUT OF " + plate.className.split(" ")[0] + " by " + Math.round(Math.max(b.right - pb.right, pb.left - b.left, b.bottom - pb.bottom)), el, t); break; } }
    if (clip) { const cb = clip.getBoundingClientRect(); for (const b of rects) if (b.right > cb.right + 1 && !scroller) { add("CLIPPED", el, t); break; } }
    for (const m of t.matchAll(/[A-Za-zÀ-ÿ가-힣]{3,}/g)) { const q = document.createRange(); q.setStart(n, m.index); q.setEnd(n, m.index + m[0].length); const qs = [...q.getClientRects()].filter(b => b.width > 1); const lines = new Set(qs.map(b => Math.round(b.top / 4))); if (lines.size > 1) { if (/[가-힣]/.test(m[0]) && !/[A-Za-z]/.test(m[0])) continue; add("BROKEN WORD", el, m[0]); } }
    for (const b of rects) boxes.push([b, el, t]);
  }
  const fixedBar = document.querySelector(".bottom-bar");
  for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length; j++) {
    const [a, ea, ta] = boxes[i], [b, eb, tb] = boxes[j];
    if (ea === eb || ea.contains(eb) || eb.contains(ea)) continue;
    if (fixedBar && (fixedBar.contains(ea) !== fixedBar.contains(eb))) continue;
    if (ea.closest(".go-button,.go-row,.sheet-foot,.sheet-head,svg") || eb.closest(".go-button,.go-row,.sheet-foot,.sheet-head,svg")) continue;
    const x = Math.min(a.right, b.right) - Math.max(a.left, b.left), y = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (x > 3 && y > 8) out.push(`OVERLAP ${Math.round(x)}x${Math.round(y)}: «${ta.slice(0, 20)}» / «${tb.slice(0, 20)}»`);
  }
  return [...new Set(out)];
};
