// The page itself: which entry and which question, the filters, the keys.

const LIST = { rules: "Decisions", structure: "Segmentation and pages", ruling: "Editors’ rulings that hold here" };
const SHORT = { rules: "Decisions", structure: "Structure", ruling: "Rulings" };
const state = { entry: null, current: -1, scope: "place", cards: [], groups: [], groupOf: [], fit: 0, undo: [], marking: null, cleared: new Map() };
const data = new Map([...document.querySelectorAll(".entry-data")].map((one) => [one.dataset.id, one]));
const parsed = new Map();

const load = (id) => {
  if (!parsed.has(id)) {
    // One entry at a time is kept apart from its text.
    parsed.clear();
    parsed.set(id, JSON.parse(data.get(id).textContent));
  }
  return parsed.get(id);
};

// -- filters

const filters = { kinds: new Set(), below: 100, undecided: false, unresolved: false, words: "" };
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

const fits = (one, entry) => {
  if (filters.kinds.size && !filters.kinds.has(one.g)) return false;
  if (Math.round(one.c * 100) > filters.below) return false;
  if (filters.unresolved && !one.u) return false;
  if (filters.undecided && (one.st === "ruling" || stateOf(one, entry))) return false;
  if (filters.words) {
    const text = plain([one.f, one.v, decided(one), one.r, ...(one.e || []), ...(one.o || []).map(([value]) => `${value} ${labelOf(value)}`)].join(" "));
    return filters.words.split(/\s+/).every((word) => text.includes(word));
  }
  return true;
};

/** How many questions of an entry fit the filters, as far as its line in the index tells. */
const countOf = ([id, , , , packed]) => {
  let count = 0;
  for (const one of packed ? packed.split(" ") : []) {
    const kind = one.slice(-1);
    if (kind === ".") continue;
    if (Number(one.slice(1, -1)) > Math.min(filters.below, filters.unresolved || filters.below < 100 ? 100 : 89) && kind !== "!") continue;
    if (Number(one.slice(1, -1)) > filters.below) continue;
    if (filters.unresolved && kind !== "!") continue;
    if (filters.kinds.size && !GROUP_OF_LETTER[one[0]].some((group) => filters.kinds.has(group))) continue;
    count += 1;
  }
  return Math.max(0, count - (state.cleared.get(id) || 0));
};

const title = ([id, name, date]) => [name || id, date && !(name || "").includes(date.slice(0, 4)) ? date.slice(0, 4) : ""].filter(Boolean).join(" ");

const plainTexts = new Map();

/** Whether an entry holds these words, or the address of a record whose name has them. */
const holding = (words) => {
  if (!words.length) return () => true;
  const all = (text) => words.every((word) => text.includes(word));
  const addresses = Object.entries(about.records).filter(([address, [label]]) => all(plain(`${address} ${label}`))).map(([address]) => `"${plain(address)}"`);
  return (id) => {
    if (!plainTexts.has(id)) plainTexts.set(id, plain(data.get(id).textContent));
    const text = plainTexts.get(id);
    return all(text) || addresses.some((address) => text.includes(address));
  };
};

const drawRows = () => {
  const wanted = plain(byId("narrow").value.trim());
  const holds = holding(filters.words.split(/\s+/).filter(Boolean));
  const rows = about.index.filter((one) => (!wanted || plain(one.slice(0, 3).join(" ")).includes(wanted)) && holds(one[0]));
  byId("rows").replaceChildren(
    ...rows.slice(0, 300).map((one) => {
      const count = countOf(one);
      return make("li", {}, make("a", { href: `#${encodeURIComponent(one[0])}`, "aria-current": state.entry && state.entry.id === one[0] ? "true" : undefined }, make("span", { class: "name" }, make("bdi", { text: one[1] || one[0] }), make("small", { text: one[2] || one[0] })), make("span", { class: "figure", text: count || "" , "aria-label": `${count} open` })));
    }),
  );
  if (!rows.length) byId("rows").append(make("li", { class: "hint", text: "No entry fits." }));
  const choose = byId("choose");
  choose.replaceChildren(...about.index.map((one) => make("option", { value: one[0], text: `${title(one)}${countOf(one) ? ` (${countOf(one)})` : ""}`, selected: state.entry && state.entry.id === one[0] })));
};

