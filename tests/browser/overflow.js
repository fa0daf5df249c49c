// Elements that stand out to the right of the window, unless a box around them scrolls or cuts.
const width = document.documentElement.clientWidth;
const whole = Math.max(document.documentElement.scrollWidth, document.body.scrollWidth);
if (whole <= width + 1) return [];
const contained = (e) => {
  for (let box = e.parentElement; box && box !== document.body; box = box.parentElement) {
    if (getComputedStyle(box).overflowX !== "visible") return true;
  }
  return false;
};
const out = [...document.body.querySelectorAll("*")].filter(
  (e) => e.getBoundingClientRect().right > width + 1 && !contained(e),
);
const names = out.slice(0, 4).map((e) => `${e.tagName.toLowerCase()}#${e.id}.${e.className}`);
return [`overflow: the page is ${whole} wide in a window of ${width}: ${names.join(", ")}`];
