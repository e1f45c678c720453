// One moment: only its own seconds play. Words of people only ever go in as text (base.js).
export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".clip-view");
  if (root.clipView && root.clipView.key === data.key && root.clipView.lang === data.lang) return () => leave(root);
  root.clipView?.end();
  root.clipView = begin(root, data);
  return () => leave(root);
}

// Streamlit cleans up after every run; only a player that has left the page is ended.
function leave(root) {
  setTimeout(() => { if (!root.isConnected) root.clipView?.end(); }, 0);
}

function begin(root, data) {
  const play = root.querySelector(".clip-play"), at = root.querySelector(".clip-at"), note = root.querySelector(".clip-note");
  const time = root.querySelector(".clip-clock"), clock = clockOf(data), known = data.start !== null && data.end !== null;
  root.dir = data.lang === "fa" ? "rtl" : "ltr";
  root.setAttribute("aria-label", data.labels.view);
  at.setAttribute("aria-label", data.labels.timeline);
  root.querySelector(".clip-bar").hidden = !known;
  const tell = (text) => { note.textContent = text; note.hidden = !text; };
  const media = data.audio && known ? new Audio() : null;
  play.disabled = at.disabled = !media;
  tell(media ? "" : data.labels.missing);
  const rows = drawRows(root, data, (seconds) => { if (media) { media.currentTime = seconds; start(); } });
  const told = (seconds) => {
    at.value = String(Math.round((1000 * (seconds - data.start)) / (data.end - data.start)));
    time.textContent = `${clock(seconds)} / ${clock(data.end)}`;
    const lit = rows.filter((each) => each.start !== null && each.start <= seconds + 0.05).at(-1);
    for (const each of rows) each.row.classList.toggle("on", each === lit && seconds > data.start);
  };
  const show = () => {
    const on = Boolean(media) && !media.paused;
    play.classList.toggle("on", on);
    play.setAttribute("aria-label", on ? data.labels.pause : data.labels.play);
  };
  const fail = () => { play.disabled = at.disabled = true; tell(data.labels.no_audio); show(); };
  const start = () => media.play().catch((reason) => { if (reason.name !== "AbortError") fail(); });
  const view = { key: data.key, lang: data.lang, end: () => { media?.pause(); media?.removeAttribute("src"); media?.load(); root.clipView = null; } };
  show();
  if (known) told(data.start);
  if (!media) return view;
  media.preload = "metadata";
  media.addEventListener("error", fail);
  for (const name of ["play", "pause", "ended"]) media.addEventListener(name, show);
  media.addEventListener("timeupdate", () => {
    if (media.currentTime >= data.end) { media.pause(); media.currentTime = data.start; }
    told(Math.min(media.currentTime, data.end));
  });
  media.src = data.audio;
  media.currentTime = data.start;
  play.onclick = () => { if (media.paused) start(); else media.pause(); };
  at.oninput = () => { media.currentTime = data.start + (Number(at.value) / 1000) * (data.end - data.start); };
  return view;
}

function drawRows(root, data, hear) {
  const found = data.lines.map((line) => {
    const row = make("div", `ln ${line.role}`), said = make("span", "cv-words");
    row.setAttribute("role", "listitem");
    said.dir = data.dir;
    said.append(...line.parts.map(([text, kind, , tone]) => (
      kind ? make("span", "redact", text) : tone === "-" ? make("span", "", text) : make("mark", tone, text)
    )));
    row.append(make("span", "w", line.who), said);
    if (line.start !== null && data.audio) {
      row.classList.add("can");
      row.addEventListener("click", () => { if (!String(getSelection())) hear(line.start); });
    }
    return { row, start: line.start };
  });
  root.querySelector(".lines").replaceChildren(...found.map((each) => each.row));
  return found;
}
