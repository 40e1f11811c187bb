"""The review in a browser: by keyboard and by mouse, on wide and small screens, and what it exports."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from pipeline.enrich.rulings import dumped, read_rulings
from pipeline.review import edition as run
from pipeline.review.apply import apply_rulings
from pipeline.review.edition import review
from tests.browser.conftest import Visit
from tests.review.making import edition, mark

pytestmark = pytest.mark.browser

WIDE = {"viewport": {"width": 1440, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}}
NARROW = {"viewport": {"width": 320, "height": 640}}
DARK = {**WIDE, "color_scheme": "dark"}
PHONE_DARK = {**PHONE, "color_scheme": "dark"}


def sizes(*options):
    return pytest.mark.parametrize("opened", options, indirect=True)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory):
    """The edition that is reviewed."""
    one = edition(tmp_path_factory.mktemp("review") / "e", (2, 3))
    review(one, one.root / "build" / "review.html")
    return one


class Opened(Visit):
    """The page of the review in a browser."""

    def said(self) -> str:
        return self.page.locator("#say").inner_text()

    def press(self, keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def current(self) -> str:
        return self.page.locator(".card.current .form bdi").inner_text()

    def state(self, form: str) -> str:
        return (
            self.page.locator(".card", has=self.page.get_by_text(form, exact=True)).first.locator(".state").inner_text()
        )

    def export(self, to: Path) -> Path:
        with self.page.expect_download() as download:
            self.press("e")
        download.value.save_as(to)
        return to


@pytest.fixture
def opened(browser: Browser, made, request: pytest.FixtureRequest) -> Iterator[Opened]:
    options = {**WIDE, **getattr(request, "param", {})}
    context = browser.new_context(accept_downloads=True, **options)
    visit = Opened(context.new_page(), made.root / "build")
    visit.open("review.html")
    yield visit
    assert visit.complaints == []
    assert [url for url in visit.requests if not url.startswith(("file:", "blob:"))] == []
    context.close()


def unwatched(page: Page) -> None:
    """Let a page be left without being asked."""
    page.on("dialog", lambda dialog: dialog.accept())


@sizes(WIDE, PHONE, DARK, PHONE_DARK)
def test_axe_finds_nothing(opened: Opened) -> None:
    found = Axe().run(opened.page)
    assert found.violations_count == 0, found.generate_report()


@sizes(WIDE, PHONE_DARK)
@pytest.mark.parametrize("key", ["c", "?"])
def test_axe_finds_nothing_in_a_dialog(opened: Opened, key: str) -> None:
    opened.press(key)
    assert opened.page.locator("dialog[open]").count() == 1
    found = Axe().run(opened.page)
    assert found.violations_count == 0, found.generate_report()


@sizes(PHONE)
@pytest.mark.parametrize("name", ["reading", "source"])
def test_axe_finds_nothing_in_the_texts(opened: Opened, name: str) -> None:
    opened.page.click(f".views [data-view={name}]")
    found = Axe().run(opened.page)
    assert found.violations_count == 0, found.generate_report()


@sizes(WIDE, {"viewport": {"width": 1024, "height": 768}}, PHONE, NARROW)
@pytest.mark.parametrize("size", ["100%", "200%"])
def test_nothing_scrolls_sideways(opened: Opened, size: str) -> None:
    opened.page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
    assert opened.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@sizes(PHONE)
def test_what_is_pressed_on_a_phone_is_large_enough(opened: Opened) -> None:
    small = opened.page.evaluate(
        """[...document.querySelectorAll("button, a, select, input, summary")].filter((one) => {
          const box = one.getBoundingClientRect();
          return box.width && !one.closest(".skip, .words") && (box.height < 23.5 || box.width < 23.5);
        }).map((one) => `${one.outerHTML.slice(0, 60)} ${one.getBoundingClientRect().height}`)
        .filter((one) => !one.includes("checkbox"))"""
    )
    assert small == []


def test_hostile_text_is_text(opened: Opened) -> None:
    assert opened.page.title() == "Review: Harbour Diary"
    assert "</script><script>document.title = 'taken'</script>" in opened.page.locator("#reading").inner_text()
    assert "<img src=x onerror=alert(1)>" in opened.page.locator("#source").inner_text()
    assert opened.page.locator("img").count() == 0


def test_a_question_shows_its_place_in_both_texts(opened: Opened) -> None:
    opened.page.get_by_role("button", name=re.compile("^4 o’clock")).click()
    assert opened.page.locator("#reading .now").all_inner_texts() == ["4 o’clock"]
    assert opened.page.locator("#source .now").all_inner_texts() == ["4 o’clock"]
    card = opened.page.locator(".card.current")
    for words in ("16:00:00", "dates: toy", "nothing speaks against it", "04:00:00", "line "):
        assert words in card.inner_text()


def test_a_place_after_a_letter_of_two_units_is_where_it_is(opened: Opened) -> None:
    last = opened.page.get_by_role("button", name=re.compile(r"^Orlov \d"))
    last.click()
    opened.press("ll")
    assert "𝔄strid and Orlov left" in opened.page.locator(".card.current .snippet").inner_text()
    assert opened.page.locator("#reading .now").all_inner_texts() == ["Orlov"]
    assert opened.page.locator("#source .now").all_inner_texts() == ["Orlov"]


def test_words_in_the_text_lead_to_their_question(opened: Opened) -> None:
    opened.page.locator("#source .at", has_text="4 o’clock").click()
    assert opened.current() == "4 o’clock"


def test_it_works_by_keyboard_alone(opened: Opened, tmp_path: Path) -> None:
    assert opened.current() == "R."
    opened.press("s")  # this entry
    assert "this entry" in opened.said()
    opened.press("1")  # the first alternative
    assert "Changed: R., Roux, Émile, this entry" in opened.said()
    assert opened.current() == "the entry for 1 March"
    opened.press("r")
    assert "Rejected, no reference" in opened.said()
    opened.press("k")
    assert opened.current() == "the entry for 1 March"
    opened.press("jss")
    assert opened.current() == "4 o’clock"
    opened.press("a")
    opened.press("u")
    assert opened.said() == "Undone."
    opened.press("a")
    assert opened.current() == "Orlov"
    opened.press("2")
    assert opened.page.locator("#kept").inner_text() == "4 not exported"
    kept = read_rulings(opened.export(tmp_path / "rulings.json"))
    told = {(one.kind, one.form, one.value, one.entry, bool(one.block)) for one in kept}
    assert told == {
        ("persName", "R.", "psn:roux", "d1911-03-02", False),
        ("ref", "the entry for 1 March", "", "d1911-03-02", False),
        ("time", "4 o’clock", "16:00:00", "d1911-03-02", False),
        ("persName", "Orlov", "psn:roux", "d1911-03-02", False),
    }
    assert (tmp_path / "rulings.json").read_bytes() == dumped(kept)
    assert opened.page.locator("#kept").inner_text() == "all exported"


def test_a_value_is_typed_with_completion(opened: Opened) -> None:
    opened.press("c")
    field = opened.page.locator("#value")
    field.fill("ivan")
    assert opened.page.locator("#offers li").all_inner_texts() == ["Orlov, Ivan\npsn:orlov-ivan"]
    opened.page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == "offer-0"
    opened.page.keyboard.press("Enter")
    assert field.input_value() == "psn:orlov-ivan"
    opened.page.keyboard.press("Enter")
    assert not opened.page.locator("#change").is_visible()
    assert opened.state("R.") == "→ changed"


def test_a_value_that_is_none_is_not_taken(opened: Opened) -> None:
    opened.press("c")
    opened.page.locator("#value").fill("Orlov the Elder")
    opened.page.keyboard.press("Enter")
    assert opened.page.locator("#change").is_visible()
    assert "no spaces" in opened.page.locator("#value-hint").inner_text()
    opened.page.keyboard.press("Escape")
    assert opened.page.locator("#export").is_disabled()


def test_a_ruling_on_one_place_leaves_the_others_open(opened: Opened, tmp_path: Path) -> None:
    opened.page.get_by_role("button", name=re.compile(r"^Orlov \d")).click()
    opened.press("r")
    assert opened.state("Orlov") == "1 of 4 ruled"
    assert opened.current() == "Orlov"
    (one,) = read_rulings(opened.export(tmp_path / "r.json"))
    assert (one.entry, one.block, one.index) == ("d1911-03-02", "en.1", 1)
    opened.press("ss")
    opened.press("a")
    assert opened.state("Orlov") == "✓ ruled"


def test_a_ruling_everywhere_holds_in_the_other_entry(opened: Opened) -> None:
    opened.page.get_by_role("button", name=re.compile(r"^Orlov \d")).click()
    opened.press("s")
    opened.press("s")
    opened.press("a")
    opened.press("n")
    assert opened.page.locator("#title").inner_text() == "3 March"
    assert opened.state("Orlov") == "✓ accepted"


def test_days_and_references_are_never_ruled_everywhere(opened: Opened) -> None:
    opened.press("j")
    scopes = opened.page.locator(".card.current .scopes button").all_inner_texts()
    assert scopes == ["this place", "this entry"]


def test_words_that_no_rule_marked_are_ruled_on(opened: Opened, tmp_path: Path) -> None:
    opened.page.evaluate(
        """() => {
          const text = [...document.querySelectorAll("#reading .block")]
            .find((one) => one.textContent.includes("strid"));
          const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
          let node;
          while ((node = walker.nextNode()) && !node.data.includes("Ørsted"));
          const at = node.data.indexOf("Ørsted");
          getSelection().setBaseAndExtent(node, at, node, at + 6);
        }"""
    )
    opened.press("m")
    opened.page.locator("#value").fill("psn:orsted")
    opened.page.locator("#value").press("Enter")
    assert "Ruled: Ørsted is Ørsted" in opened.said()
    (one,) = read_rulings(opened.export(tmp_path / "r.json"))
    assert (one.kind, one.form, one.value, one.block, one.index) == ("persName", "Ørsted", "psn:orsted", "en.2", 1)


def test_filters(opened: Opened) -> None:
    page = opened.page
    page.locator("#below").fill("60")
    assert page.locator(".card .form bdi").all_inner_texts()[:2] == ["R.", "the entry for 1 March"]
    assert page.locator("#part-rules .card").count() == 2
    page.locator("#below").fill("100")
    page.get_by_role("button", name=re.compile("^Persons")).click()
    assert set(page.locator("#part-rules .kind").all_inner_texts()) == {"person"}
    page.get_by_label("Only unresolved").check()
    assert page.locator(".card .form bdi").all_inner_texts() == ["R."]
    page.locator(".card .row").click()
    opened.press("a")
    page.get_by_label("Only undecided").check()
    assert page.locator(".card").count() == 0
    assert "No question fits" in page.locator("#list").inner_text()


def test_words_are_found_in_questions_and_in_entries(opened: Opened) -> None:
    opened.press("/")
    opened.page.keyboard.type("emile roux")
    expect(opened.page.locator("#count")).to_contain_text(re.compile("^[0-7] of"))
    assert {"R.", "Roux", "Orlov"} >= set(opened.page.locator(".card .form bdi").all_inner_texts())
    opened.page.locator("#narrow").fill("3 march")
    assert opened.page.locator("#rows a").count() == 1


def test_rulings_stay_in_the_browser(opened: Opened) -> None:
    unwatched(opened.page)
    opened.press("a")
    opened.page.reload()
    assert opened.state("R.") == "✓ accepted"
    assert opened.page.locator("#kept").inner_text() == "1 not exported"


def test_leaving_with_rulings_that_are_not_exported_is_asked_about(opened: Opened) -> None:
    asked: list[str] = []
    opened.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    opened.page.reload()
    assert asked == []
    opened.press("a")
    opened.page.reload()
    assert asked == ["beforeunload"]


def test_without_a_memory_the_page_warns_and_works(browser: Browser, made, tmp_path: Path) -> None:
    context = browser.new_context(accept_downloads=True, **WIDE)
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
    )
    opened = Opened(context.new_page(), made.root / "build")
    opened.open("review.html")
    assert "keeps nothing" in opened.page.locator("#kept").inner_text()
    opened.press("a")
    assert len(read_rulings(opened.export(tmp_path / "r.json"))) == 1
    context.close()


def test_a_file_of_rulings_is_imported_and_shown_as_such(opened: Opened, tmp_path: Path) -> None:
    file = tmp_path / "given.json"
    file.write_text(json.dumps({"rulings": [{"kind": "persName", "form": "R.", "value": "psn:roux"}]}))
    opened.page.set_input_files("#file", file)
    expect(opened.page.locator("#kept")).to_contain_text("Imported 1 ruling")
    assert opened.state("R.") == "→ changed"
    assert "imported" in opened.page.locator(".card.current .ruling").inner_text()
    file.write_text('{"rulings": [{"kind": "persName"}]}')
    opened.page.set_input_files("#file", file)
    expect(opened.page.locator("#kept")).to_contain_text("nothing was imported")


def test_what_was_exported_is_applied_and_shown_as_in_the_edition(browser: Browser, tmp_path: Path) -> None:
    own = edition(tmp_path / "e")
    page = review(own, own.root / "build" / "review.html").page
    context = browser.new_context(accept_downloads=True, **WIDE)
    opened = Opened(context.new_page(), page.parent)
    opened.open("review.html")
    unwatched(opened.page)
    opened.page.get_by_role("button", name=re.compile(r"^Orlov \d")).click()
    opened.press("ss")
    opened.press("1")
    applied = apply_rulings(own, opened.export(tmp_path / "r.json"))
    assert applied.report.diagnostics == ()
    mark(own)
    review(own, page)
    opened.page.reload()
    assert "Orlov" not in opened.page.locator("#part-rules .form bdi").all_inner_texts()
    ruled = opened.page.locator("#part-ruling .card")
    assert ruled.count() == 1
    ruled.locator(".row").click()
    assert "everywhere" in ruled.inner_text()
    # What the edition has, the browser need not keep.
    assert opened.page.locator("#export").is_disabled()
    opened.press("r")
    (one,) = read_rulings(opened.export(tmp_path / "r.json"))
    assert (one.form, one.value, one.entry) == ("Orlov", "", "")
    context.close()


def test_proposed_records_are_only_looked_at(opened: Opened) -> None:
    opened.page.locator("#records").click()
    text = opened.page.locator("#proposed").inner_text()
    assert "psn:orsted" in text
    assert "1911-03-02" in text
    assert "registers/persons.xml" in text
    opened.page.get_by_role("link", name="1911-03-02", exact=True).click()
    assert not opened.page.locator("#proposed").is_visible()


def test_the_ledger_leads_to_the_line(opened: Opened) -> None:
    opened.page.locator("[data-jump=ledger]").click()
    assert "Every character of the source has its account" in opened.page.locator(".ledger").inner_text()
    opened.page.locator(".ledger .accounts button", has_text="48").first.click()
    assert opened.page.locator("#source .line.now").inner_text().strip().endswith("Page 48")


@sizes(PHONE)
def test_on_a_phone_the_dock_rules_on_the_question_that_is_open(opened: Opened) -> None:
    opened.page.locator(".dock").get_by_text("Reject").click()
    assert opened.state("R.") == "✗ rejected"
    opened.page.click(".views [data-view=reading]")
    assert opened.page.locator("#dock-of").inner_text().startswith("the entry for 1 March")
    now = opened.page.locator("#reading .now").first.bounding_box()
    assert 0 < now["y"] < 844


def test_many_entries_have_a_way_to_each(browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "WHOLE", 1)
    monkeypatch.setattr(run, "PART", 1)
    own = edition(tmp_path / "e", (2, 3))
    review(own, tmp_path / "r.html")
    context = browser.new_context(**PHONE)
    visit = Opened(context.new_page(), tmp_path)
    page = visit.open("r.html")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.get_by_label("Find an entry").fill("3 march")
    page.get_by_role("link", name=re.compile("3 March")).click()
    assert page.locator("#title").inner_text() == "3 March"
    assert page.url.endswith("r/002.html#d1911-03-03")
    page.locator("#home").click()
    assert page.url.endswith("r.html")
    assert visit.complaints == []
    context.close()
