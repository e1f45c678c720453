// The timeline: lanes, waveform, silences, overlaps, findings. Time runs from left to right in every language.
const PIN_ROOM = 25;
const STEPS = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];
const LANE = { agent: "--agent", customer: "--customer" };
const LANE_HEIGHT = 46;

function share(view, seconds) {
  return `${(100 * seconds) / view.data.duration}%`;
}

function drawTimeline(view) {
  const { data, root } = view;
  const area = root.querySelector(".cv-area");
  area.style.height = `${LANE_HEIGHT * Math.max(1, data.lanes.length)}px`;
  root.querySelector(".cv-time").setAttribute("aria-label", data.labels.timeline);
  drawNames(view);
  drawMarks(view);
  drawTicks(view);
  placePins(view);
  view.resized = new ResizeObserver(() => placePins(view));
  view.resized.observe(area);
  if (data.lanes.some((lane) => lane.peaks)) return drawWave(view);
  drawTurns(view);
  return Promise.resolve();
}

function drawNames(view) {
  view.root.querySelector(".cv-names").replaceChildren(...view.data.lanes.map((lane) => {
    const name = make("span", `cv-name ${lane.role}`);
    name.dir = view.rtl ? "rtl" : "ltr";
    name.append(make("b", "", lane.who), make("span", "", lane.note));
    return name;
  }));
}

function strip(view, look, [start, end]) {
  const node = make("i", look);
  node.style.left = share(view, start);
  node.style.width = share(view, end - start);
  return node;
}

function drawMarks(view) {
  const { data, root } = view;
  if (!data.duration) return;
  const marks = data.silences.map(([start, end, kind]) => strip(view, `cv-quiet ${kind}`, [start, end]));
  marks.push(...data.overlaps.map((span) => strip(view, "cv-both", span)));
  root.querySelector(".cv-marks").replaceChildren(...marks);
  const tags = data.silences.filter(([start, end]) => (end - start) / data.duration > 0.07).map(([start, end, kind, label]) => {
    const tag = make("span", `cv-tag ${kind}`, label);
    tag.dir = view.rtl ? "rtl" : "ltr";
    tag.style.left = share(view, (start + end) / 2);
    return tag;
  });
  root.querySelector(".cv-tags").replaceChildren(...tags);
}

function drawTicks(view) {
  const { data, root } = view;
  const step = STEPS.find((each) => data.duration / each <= 10) || STEPS.at(-1);
  const ticks = [];
  for (let at = step; at < data.duration * 0.985; at += step) {
    const tick = make("span", "", view.clock(at));
    tick.style.left = share(view, at);
    ticks.push(tick);
  }
  root.querySelector(".cv-ticks").replaceChildren(...ticks);
}

// Findings close to each other stand beside each other, as near to their second as there is room.
function placePins(view) {
  const box = view.root.querySelector(".cv-pins"), width = box.clientWidth;
  const pins = view.data.pins.filter((pin) => pin[3] !== null);
  if (!width || !view.data.duration) return;
  if (box.childElementCount !== pins.length) box.replaceChildren(...pins.map((pin) => proofMark(view, pin)));
  const room = Math.min(PIN_ROOM, width / Math.max(1, pins.length));
  const places = pins.map((pin) => (pin[3] / view.data.duration) * width);
  places.forEach((place, i) => { if (i) places[i] = Math.max(place, places[i - 1] + room); });
  for (let i = places.length - 1, most = width - 8; i >= 0; i -= 1, most = places[i + 1] - room) places[i] = Math.min(places[i], most);
  places.forEach((place, i) => { box.children[i].style.left = `${place}px`; });
}

// The canvas keeps the colours it was drawn in, so a change of theme draws it anew.
function waveColours({ data, root }) {
  const lanes = data.lanes.map((lane) => {
    const full = `var(${LANE[lane.role] || "--ink2"})`;
    return {
      height: LANE_HEIGHT,
      progressColor: colour(root, full),
      waveColor: colour(root, `color-mix(in srgb, ${full} 46%, var(--surface))`),
    };
  });
  return { splitChannels: lanes, cursorColor: colour(root, "var(--ink)") };
}

async function drawWave(view) {
  const { data, root, sound } = view;
  const library = await import(new URL(data.library, document.baseURI).href);
  if (view.ended) return;
  const options = sound.media ? { media: sound.media } : {};
  sound.wave = library.default.create({
    ...options, container: root.querySelector(".cv-wave"), peaks: data.lanes.map((lane) => lane.peaks),
    duration: data.duration, ...waveColours(view), height: LANE_HEIGHT, barWidth: 2, barGap: 2, barRadius: 1,
    barMinHeight: 1, cursorWidth: 2, hideScrollbar: true,
    interact: Boolean(sound.media), autoScroll: false, autoCenter: false,
  });
  sound.wave.on("interaction", (seconds) => sound.hear(seconds));
  // Whatever changes the theme, the colour of this element changes with it, and that is a transition.
  root.querySelector(".cv-theme").ontransitionend = () => { if (!view.ended) sound.wave.setOptions(waveColours(view)); };
}

// Without a waveform the lanes show who spoke when.
function drawTurns(view) {
  const lanes = view.data.lanes.map((lane) => {
    const row = make("div", `cv-turns ${lane.role}`);
    row.append(...lane.spans.map((span) => strip(view, "", span)));
    return row;
  });
  view.root.querySelector(".cv-wave").replaceChildren(...lanes);
}
