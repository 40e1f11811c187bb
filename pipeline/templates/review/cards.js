// The questions of an entry as cards: one line each, and all that is known of the one that is open.

const GROUPS = { person: "Persons", place: "Places", organisation: "Organisations, ships", date: "Dates", citation: "Citations", reference: "References", mark: "Marks, quotations", structure: "Structure" };
const GROUP_OF_LETTER = { p: ["person", "place"], o: ["organisation"], d: ["date"], c: ["citation"], r: ["reference"], m: ["mark"], s: ["structure"] };

const labelOf = (address) => (about.records[address] || [""])[0];
const named = (value) => {
  if (!value) return "";
  const label = labelOf(value);
  return label ? `${label}` : value;
};

/** What was decided, in a few words. */
const decided = (one) => {
  if (one.st === "structure") return one.v;
  if (one.st === "page") return "page break";
  if (one.n === "date" || one.n === "time") {
    const of = Object.fromEntries(one.x || []);
    if (one.v) return one.v;
    if (of.from || of.to) return `${of.from || "…"} to ${of.to || "…"}`;
    if (of.notBefore || of.notAfter) return `between ${of.notBefore || "…"} and ${of.notAfter || "…"}`;
    return "no day told";
  }
  if (one.v && one.v !== "yes") return named(one.v);
  if (one.st === "hand" && !one.v && one.no && one.no.includes("away")) return `no ${noun(one.n)}`;
  if (one.u) return "not identified";
  return noun(one.n);
};

const addressed = (value) => make("span", { class: "of" }, named(value), labelOf(value) ? make("code", { text: value }) : null);

const bar = (certainty) => {
  const box = make("span", { class: "sure" }, make("span", { class: "figure", text: certainty.toFixed(2) }));
  const line = make("span", { class: "line" });
  const full = make("span", { class: "full" });
  full.style.inlineSize = `${Math.round(certainty * 100)}%`;
  line.append(full);
  box.append(line);
  return box;
};

/** What an editor ruled on a question, in words; nothing where nobody did. */
const ruledSaid = (one, ruling) => {
  const what = !ruling.value ? `no ${noun(one.n)}` : ruling.value === "yes" ? `a ${noun(one.n)}` : named(ruling.value);
  const how = { new: "not exported yet", exported: "exported", imported: "imported", applied: "in the edition" }[ruling.how] || "";
  return { what, scope: SCOPE_SAID[scopeOf(ruling)], how };
};

/** The state of a question on this page: its ruling, or that it was seen; nothing where it is open. */
const stateOf = (one, entry) => {
  if (one.st === "hand") return { mark: "✎", word: "by hand" };
  if (!RULED.has(one.n) || one.st === "structure" || one.st === "page") {
    return store.seen.has(seenKey(one, entry)) ? { mark: "✓", word: "seen" } : null;
  }
  const ruling = store.holding(one, entry.id);
  if (!ruling) return null;
  const same = ruling.value === one.v || (ruling.value === "yes" && one.st !== "ruling");
  return { mark: !ruling.value ? "✗" : same ? "✓" : "→", word: !ruling.value ? "rejected" : same ? "accepted" : "changed", ruling };
};

const seenKey = (one, entry) => [entry.id, one.n, one.v || "", one.f || "", one.b || "", one.i || 0].join("\u0000");

