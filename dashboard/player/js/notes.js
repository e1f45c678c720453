// Comments on a moment; a new one belongs to the second at which the player stands.
function drawNotes(view) {
  const { data, root } = view;
  const words = data.labels;
  title(root.querySelector(".cv-notes h2"), words.notes, words.notes_note);
  const nodes = data.notes.map((note) => noteRow(view, note));
  root.querySelector(".cv-thread").replaceChildren(...(nodes.length ? nodes : [make("p", "sub", words.no_notes)]));
}

function noteRow(view, note) {
  const words = view.data.labels, row = make("article", `cv-note${note.answer ? " answer" : ""}`);
  const head = make("div", "cv-note-head");
  if (note.at !== null && !note.answer) {
    const label = filled(words.hear, { time: note.time });
    head.append(button("chip accent cv-moment num", note.time, label, () => view.sound.hear(note.at)));
  }
  head.append(make("b", "", note.author), make("span", "cv-when", note.when));
  row.append(head, make("p", note.removed ? "sub" : "", note.removed ? words.removed : note.text));
  row.lastChild.dir = note.removed ? "" : "auto";
  if (view.data.may_write && !note.removed) {
    const ways = make("div", "cv-ways");
    if (!note.answer) ways.append(button("cv-link", words.answer, "", () => view.answering(note)));
    if (note.own) ways.append(button("cv-link", words.remove, "", () => view.send({ remove: note.id })));
    row.append(ways);
  }
  return row;
}

function drawForm(view) {
  const { data, root } = view;
  const words = data.labels, form = root.querySelector(".cv-form");
  form.hidden = !data.may_write;
  if (form.hidden) return;
  const label = make("label", "cv-label"), text = make("textarea"), ways = make("div", "cv-ways");
  let answers = null;
  text.id = `note-${data.key}`;
  text.rows = 2;
  text.maxLength = data.longest;
  text.placeholder = words.placeholder;
  text.dir = view.rtl ? "rtl" : "ltr";
  label.htmlFor = text.id;
  const store = make("button", "button cv-store", words.send);
  store.type = "submit";
  store.disabled = true;
  const cancel = button("cv-link", words.cancel, "", () => say(null));
  const say = (note) => {
    answers = note;
    cancel.hidden = !note;
    label.textContent = note ? filled(words.answering, { author: note.author })
      : data.duration ? filled(words.write, { time: view.clock(view.sound.at) }) : words.whole;
  };
  view.answering = (note) => { say(note); text.focus(); };
  view.sound.follow(() => { if (!answers) say(null); });
  text.addEventListener("input", () => { store.disabled = !text.value.trim(); });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!text.value.trim()) return;
    const at = data.duration ? Math.round(view.sound.at * 10) / 10 : null;
    view.send({ text: text.value, at, answers: answers ? answers.id : null });
    text.value = "";
    store.disabled = true;
    say(null);
  });
  view.unsent = (words) => { if (words && !text.value) { text.value = words; store.disabled = false; } };
  ways.append(store, cancel);
  form.replaceChildren(label, text, ways);
  say(null);
  view.unsent(data.unsent);
}
