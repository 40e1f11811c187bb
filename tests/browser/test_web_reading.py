"""The website in a browser: how it reads on wide and small screens, with the keyboard, without a script."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

WIDE = {"viewport": {"width": 1440, "height": 900}}
TABLET = {"viewport": {"width": 820, "height": 1100}}
PHONE = {"viewport": {"width": 390, "height": 800}}
NARROW = {"viewport": {"width": 320, "height": 640}}
NO_SCRIPT = {"java_script_enabled": False}
PAGES = (
    "index.html",
    "d1911-03-02.html",
    "d1911-03-02b.html",
    "d1911-04-17.html",
    "d1911-07-30.html",
    "d1911-11-05.html",
    "d1912-01-01.html",
)


def sizes(*options):
    return pytest.mark.parametrize("visit", options, indirect=True)


@sizes(WIDE, PHONE)
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_asked_of_the_network_and_nothing_is_complained_of(visit, name):
    visit.open(name)
    assert visit.complaints == []
    assert [url for url in visit.requests if not url.startswith("file:")] == []


@sizes(WIDE, PHONE, {**WIDE, "color_scheme": "dark"})
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(visit, name):
    page = visit.open(name)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@sizes(WIDE, TABLET, PHONE, NARROW)
@pytest.mark.parametrize("name", PAGES)
def test_no_page_scrolls_sideways(visit, name):
    page = visit.open(name)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@sizes(PHONE, WIDE)
@pytest.mark.parametrize("name", PAGES)
def test_text_at_twice_the_size_fits(visit, name):
    page = visit.open(name)
    # What a reader's own text size does: the root's percentage is of twice as much.
    page.evaluate("document.documentElement.style.fontSize = '225%'")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@sizes(WIDE)
def test_a_line_has_sixty_to_seventy_five_characters(visit):
    page = visit.open("d1911-03-02.html")
    lines = page.evaluate(
        """() => {
          const text = document.querySelector("#en\\\\.1").firstChild.parentElement;
          const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
          const rows = new Map();
          for (let node; (node = walker.nextNode()); ) {
            if (node.parentElement.closest(".note, .call")) continue;
            for (let i = 0; i < node.length; i++) {
              const range = document.createRange();
              range.setStart(node, i); range.setEnd(node, i + 1);
              const top = Math.round(range.getBoundingClientRect().bottom / 8);
              rows.set(top, (rows.get(top) || 0) + 1);
            }
          }
          return [...rows.values()];
        }"""
    )
    full = sorted(lines)[len(lines) // 2 :]
    assert all(55 <= count <= 75 for count in full), lines


@sizes(WIDE)
def test_a_note_stands_beside_its_call(visit):
    page = visit.open("d1911-03-02.html")
    for number in (1, 2, 3):
        call = page.locator(f"[id='en.n{number}-call']").bounding_box()
        note = page.locator(f"[id='en.n{number}']").bounding_box()
        text = page.locator("[id='en.1']").bounding_box()
        assert abs(call["y"] - note["y"]) < 30
        assert note["x"] > text["x"] + text["width"]


@sizes(WIDE)
def test_page_numbers_stand_in_the_margin_beside_their_line(visit):
    page = visit.open("d1911-03-02.html")
    text = page.locator("[id='en.2']").bounding_box()
    mark = page.locator("[id='p48']").bounding_box()
    number = page.locator("[id='p48'] .page").bounding_box()
    assert number["x"] + number["width"] < text["x"]
    assert abs(number["y"] + number["height"] / 2 - mark["y"] - mark["height"] / 2) < 14


@sizes(WIDE)
def test_both_sides_stand_beside_one_another_and_hebrew_runs_from_the_right(visit):
    page = visit.open("d1911-04-17.html")
    en, he = page.locator("[id='en']").bounding_box(), page.locator("[id='he']").bounding_box()
    assert abs(en["y"] - he["y"]) < 3
    assert en["x"] + en["width"] < he["x"]
    assert page.locator("[id='he.1']").evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert page.locator("[id='en.n1']").bounding_box()["x"] < en["x"]
    assert page.locator("[id='he.n1']").bounding_box()["x"] > he["x"] + he["width"] - 1


@sizes(PHONE)
def test_on_a_phone_the_sides_follow_one_another(visit):
    page = visit.open("d1911-04-17.html")
    en, he = page.locator("[id='en']").bounding_box(), page.locator("[id='he']").bounding_box()
    assert en["y"] + en["height"] < he["y"]
    page.get_by_role("link", name="Transcription").click()
    assert page.url.endswith("#side-he")


@sizes(PHONE)
def test_a_note_unfolds_under_its_line_and_folds_again(visit):
    page = visit.open("d1911-03-02.html")
    call, note = page.locator("[id='en.n1-call']"), page.locator("[id='en.n1']")
    assert not note.is_visible()
    assert call.get_attribute("aria-expanded") == "false"
    call.click()
    assert note.is_visible()
    assert call.get_attribute("aria-expanded") == "true"
    assert note.bounding_box()["y"] >= call.bounding_box()["y"]
    assert note.bounding_box()["width"] > 300
    page.keyboard.press("Escape")
    assert not note.is_visible()
    assert call.evaluate("e => e === document.activeElement")


@sizes(WIDE, PHONE)
def test_the_keyboard_goes_to_a_note_and_back(visit):
    page = visit.open("d1911-03-02.html")
    page.locator("[id='en.n2-call']").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "en.n2"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "back"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "en.n2-call"


@sizes(PHONE)
def test_an_address_that_names_a_note_shows_it(visit):
    page = visit.open("d1911-03-02.html#en.n3")
    assert page.locator("[id='en.n3']").is_visible()


@sizes({**PHONE, **NO_SCRIPT}, {**WIDE, **NO_SCRIPT})
def test_without_a_script_every_note_is_there_to_read(visit):
    page = visit.open("d1911-03-02.html")
    for note in page.locator(".note").all():
        assert note.is_visible()


@sizes(WIDE)
def test_the_arrow_keys_turn_the_pages(visit):
    page = visit.open("d1911-03-02.html")
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile("d1911-03-02b"))
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile("d1911-04-17"))
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(re.compile("d1911-03-02b"))


@sizes(WIDE)
def test_arrow_keys_with_another_key_are_left_to_the_browser(visit):
    page = visit.open("d1911-03-02.html")
    page.keyboard.press("Shift+ArrowRight")
    page.wait_for_timeout(150)
    assert page.url.endswith("d1911-03-02.html")


@sizes(WIDE)
def test_hostile_text_runs_nothing(visit):
    dialogs = []
    visit.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page = visit.open("d1911-07-30.html")
    assert page.locator("script").count() == 1
    assert dialogs == []
    assert "<script>alert(1)</script>" in page.locator("h1").inner_text()


@sizes(WIDE)
def test_the_first_tab_offers_the_way_to_the_text(visit):
    page = visit.open("d1911-03-02.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["y"] >= 0


@sizes(WIDE)
def test_on_paper_the_notes_are_there_and_the_ways_around_are_not(visit):
    page = visit.open("d1911-03-02.html")
    page.emulate_media(media="print")
    assert page.locator("[id='en.n1']").is_visible()
    assert not page.locator(".bar").is_visible()
