// A review by a person: verdicts by key, a reason where they differ, a note at the second that plays.
const CODES = { Digit1: 0, Digit2: 1, Digit3: 2, Digit4: 3, Digit5: 4, Numpad1: 0, Numpad2: 1, Numpad3: 2, Numpad4: 3, Numpad5: 4 };
const SETTLE = 500, BEAT = 60;

function drawReview(view) {
  const { data, root } = view, bar = root.querySelector(".cv-review");
  bar.hidden = !data.review;
  if (data.human) drawHuman(view);
  if (!data.review) { if (data.human) forget(); return; }
  const keep = stored(data.review.id);
  const newer = keep && keep.seconds >= data.review.seconds;
  view.review = { id: data.review.id, marks: {}, seconds: newer ? keep.seconds : data.review.seconds, here: 0, rows: [], sent: 0 };
  for (const [key, mark] of Object.entries(data.review.marks)) view.review.marks[key] = { ...mark, ...(newer ? keep.marks[key] : {}) };
  for (const row of root.querySelectorAll(".crit")) editable(view, row);
  drawBar(view, bar);
  count(view);
  const open = view.review.rows.findIndex((row) => !view.review.marks[row.dataset.criterion].human);
  step(view, Math.max(0, open), false);
  if (newer) later(view);
}

function stored(id) {
  try { return JSON.parse(sessionStorage.getItem(`review-${id}`)); } catch { return null; }
}

function editable(view, row) {
  const { data, review } = view, words = data.labels, key = row.dataset.criterion, mark = review.marks[key];
  if (!mark) return;
  const edit = make("div", "rv"), choice = make("div", "rv-choice");
  choice.setAttribute("role", "radiogroup");
  choice.setAttribute("aria-label", row.querySelector("b").firstChild.textContent);
  const ways = data.review.options.map(([value, glyph, text, figure], place) => {
    const way = button("rv-way", "", `${figure} ${text}`, () => { step(view, review.rows.indexOf(row)); say(view, row, place); });
    way.setAttribute("role", "radio");
    way.dataset.value = value;
    way.append(make("i", "id", figure), make("span", `v ${glyph}`), make("span", "", text));
    return way;
  });
  choice.append(...ways);
  const reason = field(view, row, "reason", words.review_reason), note = field(view, row, "note", words.review_note);
  edit.append(choice, reason, note);
  row.append(edit);
  row.tabIndex = -1;
  row.addEventListener("click", (event) => { if (!event.target.closest("button, input, summary")) step(view, review.rows.indexOf(row)); });
  review.rows.push(row);
  paint(view, row);
}

function field(view, row, name, label) {
  const box = make("input", `rv-text rv-${name}`), mark = view.review.marks[row.dataset.criterion];
  box.type = "text";
  box.maxLength = view.data.longest;
  box.dir = "auto";
  box.value = mark[name] || "";
  box.placeholder = label;
  box.setAttribute("aria-label", label);
  box.addEventListener("input", () => { mark[name] = box.value; count(view); later(view); });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.ctrlKey) { event.preventDefault(); step(view, view.review.here + 1); }
    if (event.key === "Escape") row.focus({ preventScroll: true });
  });
  return box;
}

// The look of one criterion: which verdict stands, whether a reason is wanted, its note.
function paint(view, row) {
  const mark = view.review.marks[row.dataset.criterion], reason = row.querySelector(".rv-reason"), note = row.querySelector(".rv-note");
  for (const way of row.querySelectorAll(".rv-way")) {
    way.setAttribute("aria-checked", String(way.dataset.value === mark.human));
    way.classList.toggle("auto", way.dataset.value === mark.auto);
  }
  const changed = differs(mark);
  row.classList.toggle("said", Boolean(mark.human));
  if (view.data.review.blind) row.querySelector(":scope > .v").className = `v ${mark.human ? view.data.review.options.find(([value]) => value === mark.human)[1] : "blank"}`;
  row.classList.toggle("changed", changed);
  reason.hidden = !changed;
  reason.required = changed;
  note.hidden = !mark.note && mark.at === null;
  if (mark.at !== null) note.placeholder = filled(view.data.labels.review_note_at, { time: view.clock(mark.at) });
}

// Who judges blind has nothing to differ from.
function differs(mark) { return Boolean(mark.human && mark.auto) && mark.human !== mark.auto; }

function say(view, row, place) {
  const mark = view.review.marks[row.dataset.criterion];
  mark.human = view.data.review.options[place][0];
  paint(view, row);
  count(view);
  later(view);
  if (differs(mark)) row.querySelector(".rv-reason").focus({ preventScroll: true });
  else step(view, view.review.here + 1);
}

function step(view, place, focus = true) {
  const { rows } = view.review, box = view.root.querySelector(".cv-criteria");
  const next = Math.min(rows.length - 1, Math.max(0, place));
  rows[view.review.here]?.classList.remove("here");
  view.review.here = next;
  const row = rows[next];
  if (!row) return;
  row.classList.add("here");
  if (focus) row.focus({ preventScroll: true });
  const top = row.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
  if (top < box.scrollTop + 8 || top + row.offsetHeight > box.scrollTop + box.clientHeight - 40) box.scrollTo({ top: Math.max(0, top - box.clientHeight / 3) });
}