/** Values that an editor may choose by a figure: the alternatives, the likeliest first. */
const choices = (one) => (RULED.has(one.n) && one.st !== "structure" && one.st !== "page" ? (one.o || []).filter(([value]) => !/[ <>"']/.test(value)).slice(0, 9) : []);

const kindWord = (one) => (one.st === "structure" ? "structure" : one.st === "page" ? "page" : noun(one.n));

/** What is ruled on the places of one question: the word where it is the same for all, else how many are ruled. */
const stateSaid = (group, entry) => {
  const states = group.map((number) => stateOf(entry.ask[number], entry));
  const ruled = states.filter(Boolean);
  if (!ruled.length) return null;
  if (ruled.length === group.length) return ruled.every((one) => one.word === ruled[0].word) ? `${ruled[0].mark} ${ruled[0].word}` : "✓ ruled";
  return `${ruled.length} of ${group.length} ruled`;
};

const row = (group, entry) => {
  const one = entry.ask[group[0]];
  const said = stateSaid(group, entry);
  const whole = said && !said.includes(" of ");
  const head = make(
    "button",
    { type: "button", class: "row", "aria-expanded": "false", "data-n": group[0] },
    make("span", { class: "form" }, make("bdi", { text: one.f || "…" }), group.length > 1 ? make("span", { class: "times", text: ` ${group.length} places` }) : null),
    make("span", { class: "what" }, make("span", { class: "kind", text: kindWord(one) }), " ", make("span", { class: "is" }, make("bdi", { text: decided(one) }))),
    bar(one.c),
    make("span", { class: "state", text: said || (one.u ? "unresolved" : "") }),
  );
  return make("article", { class: ["card", whole ? "ruled" : "", one.u ? "open-end" : "", one.st].filter(Boolean).join(" ") }, head);
};

const body = (number, group, entry, scope) => {
  const one = entry.ask[number];
  const box = make("div", { class: "body" });
  if (group.length > 1) {
    box.append(make("p", { class: "places" },
      make("button", { type: "button", "data-do": "left", "aria-label": "Previous place" }, "‹"),
      `place ${group.indexOf(number) + 1} of ${group.length}`,
      make("button", { type: "button", "data-do": "right", "aria-label": "Next place" }, "›"),
      make("kbd", { text: "h" }), make("kbd", { text: "l" })));
  }
  const piece = snippet(entry, one, number);
  if (piece) box.append(piece);
  const state = stateOf(one, entry);
  if (state && state.ruling) {
    const { what, scope: where, how } = ruledSaid(one, state.ruling);
    box.append(make("p", { class: "ruling" }, make("b", { text: `Ruled: ${what}` }), `, ${where} · ${how}`));
  }
  if (one.no && one.st !== "ruling") box.append(make("p", { class: "note", text: one.no }));
  if (one.st === "ruling") {
    const [where, gone] = one.no.split(". ");
    box.append(make("p", { class: "note", text: `An editor’s ruling for ${SCOPE_SAID[where.replace(".", "")] || where}, in ${one.r}. ${gone || ""} To take it back, delete its line there.` }));
  }
  const facts = make("dl", { class: "facts" });
  const fact = (term, ...inside) => facts.append(make("div", {}, make("dt", { text: term }), make("dd", {}, ...inside)));
  if (one.v && one.v !== "yes" && one.st !== "structure" && one.st !== "page") fact("decided", addressed(one.v));
  for (const [key, value] of one.x || []) fact(key, value);
  for (const [key, value] of one.y || []) fact(key, make("bdi", { text: value }));
  if (group.length > 1) fact("certainty", one.c.toFixed(2));
  if (one.r && one.st !== "ruling") fact("rule", one.r);
  if (one.ln) fact("where", `${entry.file}, line ${one.ln}`);
  if (facts.children.length) box.append(facts);
  if ((one.e || []).length) box.append(make("div", { class: "part" }, make("h4", { text: "Evidence" }), make("ul", { class: "evidence" }, ...one.e.map((each) => make("li", { text: each })))));
  const chosen = choices(one);
  const others = one.o || [];
  if (others.length) {
    box.append(
      make(
        "div", { class: "part" }, make("h4", { text: "Otherwise" }),
        make("ol", { class: "others" }, ...others.map(([value, share], at) =>
          make("li", {}, chosen[at] && chosen[at][0] === value
            ? make("button", { type: "button", "data-choose": at, "aria-label": `It is ${named(value)}` }, make("kbd", { text: at + 1 }), addressed(value), make("span", { class: "figure", text: share.toFixed(2) }))
            : make("span", { class: "plain" }, addressed(value), make("span", { class: "figure", text: share.toFixed(2) })),
          ))),
      ),
    );
  }
  box.append(actions(one, state, scope));
  return box;
};

const allowedScopes = (one) => {
  if (one.st === "ruling") return [];
  return (one.b ? SCOPES : SCOPES.slice(1)).filter((scope) => scope !== "everywhere" || !LOCAL.has(one.n));
};

const actions = (one, state, scope) => {
  const box = make("div", { class: "actions" });
  const button = (what, key, text) => make("button", { type: "button", "data-do": what }, text, " ", make("kbd", { text: key }));
  if (RULED.has(one.n) && one.st !== "structure" && one.st !== "page" && one.st !== "hand") {
    box.append(button("accept", "a", one.u ? `It is a ${noun(one.n)}` : "Accept"), button("reject", "r", `No ${noun(one.n)}`), button("change", "c", "Change…"));
    const scopes = allowedScopes(one);
    if (scopes.length) {
      const chosen = scopes.includes(scope) ? scope : scopes[scopes.length - 1];
      box.append(
        make("div", { class: "scopes", role: "group", "aria-label": "The ruling holds for" },
          ...scopes.map((each) => make("button", { type: "button", "data-scope": each, "aria-pressed": String(each === chosen), text: SCOPE_SAID[each] })),
          make("kbd", { text: "s" })),
      );
    }
    if (state && state.ruling && state.ruling.how !== "applied") box.append(make("button", { type: "button", "data-do": "forget", text: "Take the ruling back" }));
  } else if (one.st !== "hand") {
    box.append(button("accept", "a", store && state ? "Seen ✓" : "Seen"));
    box.append(make("p", { class: "hint", text: "Correct it in the TEI itself, at that line." }));
  }
  return box;
};

const drawLedger = (entry) => {
  const box = make("section", { class: "ledger", "aria-label": "Ledger" }, make("h3", { text: "Ledger" }));
  const { source } = entry;
  if (source.changed) box.append(make("p", { class: "gone", text: `${source.name} is not what it was when the entry was converted: its digest is another.` }));
  if (entry.hand) box.append(make("p", { class: "note", text: "The TEI was changed by hand since it was converted." }));
  if (source.problem) {
    box.append(make("p", { class: "note", text: "The source cannot be converted again, so there is no ledger. The proof was made when the entry was converted." }));
    return box;
  }
  for (const side of source.sides) {
    if (source.sides.length > 1) box.append(make("h4", { text: SIDES[side.k] || side.k }));
    if (side.differ.length) {
      box.append(make("p", { class: "gone", text: "The TEI was changed by hand since: it is not what the source gives any more." }));
      box.append(make("ul", { class: "differ" }, ...side.differ.map((each) => make("li", {}, make("bdi", { text: each })))));
    } else box.append(make("p", { class: "note", text: "Every character of the source has its account, and the TEI has all that were kept." }));
    const meant = { kept: "characters that stand in the TEI as they are", normalised: "of white space, folded", moved: "to attributes", dropped: "for a reason" };
    box.append(make("dl", { class: "fates" }, ...Object.entries(side.fates).map(([fate, count]) => make("div", {}, make("dt", { text: fate }), make("dd", {}, make("span", { class: "figure", text: count.toLocaleString("en") }), " ", make("small", { text: meant[fate] || "" }))))));
    if (side.inferred) box.append(make("p", { class: "note", text: `Page ${side.inferred}, on which the entry begins, stands in the TEI and not in the source: it was inferred.` }));
    const shown = source.sides.indexOf(side);
    const rows = side.told.map(([line, start, end, fate, into]) => {
      const [number, text] = side.lines[line];
      return make("li", {}, make("button", { type: "button", "data-line": `${shown}.${line}` }, make("span", { class: "ln", text: number }), make("bdi", { class: "lost", text: text.slice(start, end) }), make("span", { class: "into", text: fate === "moved" ? ` moved to ${into}` : ` dropped: ${into}` })));
    });
    if (rows.length) box.append(make("ul", { class: "accounts" }, ...rows));
  }
  return box;
};
