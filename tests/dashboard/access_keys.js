// What a person with a keyboard meets in the page: controls in reading order, each showing its focus.
() => {
  const faults = [];
  const named = (e) => `${e.tagName.toLowerCase()} "${(e.getAttribute("aria-label") || e.innerText || e.placeholder || "").trim().slice(0, 30)}"`;
  const seen = (e) => { const box = e.getBoundingClientRect(); return box.width > 1 && box.height > 1 && getComputedStyle(e).visibility === "visible"; };
  const look = (e) => { const all = []; for (let at = e, up = 0; at && up < 4; at = at.parentElement, up += 1) { const s = getComputedStyle(at); all.push(s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.borderColor); } return all.join(); };
  if (document.querySelector('[tabindex]:not([tabindex="0"]):not([tabindex^="-"])')) faults.push("a tabindex of its own");
  const root = document.documentElement;
  if (root.dir !== (root.lang === "fa" ? "rtl" : "ltr")) faults.push(`lang ${root.lang} with dir ${root.dir}`);
  const main = document.querySelector("[data-testid=stMain]");
  if (main.querySelectorAll("h1").length !== 1) faults.push("not one h1");
  const all = [...main.querySelectorAll("a[href], button, input:not([type=hidden]), textarea, select, summary, [tabindex='0']")];
  const stops = all.filter((e) => e.tabIndex >= 0 && !e.disabled && seen(e)).slice(0, 60);
  stops.forEach((stop, place) => {
    document.activeElement.blur();
    const before = look(stop);
    stop.focus({ preventScroll: true });
    if (document.activeElement === stop && look(stop) === before) faults.push(`no sign of focus: ${named(stop)}`);
    const last = stops[place - 1];
    if (!last || last.contains(stop)) return;
    const a = last.getBoundingClientRect(), b = stop.getBoundingClientRect();
    const beside = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > Math.min(a.height, b.height) / 2;
    const below = Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0;
    let around = stop.parentElement;
    while (!around.contains(last)) around = around.parentElement;
    const rtl = getComputedStyle(around).direction === "rtl";
    if (beside && !below && (rtl ? b.right > a.right : b.left < a.left)) faults.push(`read before it is reached: ${named(stop)} after ${named(last)}`);
    if (below && !beside && b.bottom <= a.top) faults.push(`above what comes before it: ${named(stop)} after ${named(last)}`);
  });
  document.activeElement.blur();
  return faults;
}
