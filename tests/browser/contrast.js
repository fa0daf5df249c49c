// The contrast of each element's own text against what lies behind it (WCAG 2.1, 1.4.3).
const parse = (colour) => {
  const n = colour.match(/[\d.]+/g).map(Number);
  const rgb = colour.startsWith("color(") ? n.slice(0, 3).map((x) => 255 * x) : n.slice(0, 3);
  return [...rgb, n[3] ?? 1];
};
const over = (a, b) => [0, 1, 2].map((i) => a[i] * a[3] + b[i] * (1 - a[3])).concat(1);
const darkCanvas =
  matchMedia("(prefers-color-scheme: dark)").matches &&
  getComputedStyle(document.documentElement).colorScheme.includes("dark");
const canvas = darkCanvas ? [18, 18, 18, 1] : [255, 255, 255, 1];
const known = new Map([[null, canvas]]);
const behind = (e) => {
  if (!known.has(e)) {
    const own = parse(getComputedStyle(e).backgroundColor);
    known.set(e, own[3] === 1 ? own : over(own, behind(e.parentElement)));
  }
  return known.get(e);
};
const light = (colour) => {
  const [r, g, b] = colour.slice(0, 3).map((v) => {
    const s = v / 255;
    return s <= 0.03928 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const faults = new Map();
for (const e of document.body.querySelectorAll("*")) {
  if (e.closest("svg, math, script, style, noscript, [aria-hidden=true], [inert]")) continue;
  if (![...e.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.data.trim())) continue;
  if (!e.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) continue;
  const style = getComputedStyle(e);
  const back = behind(e);
  const ink = over(parse(style.color), back);
  const [high, low] = [light(ink), light(back)].sort((a, b) => b - a);
  const size = parseFloat(style.fontSize);
  const large = size >= 24 || (Number(style.fontWeight) >= 700 && size >= 18.66);
  const ratio = (high + 0.05) / (low + 0.05);
  if (ratio >= (large ? 3 : 4.5)) continue;
  const name = `${e.tagName.toLowerCase()}.${e.className}`;
  const text = e.textContent.trim().slice(0, 30);
  const colours = `${style.color} on ${back.slice(0, 3).map(Math.round)}`;
  faults.set(name, `contrast: ${ratio.toFixed(2)} of ${name} "${text}" (${colours})`);
}
return [...faults.values()];
