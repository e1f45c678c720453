// The tools under the timeline, and the keys that do the same.
const STRIDE = 5;

function drawTools(view) {
  const { data, root, sound } = view;
  const words = data.labels;
  const play = root.querySelector(".cv-play"), skip = root.querySelector(".cv-skip"), next = root.querySelector(".cv-next");
  play.addEventListener("click", () => sound.toggle());
  play.disabled = !data.audio;
  play.title = words.keys;
  skip.textContent = words.skip;
  skip.addEventListener("click", () => {
    view.skipping = !view.skipping;
    skip.setAttribute("aria-pressed", String(view.skipping));
  });
  next.append(words.next, " ", make("b", "id", "N"));
  next.addEventListener("click", () => nextFinding(view));
  next.disabled = !data.pins.some((pin) => pin[3] !== null);
  drawSpeed(view);
  const clock = root.querySelector(".cv-clock");
  const tell = (seconds) => { clock.textContent = `${view.clock(seconds)} / ${view.clock(data.duration)}`; };
  sound.follow(tell);
  view.playing(false);
  const sum = root.querySelector(".cv-sum");
  sum.textContent = data.summary;
  sum.dir = view.rtl ? "rtl" : "ltr";
  root.querySelector(".cv-tools").dir = view.rtl ? "rtl" : "ltr";
  if (!data.audio) root.querySelector(".cv-sound").textContent = words[data.missing];
  for (const part of [".cv-speed", ".cv-skip"]) root.querySelector(part).hidden = !data.audio;
}

function drawSpeed(view) {
  const { data, root } = view;
  const words = data.labels, now = make("span", "num"), speeds = data.speeds;
  view.rate = speeds.findIndex(([rate]) => rate === 1);
  view.pace = (step) => {
    view.rate = Math.min(speeds.length - 1, Math.max(0, view.rate + step));
    view.sound.speed(speeds[view.rate][0]);
    now.textContent = filled(words.speed, { speed: speeds[view.rate][1] });
    slower.disabled = view.rate === 0;
    faster.disabled = view.rate === speeds.length - 1;
  };
  const slower = button("", "−", words.slower, () => view.pace(-1));
  const faster = button("", "+", words.faster, () => view.pace(1));
  now.setAttribute("role", "status");
  root.querySelector(".cv-speed").replaceChildren(slower, now, faster);
  view.pace(0);
}

function nextFinding(view) {
  const starts = view.data.pins.map((pin) => pin[3]).filter((start) => start !== null);
  const next = starts.find((start) => start > view.sound.at + 0.3) ?? starts[0];
  if (next !== undefined) view.sound.hear(next);
}

// Space on a button presses it, except on a line's time: there it plays and pauses like everywhere.
function onKey(view, event) {
  const target = event.target;
  if (view.review && event.key === "Enter" && event.ctrlKey) { event.preventDefault(); finishReview(view); return; }
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (target.closest?.("input, textarea, select, [contenteditable], [role=dialog]")) return;
  if (view.review && reviewKey(view, event)) return;
  const inside = view.root.contains(target), free = !target.closest?.("button, a, summary, [role=tab]") || target.matches?.(".cv-seek");
  const acts = {
    " ": () => free && view.sound.toggle(),
    ArrowRight: () => view.sound.go(view.sound.at + STRIDE),
    ArrowLeft: () => view.sound.go(view.sound.at - STRIDE),
    n: () => nextFinding(view), N: () => nextFinding(view),
    f: () => view.hits.length && toHit(view, 1), F: () => view.hits.length && toHit(view, -1),
    ">": () => view.pace(1), "<": () => view.pace(-1),
  };
  const act = acts[event.key] ?? { KeyN: acts.n, KeyF: event.shiftKey ? acts.F : acts.f }[event.code];
  if (!act || (event.key === " " && !free) || (!inside && target !== document.body && !free)) return;
  event.preventDefault();
  act();
}
