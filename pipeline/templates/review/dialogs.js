// The dialogs: a value typed with completion, words that no rule marked, the keys, the proposed records.

const HINTS = {
  date: "A day as 1934-12-13, a month as 1934-12, a year as 1934.",
  time: "A time as 16:30.",
  ref: "An entry as entry:1934-12-13, or #id of this entry.",
};
const change = byId("change");
let offered = [];
let picked = -1;

const offersFor = (kind, typed) => {
  const schemes = VALUED[kind] || [];
  const words = plain(typed).split(/\s+/).filter(Boolean);
  const found = [];
  if (schemes.includes("entry")) {
    for (const id of about.entries || []) {
      const address = `entry:${id.slice(1)}`;
      if (words.every((word) => plain(address).includes(word))) found.push([address, ""]);
      if (found.length >= 12) return found;
    }
  }
  const begins = [];
  for (const [address, [label, forms]] of Object.entries(about.records)) {
    if (!schemes.includes(address.split(":")[0]) && !(kind === "bibl" && address.startsWith("arc:"))) continue;
    const text = plain(`${address} ${label} ${forms}`);
    if (!words.every((word) => text.includes(word))) continue;
    (words.length && plain(label).startsWith(words[0]) ? begins : found).push([address, label]);
    if (begins.length >= 12) break;
  }
  return [...begins, ...found].slice(0, 12);
};

const faultOfValue = (kind, value) => {
  if (/[\s<>"']/.test(value)) return "An address or a date has no spaces and no quotation marks.";
  if (kind === "date") return /^(-?\d{4}(-\d\d){0,2}|--\d\d(-\d\d)?|---\d\d)$/.test(value) ? "" : HINTS.date;
  if (kind === "time") return /^\d\d:\d\d(:\d\d)?$/.test(value) ? "" : HINTS.time;
  const schemes = VALUED[kind] || [];
  if (!schemes.length) return "";
  const scheme = value.startsWith("#") ? "#" : value.split(":")[0];
  const wanted = kind === "ref" ? ["entry", "#", "http", "https"] : kind === "bibl" ? ["bib", "arc"] : schemes;
  return wanted.includes(scheme) && value.length > scheme.length + 1 ? "" : `Write an address, as ${schemes[0]}:name.`;
};

const drawOffers = () => {
  const kind = change.dataset.kind;
  const field = byId("value");
  offered = VALUED[kind] && VALUED[kind].length ? offersFor(kind, field.value.trim()) : [];
  picked = -1;
  byId("offers").replaceChildren(...offered.map(([address, label], at) => make("li", { role: "option", id: `offer-${at}`, "aria-selected": "false", "data-at": at }, make("span", { text: label || address }), label ? make("code", { text: address }) : null)));
  field.setAttribute("aria-expanded", String(offered.length > 0));
  field.removeAttribute("aria-activedescendant");
  drawHint();
};

const drawHint = () => {
  const kind = change.dataset.kind;
  const value = byId("value").value.trim();
  const label = labelOf(value);
  let text = HINTS[kind] || (about.complete ? "Type some of a name, or an address." : "Type some of a name that this page knows, or a whole address.");
  if (!(VALUED[kind] || [null])[0] && kind !== "date" && kind !== "time") text = "It has no value: rule yes, or cancel.";
  if (label) text = label;
  else if (value && !faultOfValue(kind, value) && about.complete && kind !== "date" && kind !== "time" && kind !== "ref") text = "This is in no register yet: make the record before the rulings are applied.";
  byId("value-hint").textContent = text;
};

const pick = (at) => {
  const rows = [...byId("offers").children];
  if (!rows.length) return;
  picked = (at + rows.length) % rows.length;
  rows.forEach((one, number) => one.setAttribute("aria-selected", String(number === picked)));
  rows[picked].scrollIntoView({ block: "nearest" });
  byId("value").setAttribute("aria-activedescendant", rows[picked].id);
};

const scopesIn = (one) => {
  const box = byId("change-scope");
  box.replaceChildren(make("legend", { text: "It holds for" }));
  const scopes = allowedScopes(one);
  box.hidden = !scopes.length;
  const chosen = scopes.includes(state.scope) ? state.scope : scopes[scopes.length - 1];
  for (const scope of scopes) box.append(make("label", {}, make("input", { type: "radio", name: "scope", value: scope, checked: scope === chosen }), ` ${SCOPE_SAID[scope]}`));
};

const ask = (one, marking = false) => {
  state.marking = marking ? one : null;
  change.dataset.kind = one.n;
  byId("change-title").replaceChildren("What is ", make("q", {}, make("bdi", { text: one.f })), "?");
  byId("change-kinds").hidden = !marking;
  byId("value").value = marking ? "" : VALUED[one.n] ? one.v || "" : "yes";
  scopesIn(one);
  change.showModal();
  byId(marking ? "change-kind" : "value").focus();
  if (!marking) byId("value").select();
  drawOffers();
};

const startChange = () => {
  const one = current();
  if (!one) return;
  if (!can(one)) return say("This is corrected in the TEI itself.");
  ask(one);
};

/** The words that are selected in the TEI, as a question that no rule asked. */
const selected = () => {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const blockOf = (node) => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("#reading .block");
  const block = blockOf(range.startContainer);
  if (!block || block !== blockOf(range.endContainer)) return null;
  const item = state.entry.items[Number(block.dataset.i)];
  const offset = (node, at) => {
    let count = 0;
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    for (let text; (text = walker.nextNode()); ) {
      if (text === node) return count + (apart(text) ? 0 : at);
      if (!apart(text)) count += text.length;
    }
    return count;
  };
  const apart = (text) => text.parentElement.closest(".call, .pb, .number") !== null;
  let start = offset(range.startContainer, range.startOffset);
  let end = range.endContainer.nodeType === Node.TEXT_NODE ? offset(range.endContainer, range.endOffset) : start + range.toString().length;
  while (start < end && /\s/.test(item.t[start])) start += 1;
  while (end > start && /\s/.test(item.t[end - 1])) end -= 1;
  const form = item.t.slice(start, end);
  if (!form || !item.b) return null;
  const pattern = patternOf(form);
  const before = Array.from(item.t.slice(0, start));
  const all = Array.from(item.t);
  const signs = Array.from(pattern);
  let index = 0;
  for (let at = 0; at <= before.length; at += 1) if (signs.every((sign, number) => at + number < all.length && (sign === "." || sign === all[at + number]))) index += 1;
  return { g: "", n: "persName", st: "rules", c: 1, f: form, p: pattern, b: item.b, i: index, v: "" };
};

const mark = () => {
  const one = selected();
  if (!one) return say("Select some words of one paragraph in the TEI first.");
  byId("change-kind").value = "persName";
  ask(one, true);
};

byId("change-kind").append(...["persName", "placeName", "orgName", "name", "date", "time", "bibl", "ref"].map((name) => make("option", { value: name, text: noun(name) })));
byId("change-kind").addEventListener("change", (event) => {
  state.marking.n = event.target.value;
  change.dataset.kind = event.target.value;
  scopesIn(state.marking);
  drawOffers();
});
byId("value").addEventListener("input", drawOffers);
byId("value").addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    pick(picked < 0 && event.key === "ArrowUp" ? -1 : picked + (event.key === "ArrowDown" ? 1 : -1));
  } else if (event.key === "Enter" && picked >= 0) {
    event.preventDefault();
    byId("value").value = offered[picked][0];
    drawOffers();
  }
});
byId("offers").addEventListener("click", (event) => {
  const row_ = event.target.closest("[role=option]");
  if (!row_) return;
  byId("value").value = offered[Number(row_.dataset.at)][0];
  drawOffers();
  byId("value").focus();
});
byId("change-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const one = state.marking || current();
  const value = byId("value").value.trim() || "yes";
  const fault = value === "yes" ? "" : faultOfValue(one.n, value);
  if (fault) {
    byId("value-hint").textContent = fault;
    say(fault);
    return;
  }
  const scope = change.querySelector("[name=scope]:checked");
  if (scope) state.scope = scope.value;
  change.close();
  if (state.marking) {
    put(rulingOn(state.marking, value), state.current);
    getSelection().removeAllRanges();
    say(`Ruled: ${one.f} is ${value === "yes" ? `a ${noun(one.n)}` : named(value)}, ${SCOPE_SAID[scopeOf(rulingOn(one, value))]}.`);
  } else decide(one, value, "Changed");
  state.marking = null;
});

