// The way to the pages of an edition of many entries.

const about = JSON.parse(document.getElementById("about").textContent);
const byId = (id) => document.getElementById(id);
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const make = (name, attributes = {}, ...inside) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (key === "text") element.textContent = value; else element.setAttribute(key, value);
  element.append(...inside);
  return element;
};
const number = (count) => count.toLocaleString("en");
let shown = 200;

const draw = () => {
  const wanted = plain(byId("narrow").value.trim());
  const rows = about.rows.filter((one) => !wanted || plain(one.slice(0, 3).join(" ")).includes(wanted));
  byId("rows").replaceChildren(
    ...rows.slice(0, shown).map(([id, name, date, open, all, part]) =>
      make("li", {}, make("a", { href: `${about.folder}/${String(part).padStart(3, "0")}.html#${encodeURIComponent(id)}` },
        make("span", { class: "name" }, make("bdi", { text: name || id }), make("small", { text: date || id })),
        make("span", { class: "of", text: `${number(open)} open of ${number(all)}` })))),
  );
  byId("found").textContent = wanted ? `${number(rows.length)} of ${number(about.rows.length)} entries` : "";
  byId("more").hidden = rows.length <= shown;
};

const open = about.rows.reduce((sum, one) => sum + one[3], 0);
byId("edition").textContent = about.title;
byId("lead").textContent = `${number(about.rows.length)} entries, ${number(open)} open questions, those with the most first. Each page holds a hundred entries and keeps its own rulings: export them there.`;
byId("narrow").addEventListener("input", () => { shown = 200; draw(); });
byId("more").addEventListener("click", () => { shown += 200; draw(); });
if (about.proposals.all) {
  byId("proposals").hidden = false;
  byId("proposed-rows").replaceChildren(...about.proposals.some.slice(0, 1000).map((one) =>
    make("li", {}, make("p", { class: "name" }, make("bdi", { text: one.l }), " ", make("code", { text: one.i })),
      make("p", { class: "hint", text: [one.f.join(" · "), one.w.map((each) => each.replace(/^entry:/, "")).join(", "), one.p].filter(Boolean).join(" — ") }))));
  const more = about.proposals.all - Math.min(1000, about.proposals.some.length);
  byId("proposed-more").textContent = more > 0 ? `${number(more)} more are in the registers.` : "";
}
draw();
