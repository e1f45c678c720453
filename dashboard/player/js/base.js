// Small helpers. Words of people only ever go in as text.
function make(tag, look, text) {
  const node = document.createElement(tag);
  if (look) node.className = look;
  if (text !== undefined && text !== null) node.textContent = text;
  return node;
}

function button(look, text, label, act) {
  const node = make("button", look, text);
  node.type = "button";
  if (label) node.setAttribute("aria-label", label);
  node.addEventListener("click", act);
  return node;
}

function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

function title(head, text, note) {
  head.replaceChildren(document.createTextNode(text + " "), make("small", "", note));
}

// A number in the viewer's digits.
function figures(data, value) {
  return String(value).replace(/[0-9]/g, (figure) => data.digits[figure]);
}

// Times in the viewer's digits, written from left to right.
function clockOf(data) {
  const digits = (text) => figures(data, text);
  const two = (value) => String(value).padStart(2, "0");
  return (seconds) => {
    const whole = Math.floor(seconds), hours = Math.floor(whole / 3600), minutes = Math.floor(whole / 60) % 60;
    return digits(hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`);
  };
}

// A canvas needs the colour itself, not the name of a token.
function colour(root, value) {
  const probe = make("i");
  probe.style.color = value;
  root.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

// The number that timeline, line and criterion share; with a second it leads there.
function proofMark(view, [number, shown, tone, start]) {
  const look = `ev${tone === "now" ? " now" : tone === "weak" ? " weak" : ""}`;
  if (start === null || !view.data.duration) return make("span", look, shown);
  const label = filled(view.data.labels.finding, { count: shown, time: view.clock(start) });
  const mark = button(look, shown, label, (event) => { event.stopPropagation(); view.sound.hear(start); });
  mark.dataset.proof = number;
  mark.title = label;
  return mark;
}