const drawProposed = () => {
  const wanted = plain(byId("proposed-find").value.trim());
  const rows = about.proposals.some.filter((one) => !wanted || plain([one.i, one.l, ...one.f].join(" ")).includes(wanted));
  byId("proposed-rows").replaceChildren(...rows.slice(0, 200).map(proposedRow));
  const more = about.proposals.all - about.proposals.some.length;
  byId("proposed-more").textContent = [rows.length > 200 ? `${rows.length - 200} more: find them by name.` : "", more > 0 ? `${more.toLocaleString("en")} more are in the registers.` : ""].filter(Boolean).join(" ");
};

const proposedRow = (one) => make("li", {},
  make("p", { class: "name" }, make("bdi", { text: one.l }), " ", make("code", { text: one.i }), one.c ? make("small", { text: ` certainty ${one.c}` }) : null),
  one.f.length ? make("p", { class: "forms" }, make("bdi", { text: one.f.join(" · ") })) : null,
  one.a ? make("p", { class: "note" }, make("bdi", { text: one.a })) : null,
  make("p", { class: "hint" }, one.w.length ? "found in " : "", ...one.w.flatMap((where, at) => [at ? ", " : "", linkTo(where)]), one.w.length ? " · " : "", one.p),
);

const linkTo = (where) => {
  const id = where.startsWith("entry:") ? `d${where.slice(6)}` : where.replace(/#.*$/, "");
  return data.has(id) ? make("a", { href: `#${encodeURIComponent(id)}`, text: where.replace(/^entry:/, "") }) : where.replace(/^entry:/, "");
};
