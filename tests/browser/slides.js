// Goes through the slides with all fragments shown, and compares each element with the slide's
// frame: the configured width and height about the centre of reveal.js's own box.
const smallest = arguments[0];
const TOLERANCE = 2;
const SMALL_BY_NATURE = "math, sup, sub, .footnotes, .reveal-footer";
if (!window.Reveal) return ["slides: reveal.js did not start"];
const frames = (n) =>
  n ? new Promise((done) => requestAnimationFrame(() => frames(n - 1).then(done))) : Promise.resolve();
const ready = Reveal.isReady() ? Promise.resolve() : new Promise((done) => Reveal.on("ready", done));

const faultOf = (e, frame, scale) => {
  if (e.closest("aside.notes, [hidden]") || !e.checkVisibility()) return null;
  if (e.closest("svg") && e.tagName !== "svg") return null;
  const r = e.getBoundingClientRect();
  if (!r.width || !r.height) return null;
  const name = `${e.tagName.toLowerCase()}.${e.className}`;
  const out =
    Math.max(frame.left - r.left, r.right - frame.right, frame.top - r.top, r.bottom - frame.bottom) / scale;
  if (out > TOLERANCE) return ["overflow", `${name} by ${out.toFixed(0)} px`];
  if (e.scrollHeight > e.clientHeight + TOLERANCE && getComputedStyle(e).overflowY !== "visible") {
    return ["overflow", `${name} hides ${e.scrollHeight - e.clientHeight} px`];
  }
  const size = parseFloat(getComputedStyle(e).fontSize);
  const ownText = [...e.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.data.trim());
  if (ownText && size < smallest && !e.closest(SMALL_BY_NATURE)) {
    return ["size", `${name} has text of ${size.toFixed(0)} px`];
  }
  return null;
};

return ready.then(async () => {
  Reveal.configure({ transition: "none", backgroundTransition: "none" });
  const { width, height } = Reveal.getConfig();
  const faults = [];
  for (const slide of Reveal.getSlides()) {
    const { h, v } = Reveal.getIndices(slide);
    Reveal.slide(h, v, 1000);
    await frames(2);
    const scale = Reveal.getScale();
    const box = document.querySelector(".reveal .slides").getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const frame = {
      left: x - (scale * width) / 2,
      right: x + (scale * width) / 2,
      top: y - (scale * height) / 2,
      bottom: y + (scale * height) / 2,
    };
    const found = new Map();
    for (const e of slide.querySelectorAll("*")) {
      const fault = faultOf(e, frame, scale);
      if (fault && !found.has(fault[0])) found.set(...fault);
    }
    for (const [kind, what] of found) {
      faults.push(`${kind}: slide ${h + 1}${v ? "." + v : ""} (${slide.id}): ${what}`);
    }
  }
  return faults;
});
