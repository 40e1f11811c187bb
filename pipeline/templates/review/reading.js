// The two texts of an entry: the source's lines as they stand, and the TEI as it reads, with the places of questions.

const SIDES = { translation: "Translation", transcription: "Transcription", "": "Text" };
const languages = typeof Intl.DisplayNames === "function" ? new Intl.DisplayNames(["en"], { type: "language", fallback: "code" }) : null;
const languageName = (tag) => { try { return (languages && tag && languages.of(tag)) || tag; } catch { return tag; } };

/** Fill an element with a text cut where stretches begin and end. Each stretch: [start, end, what it does to a piece]. */
const fill = (element, text, stretches, atoms = []) => {
  const points = new Set([0, text.length]);
  for (const [start, end] of stretches) points.add(start).add(end);
  for (const [at] of atoms) points.add(at);
  const sorted = [...points].filter((at) => at <= text.length).sort((a, b) => a - b);
  const opening = [...stretches].sort((a, b) => a[0] - b[0]);
  let next = 0;
  let open = [];
  sorted.forEach((at, number) => {
    for (const [where, node] of atoms) if (where === at) element.append(node);
    const end = sorted[number + 1];
    if (end === undefined) return;
    while (next < opening.length && opening[next][0] <= at) open.push(opening[next++]);
    open = open.filter((one) => one[1] > at);
    const piece = text.slice(at, end);
    if (!open.length) element.append(piece);
    else {
      const span = make("span", { text: piece });
      for (const [, , act] of open) act(span);
      element.append(span);
    }
  });
};

const onQuestion = (number) => (element) => {
  element.classList.add("at");
  element.dataset.q = element.dataset.q ? `${element.dataset.q} ${number}` : String(number);
};

const withTitle = (classes, title) => (element) => {
  element.classList.add(...classes);
  element.title = element.title ? `${element.title} · ${title}` : title;
};

const drawReading = (entry) => {
  const box = byId("reading");
  box.replaceChildren();
  const at = new Map();
  entry.ask.forEach((one, number) => {
    if (one.at) (at.get(one.at[0]) || at.set(one.at[0], []).get(one.at[0])).push([number, one]);
  });
  let side = -1;
  entry.items.forEach((item, place) => {
    if (item.s !== side) {
      side = item.s;
      const one = entry.sides[side] || {};
      if (entry.sides.length > 1) box.append(make("h4", { text: [SIDES[one.k] || one.k, languageName(one.l)].filter(Boolean).join(", ") }));
    }
    const asked = at.get(place) || [];
    if (item.k === "pb" || item.k === "milestone") {
      const line = make("p", { class: `break ${item.k}`, "data-i": place, text: item.k === "pb" ? `page ${item.n}` : item.t });
      for (const [number] of asked) onQuestion(number)(line);
      box.append(line);
      return;
    }
    const kind = item.o !== undefined ? "note" : item.c ? "commentary" : item.k;
    const block = make("p", { class: `block ${kind}`, lang: item.l || (entry.sides[item.s] || {}).l, dir: "auto", "data-i": place });
    if (item.k === "note" && item.o) block.append(make("span", { class: "number", text: `${item.o} ` }));
    const atoms = (item.a || []).map(([offset, name, label, target]) => [offset, atom(name, label, target), name, label]);
    const stretches = [];
    for (const [number, one] of asked) {
      const [, start, end] = one.at;
      if (end > start) stretches.push([start, end, onQuestion(number)]);
      else {
        const there = atoms.find((each) => each[0] === start && each[2] === one.n && String(each[3]) === (one.v || ""));
        onQuestion(number)(there ? there[1] : block);
      }
    }
    for (const [start, end, name, value] of item.m || []) stretches.push([start, end, withTitle(["marked"], `${noun(name)}${value ? ` ${value}` : ""}, by hand`)]);
    fill(block, item.t, stretches, atoms);
    box.append(block);
  });
};