// Keys are places on the keyboard, so that a Persian layout types verdicts too.
function reviewKey(view, event) {
  const row = view.review.rows[view.review.here];
  if (!row) return false;
  const mark = view.review.marks[row.dataset.criterion];
  if (event.code in CODES) say(view, row, CODES[event.code]);
  else if (event.key === "Enter" && !event.target.closest?.("button, a, summary")) {
    if (!mark.human && mark.auto) say(view, row, view.data.review.options.findIndex(([value]) => value === mark.auto));
    else step(view, view.review.here + 1);
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (event.target.matches?.(".cv-seek")) return false;
    step(view, view.review.here + (event.key === "ArrowDown" ? 1 : -1));
  } else if (event.code === "KeyM") {
    mark.at = view.data.duration ? Math.round(view.sound.at * 10) / 10 : null;
    paint(view, row);
    const note = row.querySelector(".rv-note");
    note.hidden = false;
    note.focus({ preventScroll: true });
    later(view);
  } else return false;
  event.preventDefault();
  return true;
}

function drawBar(view, bar) {
  const words = view.data.labels, { review } = view;
  const hints = make("p", "rv-hints", view.data.review.blind ? words.review_keys_blind : words.review_keys), state = make("span", "rv-state"), spent = make("span", "rv-time num");
  const done = button("button rv-done", words.review_finish, "", () => finishReview(view));
  state.setAttribute("role", "status");
  bar.replaceChildren(make("b", "rv-score"), state, spent, done, hints);
  view.ticking = setInterval(() => {
    if (document.hidden) return;
    review.seconds += 1;
    spent.textContent = view.clock(review.seconds);
    remember(view);
    if (review.seconds - review.sent >= BEAT) push(view);
  }, 1000);
  spent.textContent = view.clock(review.seconds);
  view.hiding = () => { if (document.hidden) push(view); };
  document.addEventListener("visibilitychange", view.hiding);
}

function count(view) {
  const marks = Object.values(view.review.marks), words = view.data.labels, bar = view.root.querySelector(".cv-review");
  const open = marks.filter((mark) => !mark.human).length;
  const bare = marks.filter((mark) => differs(mark) && !mark.reason.trim()).length;
  bar.querySelector(".rv-state").textContent = open ? filled(words.review_left, { count: figures(view.data, open) })
    : bare ? filled(words.review_bare, { count: figures(view.data, bare) }) : words.review_whole;
  bar.querySelector(".rv-done").disabled = Boolean(open || bare);
  bar.querySelector(".rv-score").textContent = filled(words.review_score, { score: open ? "–" : view.data.review.score });
}

function remember(view) {
  const { id, marks, seconds } = view.review;
  try { sessionStorage.setItem(`review-${id}`, JSON.stringify({ marks, seconds })); } catch { /* a full or closed storage: the server has the draft */ }
}

function later(view) {
  remember(view);
  clearTimeout(view.saving);
  view.saving = setTimeout(() => push(view), SETTLE);
}

function push(view, finish = false) {
  if (!view.review) return;
  clearTimeout(view.saving);
  view.review.sent = view.review.seconds;
  const marks = Object.fromEntries(Object.entries(view.review.marks).map(([key, { human, reason, note, at }]) => [key, { human, reason, note, at }]));
  view.keep({ review: view.review.id, marks, seconds: view.review.seconds, finish });
}

function finishReview(view) {
  if (view.root.querySelector(".rv-done").disabled) return;
  try { sessionStorage.setItem("review-finishing", view.review.id); } catch { /* the server has the draft */ }
  push(view, true);
}

// Only when the server shows the finished review: where it could not store it, all that was typed is still here.
function forget() {
  try {
    const id = sessionStorage.getItem("review-finishing");
    if (id === null) return;
    for (const name of [`review-${id}`, "review-finishing"]) sessionStorage.removeItem(name);
  } catch { /* nothing was kept */ }
}

function endReview(view) {
  clearInterval(view.ticking);
  if (view.hiding) document.removeEventListener("visibilitychange", view.hiding);
}

// After a review: what the person said stands under what the machine said.
function drawHuman(view) {
  const { human, labels } = view.data, head = make("span", "cv-human");
  head.append(make("b", "", human.score), make("span", "", human.by));
  view.root.querySelector(".cv-score").append(head);
  for (const row of view.root.querySelectorAll(".crit")) {
    const said = human.verdicts[row.dataset.criterion];
    if (!said) continue;
    const line = make("p", `cv-said-human${said.changed ? " changed" : ""}`), glyph = make("span", `v ${said.glyph}`);
    glyph.setAttribute("aria-hidden", "true");
    line.append(glyph, make("b", "", filled(labels.human_verdict, { verdict: said.verdict })));
    for (const text of [said.reason, said.note]) if (text) { const part = make("span", "", text); part.dir = "auto"; line.append(part); }
    if (said.at !== null) line.append(button("chip accent cv-moment num", said.time, filled(labels.hear, { time: said.time }), () => view.sound.hear(said.at)));
    row.append(line);
  }
}
