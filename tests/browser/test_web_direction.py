"""Writing from the right in a browser: what turns the direction stays where it stands, and numbers read as numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from pipeline.config import Edition
from pipeline.render.volumes import read_volumes
from pipeline.render.web import render_web

pytestmark = pytest.mark.browser

ENTRY = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>
<div type="entry" subtype="translation" xml:lang="en" xml:id="en"><p xml:id="a">one <note place="inline"
 xml:id="b">[two\u202e]</note> three.<note place="end" xml:id="c">\u0634\u0644 four.</note></p>
<p xml:id="k">nine <choice><sic>te\u202en</sic><corr>ten</corr></choice> eleven</p>
<p xml:id="d">five \u202esix</p><p xml:id="e">seven</p>
<sp><speaker xml:id="f">A\u202eB:</speaker><p xml:id="g">eight</p></sp></div>
<div type="entry" subtype="transcription" xml:lang="fa" xml:id="fa">
<p xml:id="h">\u0634\u0644 <pb n="239" cert="low"/> \u0645</p></div></body></text></TEI>"""

# The characters of an element from left to right, without those of elements that are not its own line.
SEEN = """root => {
  const found = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode()); ) {
    if (node.parentElement.closest(".note") !== root.closest(".note")) continue;
    for (let i = 0; i < node.length; i++) {
      const range = document.createRange();
      range.setStart(node, i); range.setEnd(node, i + 1);
      const box = range.getBoundingClientRect();
      if (box.width > 0.5) found.push([box.left, node.data[i]]);
    }
  }
  return found.sort((a, b) => a[0] - b[0]).map(one => one[1]).join("");
}"""


@pytest.fixture
def turned(browser: Browser, tmp_path: Path) -> Page:
    (tmp_path / "text").mkdir()
    (tmp_path / "text/d1.xml").write_text(ENTRY, encoding="utf-8")
    edition = Edition(tmp_path, "Turned")
    (tmp_path / "web").mkdir()
    render_web(edition, read_volumes(edition)[0], tmp_path / "web")
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto((tmp_path / "web/d1.html").as_uri())
    return page


@pytest.mark.parametrize(
    ("name", "seen"),
    [("a", "one [two] three.1"), ("d", "five xis"), ("e", "seven"), ("g", "eight")],
)
def test_a_direction_that_is_not_closed_reaches_no_further_than_its_piece(turned, name, seen):
    shown = turned.locator(f"[id='{name}']").evaluate(SEEN)
    # A bracket that stands in the turned part is shown as its other half: the character is the same.
    assert shown == seen


def test_a_direction_that_is_not_closed_in_another_reading_leaves_the_line_alone(turned):
    assert turned.locator("[id='k']").evaluate(SEEN).endswith("ten eleven")


def test_an_english_note_that_begins_with_an_arabic_word_runs_from_the_left(turned):
    note = turned.locator("[id='c']")
    assert note.evaluate("e => getComputedStyle(e).direction") == "ltr"
    assert note.evaluate(SEEN).endswith("four.")


@pytest.mark.parametrize("width", [1440, 390])
def test_an_uncertain_page_number_stands_before_its_question_mark(turned, width):
    turned.set_viewport_size({"width": width, "height": 900})
    label = turned.locator("[id='p239'] bdi")
    assert label.evaluate("e => getComputedStyle(e).direction") == "ltr"
    digits = label.evaluate(
        "e => { const r = document.createRange(); r.selectNodeContents(e); return r.getBoundingClientRect().right; }"
    )
    whole = label.bounding_box()
    assert whole["x"] + whole["width"] > digits + 2
