// Words that a call was found by: each hit is marked in the transcript, the bar above it leads from one to the next.
function drawHits(view) {
  const { data, root } = view, words = data.labels, bar = root.querySelector(".cv-hits");
  view.hits = hitsIn(root.querySelector(".cv-lines"));
  view.hit = -1;
  bar.hidden = !data.sought || !data.lines.length;
  bar.setAttribute("aria-label", words.hits);
  if (bar.hidden) return;
  const asked = make("bdi", "cv-asked-for", data.sought), state = make("span", "cv-hit-at");
  state.setAttribute("role", "status");
  bar.replaceChildren(asked, state);
  if (!view.hits.length) { state.textContent = words.no_hit; return; }
  const ways = [[-1, words.hit_before, "⇧F"], [1, words.hit_after, "F"]].map(([step, text, key]) => {
    const way = button("", text, "", () => toHit(view, step));
    way.append(" ", make("b", "id", key));
    way.disabled = view.hits.length < 2;
    return way;
  });
  bar.append(...ways);
  const first = data.at === null ? 0 : view.hits.findIndex((hit) => hit.start !== null && hit.start >= data.at - 0.05);
  if (data.at === null && view.hits[0].start !== null) view.sound.go(view.hits[0].start);
  atHit(view, Math.max(0, first));
}

// A hit may be cut into pieces that look differently; its number in its line holds them together.
function hitsIn(list) {
  const found = new Map();
  for (const piece of list.querySelectorAll(".cv-hit")) {
    const row = piece.closest(".ln"), name = `${row.dataset.line}:${piece.dataset.hit}`;
    if (!found.has(name)) found.set(name, { row, pieces: [], start: row.dataset.start ? Number(row.dataset.start) : null });
    found.get(name).pieces.push(piece);
  }
  return [...found.values()];
}

// From the last one on to the first, and back.
function toHit(view, step) {
  atHit(view, (view.hit + step + view.hits.length) % view.hits.length);
  const { start } = view.hits[view.hit];
  if (start !== null) view.sound.go(start);
  show(view, view.hits[view.hit].row);
}

function atHit(view, place) {
  const light = (hit, on) => { for (const piece of hit?.pieces ?? []) piece.classList.toggle("here", on); };
  light(view.hits[view.hit], false);
  view.hit = place;
  light(view.hits[place], true);
  const { data, root } = view, told = { place: figures(data, place + 1), count: figures(data, view.hits.length) };
  root.querySelector(".cv-hit-at").textContent = filled(data.labels.hit, told);
  show(view, view.hits[place].row);
}