const drawKinds = () => {
  const counts = {};
  for (const one of state.entry.ask) counts[one.g] = (counts[one.g] || 0) + 1;
  byId("kinds").replaceChildren(
    ...Object.entries(GROUPS).filter(([group]) => counts[group] || filters.kinds.has(group)).map(([group, text]) =>
      make("button", { type: "button", "data-kind": group, "aria-pressed": String(filters.kinds.has(group)) }, text, " ", make("span", { class: "figure", text: counts[group] || 0 }))),
  );
};

// -- the entry

const open = (id, focus = true) => {
  if (!data.has(id)) return false;
  const entry = load(id);
  Object.assign(state, { entry, current: -1, marking: null });
  const [, name, date] = about.index.find((one) => one[0] === id);
  byId("title").replaceChildren(make("bdi", { text: name || id }));
  byId("facts").textContent = [date, entry.hand ? "changed by hand since it was converted" : ""].filter(Boolean).join(" · ");
  byId("reading-name").textContent = entry.file;
  drawReading(entry);
  drawSource(entry);
  byId("source").scrollTop = byId("reading").scrollTop = 0;
  if (decodeURIComponent(location.hash.slice(1)) !== id) history.replaceState(null, "", `#${encodeURIComponent(id)}`);
  drawRows();
  drawList();
  const first = state.groups.find((group) => group.some((number) => !stateOf(entry.ask[number], entry))) || state.groups[0];
  if (first) go(undecidedOf(first), { quiet: true, scroll: false });
  byId("list").scrollTop = 0;
  if (focus) byId("title").focus({ preventScroll: true });
  say(`${name || id}: ${state.fit} questions.`);
  return true;
};

/** Questions of the same words and the same answer are asked as one, however sure each of their places is. */
const grouped = (numbers, entry) => {
  const groups = new Map();
  for (const number of numbers) {
    const one = entry.ask[number];
    const alike = one.st === "rules" ? JSON.stringify([one.n, one.p, one.v, one.x, one.y]) : String(number);
    if (!groups.has(alike)) groups.set(alike, []);
    groups.get(alike).push(number);
  }
  return [...groups.values()];
};

const undecidedOf = (group) => group.find((number) => !stateOf(state.entry.ask[number], state.entry)) ?? group[0];

const drawList = () => {
  const { entry } = state;
  drawKinds();
  const box = byId("list");
  box.replaceChildren();
  Object.assign(state, { groups: [], groupOf: [], cards: [], fit: 0 });
  const parts = { rules: [], structure: [], ruling: [] };
  entry.ask.forEach((one, number) => {
    if (fits(one, entry)) parts[one.st === "page" ? "structure" : one.st === "hand" ? "rules" : one.st].push(number);
  });
  const jumps = make("p", { class: "jumps" });
  const jump = (text, count, target) => jumps.append(make("button", { type: "button", "data-jump": target }, text, count ? make("span", { class: "figure", text: ` ${count}` }) : null));
  for (const [name, numbers] of Object.entries(parts)) {
    if (!numbers.length) continue;
    state.fit += numbers.length;
    const section = make("section", { id: `part-${name}`, "aria-label": LIST[name] }, make("h3", {}, LIST[name], " ", make("small", { text: numbers.length })));
    for (const group of grouped(numbers, entry)) {
      const card = row(group, entry);
      state.groups.push(group);
      for (const number of group) { state.cards[number] = card; state.groupOf[number] = group; }
      section.append(card);
    }
    jump(SHORT[name], numbers.length, `part-${name}`);
    box.append(section);
  }
  if (!state.groups.length) box.append(make("p", { class: "hint empty", text: entry.ask.length ? "No question fits the filters." : "Rules decided nothing here, and left nothing open." }));
  box.append(drawLedger(entry));
  jump("Ledger", 0, "ledger");
  byId("jumps").replaceChildren(...jumps.children);
  tell();
};

const tell = () => {
  const { entry } = state;
  const left = entry.ask.filter((one) => one.st !== "ruling" && (one.c < 0.9 || one.u) && !stateOf(one, entry)).length;
  const started = entry.ask.filter((one) => one.st !== "ruling" && one.st !== "hand" && (one.c < 0.9 || one.u)).length;
  state.cleared.set(entry.id, started - left);
  byId("count").textContent = `${state.fit} of ${entry.ask.length} shown · ${left} open`;
  const waiting = store.waiting;
  const kept = byId("kept");
  kept.hidden = !store.own.length && store.works;
  kept.textContent = waiting ? `${waiting} not exported` : store.own.length ? "all exported" : "";
  if (!store.works) kept.textContent += `${kept.textContent ? " · " : ""}this browser keeps nothing: export before you leave`;
  kept.classList.toggle("warn", waiting > 0 || !store.works);
  byId("export").disabled = !store.own.length;
  byId("undo").disabled = !state.undo.length;
};

