// What answers to hands: the mouse, the keys, the filters, the files.

const DO = { accept, reject, change: startChange, forget, back: () => step(-1), on: () => step(1), left: () => along(-1), right: () => along(1) };

document.addEventListener("click", (event) => {
  const target = event.target.closest("button, a, [data-q]");
  if (!target) return;
  if (target.closest("[data-close]")) return target.closest("dialog").close();
  const at = target.dataset;
  if (at.do) return DO[at.do]();
  if (at.choose !== undefined) return choose(Number(at.choose));
  if (at.scope) return cycle(at.scope);
  if (at.kind) {
    if (!filters.kinds.delete(at.kind)) filters.kinds.add(at.kind);
    return filtered(`[data-kind="${at.kind}"]`);
  }
  if (at.jump) {
    const part = at.jump === "ledger" ? document.querySelector(".ledger") : byId(at.jump);
    part.scrollIntoView();
    part.setAttribute("tabindex", "-1");
    return part.focus({ preventScroll: true });
  }
  if (at.view) return view(at.view);
  if (at.to !== undefined) {
    const note = byId("reading").querySelector(`[data-i="${at.to}"]`);
    if (note) { note.setAttribute("tabindex", "-1"); note.scrollIntoView({ block: "center" }); note.focus({ preventScroll: true }); }
    return undefined;
  }
  if (at.line) {
    view("source");
    const line = byId("source").querySelector(`[data-l="${at.line}"]`);
    for (const one of document.querySelectorAll(".now")) one.classList.remove("now");
    if (line) { line.classList.add("now"); bring(byId("source"), line); if (!wide.matches) line.scrollIntoView({ block: "center" }); }
    return undefined;
  }
  if (target.classList.contains("row")) {
    const number = Number(at.n);
    const group = state.groupOf[number];
    return go(group.includes(state.current) ? state.current : undecidedOf(group), { quiet: true });
  }
  if (at.q !== undefined && getSelection().isCollapsed) {
    const shown = at.q.split(" ").map(Number).filter((one) => state.cards[one]);
    // Of two that stand in one another the shorter is meant.
    shown.sort((a, b) => width(a) - width(b));
    const next = shown[(shown.indexOf(state.current) + 1) % shown.length];
    if (next !== undefined) { if (!wide.matches) view("ask"); go(next); }
  }
  return undefined;
});

const width = (number) => { const [, start, end] = state.entry.ask[number].at; return end > start ? end - start : Infinity; };

const KEYS = { h: () => along(-1), l: () => along(1), j: () => step(1), k: () => step(-1), a: accept, r: reject, c: startChange, s: () => cycle(), u: undo, m: mark, n: () => turn(1), p: () => turn(-1), e: () => { exportRulings(); tell(); } };

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
  if (document.querySelector("dialog[open]")) return;
  const field = event.target.closest("input:not([type=checkbox]):not([type=range]), select, textarea");
  if (event.key === "Escape") {
    const card = state.cards[state.current];
    if (card) card.querySelector(".row").focus();
    return;
  }
  if (field) return;
  const key = event.key;
  if (key === "?") byId("keys").showModal();
  else if (key === "/") { byId("filters").open = true; if (!wide.matches) view("ask"); byId("search").focus(); }
  else if (/^[1-9]$/.test(key) && event.target.type !== "range") choose(Number(key) - 1);
  else if (KEYS[key]) KEYS[key]();
  else return;
  event.preventDefault();
});

const wide = matchMedia("(min-width: 64em)");
const view = (name) => {
  document.body.dataset.view = name;
  for (const one of document.querySelectorAll(".views [data-view]")) one.setAttribute("aria-pressed", String(one.dataset.view === name));
  if (state.current >= 0 && name !== "ask" && !wide.matches) {
    const found = byId(name).querySelector(".now");
    if (found) found.scrollIntoView({ block: "center" });
  }
};

const filtered = (focus) => {
  const { current: before } = state;
  state.current = -1;
  drawList();
  drawRows();
  if (state.groups.length) go(state.cards[before] ? before : undecidedOf(state.groups[0]), { quiet: true, scroll: false });
  else showPlace(-1, []);
  if (focus) { const one = document.querySelector(focus); if (one) one.focus(); }
  say(`${state.fit} of ${state.entry.ask.length} questions shown.`);
};

byId("below").addEventListener("input", (event) => {
  filters.below = Number(event.target.value);
  byId("below-said").textContent = (filters.below / 100).toFixed(2);
  filtered();
});
for (const id of ["undecided", "unresolved"]) byId(id).addEventListener("change", (event) => { filters[id] = event.target.checked; filtered(); });
let typing = 0;
byId("search").addEventListener("input", (event) => {
  clearTimeout(typing);
  typing = setTimeout(() => { filters.words = plain(event.target.value.trim()); filtered(); }, 120);
});
byId("narrow").addEventListener("input", drawRows);
byId("choose").addEventListener("change", (event) => open(event.target.value, false));
byId("before").addEventListener("click", () => turn(-1));
byId("after").addEventListener("click", () => turn(1));
byId("undo").addEventListener("click", undo);
byId("help").addEventListener("click", () => byId("keys").showModal());
byId("export").addEventListener("click", () => { exportRulings(); afterStore(); });
byId("import").addEventListener("click", () => byId("file").click());
byId("file").addEventListener("change", async (event) => {
  const [file] = event.target.files;
  event.target.value = "";
  if (!file) return;
  const said = importText(await file.text());
  afterStore();
  byId("kept").hidden = false;
  byId("kept").textContent = said;
  say(said);
});
byId("records").addEventListener("click", () => { drawProposed(); byId("proposed").showModal(); byId("proposed-find").focus(); });
byId("proposed-find").addEventListener("input", drawProposed);
byId("proposed").addEventListener("click", (event) => { if (event.target.closest("a")) byId("proposed").close(); });

const afterStore = () => {
  redrawAll();
  tell();
  drawRows();
};

addEventListener("hashchange", () => {
  const id = decodeURIComponent(location.hash.slice(1));
  if (!state.entry || id !== state.entry.id) open(id);
});
let inside = false;
document.addEventListener("click", (event) => { inside = event.target.closest("#home") !== null; });
addEventListener("beforeunload", (event) => {
  if (store.waiting && !(inside && store.works)) {
    event.preventDefault();
    event.returnValue = "";
  }
  inside = false;
});

byId("edition").textContent = about.title;
byId("filters").open = wide.matches;
if (about.home) Object.assign(byId("home"), { hidden: false, href: about.home });
if (about.proposals.some.length) {
  byId("records").hidden = false;
  byId("records").append(` (${about.proposals.all.toLocaleString("en")})`);
}
if (!open(decodeURIComponent(location.hash.slice(1)), false)) open(about.index[0][0], false);