const atom = (name, label, target) => {
  if (name === "note") return make("button", { type: "button", class: "call", "data-to": target, "aria-label": `Note ${label}`, text: String(label) });
  if (name === "pb") return make("span", { class: "pb", title: `page ${label}`, text: `${label} ` });
  return make("span", { class: "pb", text: ` ${label} ` });
};

const drawSource = (entry) => {
  const box = byId("source");
  box.replaceChildren();
  const { source } = entry;
  byId("source-name").textContent = source.name || "";
  if (source.problem) box.append(make("p", { class: "gone", text: source.problem }));
  source.sides.forEach((side, shown) => {
    if (source.sides.length > 1) box.append(make("h4", { text: [SIDES[side.k] || side.k, languageName(side.l)].filter(Boolean).join(", ") }));
    const at = new Map();
    const add = (line, stretch) => (at.get(line) || at.set(line, []).get(line)).push(stretch);
    entry.ask.forEach((one, number) => {
      for (const [where, line, start, end] of one.src || []) if (where === shown) add(line, [start, end, onQuestion(number)]);
    });
    for (const [line, start, end, fate, into] of side.told) {
      add(line, [start, end, withTitle(["fate", fate], fate === "moved" ? `moved to ${into}` : `dropped: ${into}`)]);
    }
    const list = make("div", { class: "lines", lang: side.l });
    side.lines.forEach(([number, text], line) => {
      const row = make("div", { class: text.trim() ? "line" : "line blank", "data-l": `${shown}.${line}` });
      row.append(make("span", { class: "ln", "aria-hidden": "true", text: number }));
      const words = make("span", { class: "lt", dir: "auto" });
      fill(words, text, at.get(line) || []);
      row.append(words);
      list.append(row);
    });
    box.append(list);
  });
};

/** Bring an element to the middle of the pane that scrolls. */
const bring = (pane, element) => {
  if (!element) return;
  const box = pane.getBoundingClientRect();
  const one = element.getBoundingClientRect();
  if (!box.height || pane.scrollHeight <= pane.clientHeight + 1) return;
  if (one.top > box.top + 40 && one.bottom < box.bottom - 40) return;
  pane.scrollTop += one.top - box.top - (box.height - Math.min(one.height, box.height)) / 2;
};

/** Mark the place of a question in both texts, and more quietly the others where the same is asked. */
const showPlace = (number, group) => {
  const place = number >= 0 ? state.entry.ask[number].at : null;
  const whole = Boolean(place) && place[1] === place[2];
  for (const one of document.querySelectorAll(".now, .also")) one.classList.remove("now", "also");
  for (const id of ["source", "reading"]) {
    const pane = byId(id);
    for (const other of group) for (const one of pane.querySelectorAll(`[data-q~="${other}"]`)) one.classList.add("also");
    const found = pane.querySelectorAll(`[data-q~="${number}"]`);
    for (const one of found) {
      one.classList.add("now");
      one.classList.toggle("whole", whole);
    }
    bring(pane, found[0]);
  }
};

/** Some words on both sides of a question's place, in the TEI. */
const snippet = (entry, one, number) => {
  if (!one.at) return null;
  const item = entry.items[one.at[0]];
  if (!item.t || item.k === "pb") return null;
  const [, start, end] = one.at;
  const whole = start === end;
  const from = whole ? 0 : Math.max(0, start - 70);
  const to = whole ? Math.min(item.t.length, 140) : Math.min(item.t.length, end + 70);
  const cutLeft = from > 0 ? item.t.indexOf(" ", from) + 1 || from : 0;
  const left = Math.min(cutLeft, start);
  const cutRight = to < item.t.length ? item.t.lastIndexOf(" ", to) : to;
  const right = Math.max(cutRight, end);
  const line = make("p", { class: "snippet", lang: item.l, dir: "auto" });
  if (left > 0) line.append("… ");
  fill(line, item.t.slice(left, right), whole ? [] : [[start - left, end - left, (span) => span.classList.add("here")]]);
  if (right < item.t.length) line.append(" …");
  line.dataset.of = number;
  return line;
};