const redraw = (number) => {
  const old = state.cards[number];
  if (!old) return;
  const group = state.groupOf[number];
  const focused = old.contains(document.activeElement);
  const card = row(group, state.entry);
  old.replaceWith(card);
  for (const one of group) state.cards[one] = card;
  if (group.includes(state.current)) unfold(state.current);
  if (focused) card.querySelector(".row").focus({ preventScroll: true });
};

const redrawAll = () => { for (const group of state.groups) redraw(group[0]); };

const unfold = (number) => {
  const card = state.cards[number];
  card.classList.add("current");
  card.querySelector(".row").setAttribute("aria-expanded", "true");
  const inside = card.querySelector(".body");
  if (inside) inside.remove();
  card.append(body(number, state.groupOf[number], state.entry, state.scope));
};

const fold = (number) => {
  const card = state.cards[number];
  if (!card) return;
  card.classList.remove("current");
  card.querySelector(".row").setAttribute("aria-expanded", "false");
  const inside = card.querySelector(".body");
  if (inside) inside.remove();
};

const go = (number, { quiet = false, scroll = true, focus = false } = {}) => {
  if (number === undefined || !state.cards[number]) return;
  if (number !== state.current) {
    if (state.cards[state.current] !== state.cards[number]) fold(state.current);
    state.current = number;
    unfold(number);
  }
  const group = state.groupOf[number];
  showPlace(number, group);
  const ruled = can(state.entry.ask[number]);
  for (const one of byId("dock").querySelectorAll("[data-do=reject], [data-do=change]")) one.hidden = !ruled;
  byId("dock").querySelector("[data-do=accept]").textContent = ruled ? (state.entry.ask[number].u ? "It is one" : "Accept") : "Seen";
  byId("dock-of").replaceChildren(make("bdi", { text: state.entry.ask[number].f }), make("small", { text: ` ${kindWord(state.entry.ask[number])}: ${decided(state.entry.ask[number])}` }));
  const card = state.cards[number];
  if (scroll) keepInView(card);
  if (focus) card.querySelector(".row").focus({ preventScroll: true });
  if (!quiet) say(`${spoken(number)}, ${state.groups.indexOf(group) + 1} of ${state.groups.length}.`);
};

const spoken = (number) => {
  const one = state.entry.ask[number];
  const group = state.groupOf[number];
  const place = group.length > 1 ? `, place ${group.indexOf(number) + 1} of ${group.length}` : "";
  return `${one.f}, ${kindWord(one)}, ${decided(one)}, certainty ${one.c.toFixed(2)}${place}`;
};

const keepInView = (card) => {
  const list = byId("list");
  const scrolls = list.scrollHeight > list.clientHeight + 1 && getComputedStyle(list).overflowY !== "visible";
  const view = scrolls ? list.getBoundingClientRect() : { top: 0, bottom: innerHeight };
  const box = card.getBoundingClientRect();
  const low = view.bottom - (scrolls ? 16 : 90);
  const high = view.top + (scrolls ? 48 : 16);
  if (box.top >= high && box.bottom <= low) return;
  const by = box.top - high;
  if (scrolls) list.scrollTop += by;
  else scrollBy(0, by);
};

const step = (by) => {
  const at = state.groups.indexOf(state.groupOf[state.current]);
  const next = state.groups[at < 0 ? 0 : at + by];
  if (next === undefined) return say(by > 0 ? "That was the last question of this entry." : "That is the first question of this entry.");
  go(undecidedOf(next), { focus: true });
};

/** Go to another place of the same question. */
const along = (by) => {
  const group = state.groupOf[state.current];
  if (!group || group.length < 2) return say("This question has one place.");
  go(group[(group.indexOf(state.current) + by + group.length) % group.length], { focus: true });
};

const turn = (by) => {
  const at = about.index.findIndex((one) => one[0] === state.entry.id);
  const next = about.index[at + by];
  if (next) open(next[0]);
  else say(by > 0 ? "That was the last entry." : "That is the first entry.");
};

