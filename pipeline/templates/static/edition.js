// Notes that unfold under the line on small screens, and the arrow keys. Without this file everything is there to read.
"use strict";

document.documentElement.classList.add("script");

document.addEventListener("DOMContentLoaded", () => {
  const wide = window.matchMedia("(min-width: 64em)");
  const calls = document.querySelectorAll(".call a");

  const noteOf = (call) => document.getElementById(decodeURIComponent(call.hash.slice(1)));
  const callOf = (note) => document.getElementById(`${note.id}-call`);

  // Beside the text a note is always there; folded, its call says whether it is open.
  const tell = () => {
    for (const call of calls) {
      const note = noteOf(call);
      if (wide.matches || !note) call.removeAttribute("aria-expanded");
      else call.setAttribute("aria-expanded", String(note.classList.contains("open")));
    }
  };

  const open = (note, yes) => {
    note.classList.toggle("open", yes);
    tell();
  };

  document.addEventListener("click", (event) => {
    const call = event.target.closest(".call a");
    const back = event.target.closest(".note .back");
    if (call && !wide.matches) {
      const note = noteOf(call);
      if (!note) return;
      event.preventDefault();
      open(note, !note.classList.contains("open"));
      if (note.classList.contains("open")) note.focus({ preventScroll: true });
    } else if (call) {
      const note = noteOf(call);
      if (note) note.focus({ preventScroll: true });
    } else if (back) {
      const note = back.closest(".note");
      const home = callOf(note);
      if (!wide.matches) {
        event.preventDefault();
        open(note, false);
      }
      if (home) home.focus({ preventScroll: wide.matches });
    }
  });

  // An address that names a note, or something in one, shows the note.
  const arrive = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const note = target && target.closest(".note");
    if (note) {
      open(note, true);
      target.scrollIntoView({ block: "center" });
    }
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === "Escape") {
      const note = document.activeElement.closest(".note");
      if (note) {
        const home = callOf(note);
        if (!wide.matches) open(note, false);
        if (home) home.focus();
      }
      return;
    }
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    if (document.activeElement.closest("input, textarea, select, [contenteditable], .table")) return;
    const forward = (event.key === "ArrowRight") === (document.documentElement.dir !== "rtl");
    const link = document.querySelector(`link[rel="${forward ? "next" : "prev"}"]`);
    if (link) location.assign(link.href);
  });

  wide.addEventListener("change", tell);
  window.addEventListener("hashchange", arrive);
  tell();
  arrive();
});
