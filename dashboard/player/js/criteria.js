// The score and what it is made of.
function drawCriteria(view) {
  const { data, root } = view;
  const box = root.querySelector(".cv-criteria");
  box.setAttribute("aria-label", data.labels.criteria);
  root.querySelector(".cv-score").replaceChildren(...scoreHead(data));
  box.replaceChildren(...data.sections.flatMap((section) => [
    sectionHead(section), ...section.criteria.map((criterion) => criterionRow(view, criterion)),
  ]));
}

function scoreHead({ score, labels }) {
  if (!score) return [make("p", "sub", labels.no_score)];
  const value = make("span", `cv-value ${score.tone}`, score.value);
  if (score.of) value.append(" ", make("small", "", score.of));
  const words = make("span", "cv-meaning");
  words.append(make("b", "", score.title), make("span", "", score.sub));
  return [value, words];
}

function sectionHead(section) {
  const head = make("div", "sec"), end = make("span", "cv-weight");
  end.append(make("small", "", section.weight), make("b", "", section.score));
  head.append(make("span", "", section.title), end);
  return head;
}

function criterionRow(view, criterion) {
  const row = make("div", `crit${criterion.failed ? " crit-now" : ""}`);
  row.dataset.criterion = criterion.key;
  const glyph = make("span", `v ${criterion.glyph}`), name = make("b", "", criterion.title);
  glyph.setAttribute("aria-hidden", "true");
  name.append(...criterion.proofs.map((proof) => proofMark(view, proof)));
  if (criterion.more) name.append(make("small", "cv-more", criterion.more));
  const end = make("span", "c", criterion.verdict);
  if (criterion.confidence !== null) end.append(sureness(criterion));
  row.append(glyph, name, end);
  if (criterion.quote || criterion.critical) row.append(make("p", "", [criterion.quote, criterion.critical].filter(Boolean).join(" · ")));
  else if (criterion.sought) row.append(soughtWords(criterion, view.data.labels.sought));
  if (criterion.left) row.append(make("p", "cv-left", criterion.left));
  return row;
}

// What was looked for; a long list waits until somebody asks for it.
function soughtWords(criterion, label) {
  const words = make("p", "cv-sought", criterion.sought);
  words.dir = criterion.dir;
  if (criterion.sought.length < 140) return words;
  const more = make("details", "cv-asked");
  more.append(make("summary", "", label), words);
  return more;
}

function sureness(criterion) {
  const bar = make("span", "conf"), fill = make("i");
  bar.setAttribute("role", "img");
  bar.setAttribute("aria-label", criterion.sure);
  bar.title = criterion.sure;
  fill.style.width = `${100 * criterion.confidence}%`;
  bar.append(fill);
  return bar;
}
