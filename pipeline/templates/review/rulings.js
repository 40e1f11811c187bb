// What an editor ruled on this page: kept in the browser where it may be, exported and imported as a file.

const about = JSON.parse(document.getElementById("about").textContent);
const byId = (id) => document.getElementById(id);

const say = (text) => { byId("say").textContent = text; };

/** Make an element: attributes by name (`on…` is a listener, `text` its text), then what stands in it. */
const make = (name, attributes = {}, ...inside) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "text") element.textContent = value;
    else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...inside.filter((one) => one !== null && one !== undefined));
  return element;
};

const VALUED = { persName: ["psn"], placeName: ["plc"], orgName: ["org"], name: ["plc", "org"], rs: ["psn", "plc", "org"], bibl: ["bib"], ref: ["entry"], date: [], time: [] };
const RULED = new Set(["persName", "placeName", "orgName", "name", "rs", "bibl", "ref", "date", "time", "q", "supplied", "expan"]);
// A day without a year, or `above`, means another thing in another entry.
const LOCAL = new Set(["date", "time", "ref"]);
const SCOPES = ["place", "entry", "everywhere"];
const SCOPE_SAID = { place: "this place", entry: "this entry", everywhere: "everywhere" };
const NOUNS = {
  persName: "person", placeName: "place", orgName: "organisation", name: "ship", rs: "person", bibl: "citation",
  ref: "reference", date: "date", time: "time", q: "quotation", said: "quotation", quote: "quotation",
  soCalled: "word of another", supplied: "supplied word", expan: "expanded abbreviation", sp: "speaker",
  p: "paragraph", note: "note", head: "heading", pb: "page break",
};
const noun = (name) => NOUNS[name] || name;

/** A form as an address holds it: signs are full stops. One for each character, as the program counts them. */
const patternOf = (form) => Array.from(form, (mark) => (/[\p{L}\p{N}-]/u.test(mark) ? mark : ".")).join("");

const questionOf = (one) => [one.entry || "", one.block || "", one.kind, one.form, one.index || 0].join("\u0000");
const scopeOf = (one) => (one.block ? "place" : one.entry ? "entry" : "everywhere");

const store = (() => {
  const folder = location.protocol === "file:" ? new URL(about.home || ".", location.href).pathname.replace(/[^/]*$/, "") : "";
  const key = `teipress-review:${about.key}:${folder}`;
  let works = true;
  let kept = { rulings: [], seen: [] };
  try {
    const text = localStorage.getItem(key);
    if (text) kept = { ...kept, ...JSON.parse(text) };
    localStorage.setItem(`${key}:trial`, "1");
    localStorage.removeItem(`${key}:trial`);
  } catch {
    works = false;
  }
  const own = new Map();
  const seen = new Set(Array.isArray(kept.seen) ? kept.seen : []);
  const applied = new Map(about.rulings.map((one) => [questionOf(one), { value: "", ...one, how: "applied" }]));
  for (const one of Array.isArray(kept.rulings) ? kept.rulings : []) {
    const there = applied.get(questionOf(one));
    // What is in the edition now is no longer ours to keep.
    if (!there || there.value !== one.value) own.set(questionOf(one), one);
  }
  let index = null;

  const save = () => {
    index = null;
    if (!works) return;
    try {
      localStorage.setItem(key, JSON.stringify({ rulings: [...own.values()], seen: [...seen] }));
    } catch {
      works = false;
    }
  };

  const indexed = () => {
    if (index) return index;
    index = new Map();
    for (const [question, one] of [...applied, ...own]) {
      if (applied.has(question) && own.has(question) && own.get(question) !== one) continue;
      const where = `${one.kind}\u0000${patternOf(one.form)}`;
      if (!index.has(where)) index.set(where, []);
      index.get(where).push(one);
    }
    return index;
  };

  return {
    get works() { return works; },
    get own() { return [...own.values()]; },
    get waiting() { return [...own.values()].filter((one) => one.how === "new").length; },
    seen,
    save,
    get: (question) => own.get(question),
    put(one) { own.set(questionOf(one), one); save(); },
    restore(question, one) { if (one) own.set(question, one); else own.delete(question); save(); },
    exported() { for (const one of own.values()) if (one.how === "new") one.how = "exported"; save(); },
    /** The ruling that holds for a question in an entry: the one on this place, else on the entry, else on all. */
    holding(ask, entry) {
      const fit = (indexed().get(`${ask.n}\u0000${ask.p}`) || []).filter(
        (one) => (!one.entry || one.entry === entry) && (!one.block || (one.block === ask.b && (one.index || 0) === ask.i)),
      );
      return fit.reduce((best, one) => (!best || SCOPES.indexOf(scopeOf(one)) < SCOPES.indexOf(scopeOf(best)) ? one : best), null);
    },
  };
})();

const FIELDS = ["kind", "form", "value", "entry", "block", "index"];
const bare = (one) => Object.fromEntries(FIELDS.filter((key) => one[key] || ["kind", "form", "value"].includes(key)).map((key) => [key, one[key]]));

/** The rulings as the bytes of their file: one a line, in a fixed order, as the program writes them. */
const exportText = () => {
  const order = (one) => [one.entry || "", one.block || "", one.kind, one.form, one.index || 0];
  const less = (a, b) => { for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1; return 0; };
  const lines = store.own.sort((a, b) => less(order(a), order(b))).map((one) => `  {${Object.entries(bare(one)).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`).join(", ")}}`);
  return `{"rulings": [\n${lines.join(",\n")}\n]}\n`;
};

const exportRulings = () => {
  if (!store.own.length) return say("There is nothing to export.");
  const address = URL.createObjectURL(new Blob([exportText()], { type: "application/json" }));
  const link = make("a", { href: address, download: "rulings.json" });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
  const count = store.own.length;
  store.exported();
  say(`Exported ${count} ruling${count === 1 ? "" : "s"} as rulings.json.`);
};

/** What is wrong with one ruling of a file; nothing where it is one. */
const faultOf = (one) => {
  if (typeof one !== "object" || one === null || Array.isArray(one)) return "is no ruling";
  if (Object.keys(one).some((key) => !FIELDS.includes(key))) return `has an unknown key among ${Object.keys(one).join(", ")}`;
  for (const key of FIELDS) {
    if (key === "index" ? !(one.index === undefined || (Number.isInteger(one.index) && one.index >= 0)) : !(typeof one[key] === "string" || (one[key] === undefined && !["kind", "form", "value"].includes(key)))) return `has no ${key} that could be one`;
  }
  if (!one.form) return "has no words";
  if (/[ <>"'\n\t]/.test(one.value)) return "has signs in its value that no address has";
  return "";
};

const importText = (text) => {
  let given;
  try {
    given = JSON.parse(text).rulings;
  } catch {
    return "This is no JSON: nothing was imported.";
  }
  if (!Array.isArray(given)) return "There is no list of rulings in it: nothing was imported.";
  const wrong = given.findIndex((one) => faultOf(one));
  if (wrong >= 0) return `Ruling ${wrong + 1} ${faultOf(given[wrong])}: nothing was imported.`;
  for (const one of given) store.put({ ...bare(one), how: "imported" });
  return `Imported ${given.length} ruling${given.length === 1 ? "" : "s"}.`;
};
