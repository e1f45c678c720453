// The transcript in step with the sound: a click plays a line, the line that plays is lit.
function drawLines(view) {
  const { data, root } = view;
  const words = data.labels, list = root.querySelector(".cv-lines");
  title(root.querySelector(".cv-said h2"), words.transcript, data.audio ? words.transcript_note : words.read_note);
  list.setAttribute("aria-label", words.transcript);
  view.rows = [];
  const nodes = data.lines.map((line) => (line.gap ? gapRow(line) : lineRow(view, line)));
  list.replaceChildren(...(nodes.length ? nodes : [make("p", "sub", words.no_transcript)]));
  if (view.rows.length) view.rows[0].seek.tabIndex = 0;
  list.addEventListener("keydown", (event) => walk(view, event));
  view.sound.follow((seconds) => light(view, seconds));
}

function gapRow(line) {
  const row = make("div", `gap${line.gap === "dead" ? " bad" : ""}`, line.text);
  row.setAttribute("role", "listitem");
  return row;
}

function lineRow(view, line) {
  const row = make("div", `ln ${line.role}`), said = make("span", "cv-words");
  row.setAttribute("role", "listitem");
  row.dataset.line = line.id;
  if (line.start !== null) row.dataset.start = line.start;
  said.dir = view.data.dir;
  said.lang = view.data.dir === "rtl" ? "fa" : "en";
  said.append(...line.parts.map((part) => piece(view, part)), ...line.proofs.map((proof) => proofMark(view, proof)));
  if (line.mark) said.append(" ", make("span", "chip line", line.mark));
  const time = line.start === null ? make("span", "t", "") : seekButton(view, line);
  row.append(time, make("span", "w", line.who), said);
  if (line.start !== null) {
    view.rows.push({ row, start: line.start, seek: time });
    row.addEventListener("click", (event) => { if (!event.target.closest("button") && !String(getSelection())) view.sound.hear(line.start); });
  }
  return row;
}

function seekButton(view, line) {
  const label = filled(view.data.labels.hear, { time: line.time });
  const node = button("t cv-seek", line.time, label, () => view.sound.hear(line.start));
  node.tabIndex = -1;
  return node;
}

function piece(view, [text, kind, unsure, tone, hit]) {
  const node = kind ? make("span", "redact", text) : make(tone === "-" && !hit ? "span" : "mark", tone === "-" ? "" : tone, text);
  if (hit) { node.classList.add("cv-hit"); node.classList.toggle("cv-proof", tone !== "-"); node.dataset.hit = hit; }
  if (unsure) {
    node.classList.add("cv-unsure");
    node.title = view.data.labels.unheard;
  }
  return node;
}

// One stop in the tab order; up and down walk along the lines.
function walk(view, event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const here = view.rows.findIndex((each) => each.seek === event.target);
  if (!step || here < 0) return;
  const next = view.rows[here + step];
  event.preventDefault();
  if (!next) return;
  view.rows[here].seek.tabIndex = -1;
  next.seek.tabIndex = 0;
  next.seek.focus({ preventScroll: true });
  show(view, next.row);
}

function light(view, seconds) {
  let low = 0, high = view.rows.length - 1, found = -1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (view.rows[middle].start <= seconds + 0.05) { found = middle; low = middle + 1; } else high = middle - 1;
  }
  if (found === view.lit) return;
  view.rows[view.lit]?.row.classList.remove("on");
  view.rows[view.lit]?.row.removeAttribute("aria-current");
  view.lit = found;
  if (found < 0) return;
  view.rows[found].row.classList.add("on");
  view.rows[found].row.setAttribute("aria-current", "true");
  show(view, view.rows[found].row);
}

// Scroll inside the list alone, never the page.
function show(view, row) {
  const list = view.root.querySelector(".cv-lines");
  const top = row.offsetTop - list.offsetTop, room = list.clientHeight;
  if (top >= list.scrollTop + 8 && top + row.offsetHeight <= list.scrollTop + room - 40) return;
  list.scrollTo({ top: Math.max(0, top - room / 3), behavior: calm() ? "auto" : "smooth" });
}
