// A script run calls this again with new data: what is the same call keeps playing and only its comments change.
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".call-view");
  const mark = [data.key, data.version, data.lang, data.lines.length, data.review?.id, data.human?.by, data.sought].join("|");
  if (root.callView && root.callView.mark === mark) {
    root.callView.data.notes = data.notes;
    root.callView.send = (note) => setTriggerValue("note", note);
    root.callView.keep = (draft) => setTriggerValue("review", draft);
    drawNotes(root.callView);
    root.callView.unsent?.(data.unsent);
    if (data.review) { root.callView.data.review.score = data.review.score; count(root.callView); }
  } else {
    root.callView?.end();
    root.callView = begin(root, data, mark);
    root.callView.send = (note) => setTriggerValue("note", note);
    root.callView.keep = (draft) => setTriggerValue("review", draft);
  }
  // Streamlit cleans up after every run; only a player that has left the page is ended.
  return () => setTimeout(() => { if (!root.isConnected) root.callView?.end(); }, 0);
}

function begin(root, data, mark) {
  const view = { root, data, mark, rtl: data.lang === "fa", lit: -1, skipping: false, ended: false, clock: clockOf(data) };
  root.dir = view.rtl ? "rtl" : "ltr";
  root.setAttribute("aria-label", data.labels.view);
  const state = root.querySelector(".cv-sound"), play = root.querySelector(".cv-play");
  view.fail = () => {
    state.textContent = data.labels.no_audio;
    state.classList.add("bad");
    play.disabled = true;
    view.playing(false);
  };
  view.playing = (on) => {
    play.classList.toggle("on", on);
    play.setAttribute("aria-label", on ? data.labels.pause : data.labels.play);
  };
  view.sound = new Sound(view);
  drawNotices(view);
  drawLines(view);
  drawCriteria(view);
  drawReview(view);
  drawMeasures(view);
  drawNotes(view);
  drawForm(view);
  drawTools(view);
  root.querySelector(".cv-time").hidden = !data.duration;
  drawTimeline(view).catch(() => view.fail());
  if (data.at !== null) view.sound.told(data.at);
  else root.querySelector(".cv-clock").textContent = `${view.clock(0)} / ${view.clock(data.duration)}`;
  drawHits(view);
  const keys = (event) => onKey(view, event);
  document.addEventListener("keydown", keys);
  view.end = () => {
    view.ended = true;
    document.removeEventListener("keydown", keys);
    view.resized?.disconnect();
    endReview(view);
    view.sound.end();
    root.callView = null;
  };
  return view;
}

function drawNotices({ root, data }) {
  const list = root.querySelector(".cv-notices");
  list.hidden = !data.notices.length;
  list.replaceChildren(...data.notices.map((text) => make("li", "", text)));
}
