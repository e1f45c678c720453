// The measures beside their limits; a value that happened at a second leads there.
function drawMeasures(view) {
  const { data, root } = view;
  const words = data.labels, table = root.querySelector(".cv-measures table");
  root.querySelector(".cv-measures").hidden = !data.measures.length;
  title(root.querySelector(".cv-measures h2"), words.measures, words.measures_note);
  table.caption.textContent = words.measures;
  const heads = make("tr");
  for (const [text, look] of [[words.measure, ""], [words.value, "num"], [words.limit, "num"]]) {
    const cell = make("th", look, text);
    cell.scope = "col";
    heads.append(cell);
  }
  table.tHead.replaceChildren(heads);
  table.tBodies[0].replaceChildren(...data.measures.map((measure) => measureRow(view, measure)));
}

function measureRow(view, measure) {
  const row = make("tr"), words = view.data.labels;
  row.append(make("td", "", measure.name));
  if (measure.reason) {
    const reason = make("td", "pale cv-reason", `– ${measure.reason}`);
    reason.colSpan = 2;
    row.append(reason);
    return row;
  }
  const value = make("td", `num${measure.outside ? " cv-outside" : ""}`);
  if (measure.at === null) value.textContent = measure.value;
  else {
    const label = `${measure.value}. ${filled(words.hear, { time: view.clock(measure.at) })}`;
    const go = button("cv-link", measure.value, label, () => view.sound.hear(measure.at));
    go.title = filled(words.hear, { time: view.clock(measure.at) });
    value.append(go);
  }
  row.append(value, make("td", `num${measure.limit ? "" : " pale"}`, measure.limit || words.no_limit));
  return row;
}
