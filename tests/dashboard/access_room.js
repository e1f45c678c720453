// What does not fit: sideways scrolling, a menu over the page, parts outside the page, cut words, words over words.
() => {
  const faults = [];
  const main = document.querySelector("[data-testid=stMain]"), page = main.getBoundingClientRect();
  if (main.scrollWidth > main.clientWidth + 1) faults.push(`scrolls sideways: ${main.scrollWidth} in ${main.clientWidth}`);
  const menu = document.querySelector("[data-testid=stSidebar]")?.getBoundingClientRect();
  if (menu && Math.min(menu.right, page.right) - Math.max(menu.left, page.left) > 4) faults.push("the menu lies over the page");
  const words = (e) => [...e.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
  const said = (e) => `"${e.innerText.trim().slice(0, 30)}"`;
  const boxes = [];
  for (const e of main.querySelectorAll("*")) {
    const box = e.getBoundingClientRect(), style = getComputedStyle(e);
    // Scrolling lists, drawings and names for screen readers have room of their own.
    if (box.width < 2 || box.height < 2 || style.visibility !== "visible" || !words(e)) continue;
    if (e.closest("svg, caption, [data-testid=stPageLink], .lines, .js-plotly-plot, [class*=st-key-scroll_]")) continue;
    let held = false;
    for (let up = e.parentElement; up && up !== main; up = up.parentElement) held ||= getComputedStyle(up).overflowX !== "visible";
    if (!held && (box.right > page.right + 2 || box.left < page.left - 2)) faults.push(`outside: ${said(e)}`);
    if (["hidden", "clip"].includes(style.overflowX) && style.clipPath === "none" && e.scrollWidth > e.clientWidth + 2) faults.push(`cut: ${said(e)}`);
    const range = document.createRange();
    range.selectNodeContents(e);
    if (!held && style.position !== "absolute") boxes.push(...[...range.getClientRects()].filter((r) => r.width > 3 && r.height > 3).map((r) => [e, r]));
  }
  boxes.forEach(([one, a], place) => boxes.slice(place + 1).forEach(([other, b]) => {
    if (one.contains(other) || other.contains(one)) return;
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left), high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide > 4 && high > 6) faults.push(`${said(one)} over ${said(other)}`);
  }));
  return [...new Set(faults)].slice(0, 8);
}