// -- rulings

const scopeFor = (one) => {
  const scopes = allowedScopes(one);
  return scopes.includes(state.scope) ? state.scope : scopes[scopes.length - 1];
};

const rulingOn = (one, value, scope = scopeFor(one)) => {
  if (one.st === "ruling") {
    const where = one.no.split(".")[0];
    const made = { kind: one.n, form: one.raw || one.f, value };
    if (where !== "everywhere") made.entry = state.entry.id;
    if (where === "place") Object.assign(made, { block: one.b, index: one.i });
    return made;
  }
  const made = { kind: one.n, form: one.f, value };
  if (scope !== "everywhere") made.entry = state.entry.id;
  if (scope === "place") Object.assign(made, { block: one.b, index: one.i });
  return made;
};

const put = (made, number) => {
  const question = questionOf(made);
  state.undo.push({ question, before: store.get(question), entry: state.entry.id, number });
  store.put({ ...made, how: "new" });
  redrawAll();
  tell();
  drawRows();
};

/** Rule, and go on: to a place of the same question that is still open, else to the next question. */
const decide = (one, value, words) => {
  const made = rulingOn(one, value);
  put(made, state.current);
  const group = state.groupOf[state.current];
  const rest = group.filter((number) => !stateOf(state.entry.ask[number], state.entry));
  const next = rest.length ? rest : state.groups[state.groups.indexOf(group) + 1];
  const said = `${words}: ${one.f}${value && value !== "yes" ? `, ${named(value)}` : ""}, ${SCOPE_SAID[scopeOf(made)]}.`;
  if (next === undefined) return say(`${said} That was the last question of this entry.`);
  go(undecidedOf(next), { quiet: true, focus: true });
  return say(`${said} Next: ${spoken(state.current)}.`);
};

const can = (one) => one && RULED.has(one.n) && !["structure", "page", "hand"].includes(one.st);
const current = () => (state.current < 0 ? null : state.entry.ask[state.current]);

const accept = () => {
  const one = current();
  if (!one) return;
  if (!can(one)) {
    if (one.st === "hand") return say("It is settled: an editor has been there.");
    const key = seenKey(one, state.entry);
    state.undo.push({ seen: key, entry: state.entry.id, number: state.current });
    store.seen.add(key);
    store.save();
    redraw(state.current);
    tell();
    drawRows();
    step(1);
    return;
  }
  const ruling = one.st === "ruling" ? null : one.v;
  const value = one.st === "ruling" ? one.v || "yes" : ruling && VALUED[one.n] && !/[ <>"']/.test(ruling) ? ruling : "yes";
  decide(one, value, "Accepted");
};

const reject = () => {
  const one = current();
  if (!one) return;
  if (!can(one)) return say("This is corrected in the TEI itself.");
  decide(one, "", `Rejected, no ${noun(one.n)}`);
};

const choose = (at) => {
  const one = current();
  if (!one || !can(one)) return;
  const chosen = choices(one)[at];
  if (!chosen) return say(`There is no alternative ${at + 1}.`);
  decide(one, chosen[0], "Changed");
};

const cycle = (to) => {
  const one = current();
  if (!one || !can(one)) return;
  const scopes = allowedScopes(one);
  if (!scopes.length) return say("This ruling keeps what it holds for.");
  state.scope = to || scopes[(scopes.indexOf(scopeFor(one)) + 1) % scopes.length];
  redraw(state.current);
  say(`A ruling holds for ${SCOPE_SAID[state.scope]}.`);
};

const undo = () => {
  const last = state.undo.pop();
  if (!last) return say("There is nothing to undo.");
  if (last.seen) { store.seen.delete(last.seen); store.save(); } else store.restore(last.question, last.before);
  if (last.entry !== state.entry.id) open(last.entry, false);
  drawList();
  state.current = -1;
  go(state.cards[last.number] ? last.number : (state.groups[0] || [])[0], { quiet: true, focus: true });
  drawRows();
  say("Undone.");
};

const forget = () => {
  const one = current();
  const ruling = one && store.holding(one, state.entry.id);
  if (!ruling || ruling.how === "applied") return;
  state.undo.push({ question: questionOf(ruling), before: ruling, entry: state.entry.id, number: state.current });
  store.restore(questionOf(ruling), undefined);
  redrawAll();
  tell();
  drawRows();
  say("The ruling was taken back.");
};
