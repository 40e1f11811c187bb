"""The page: one file that asks no network, in which no text of a source is ever markup; many entries make many."""

from __future__ import annotations

import json
import re
import shutil
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest

from pipeline.review import edition as run
from pipeline.review.edition import review
from tests.review.making import HOSTILE, edition

SCRIPT = re.compile(r"<script([^>]*)>(.*?)</script>", re.DOTALL)


def page(tmp_path: Path, days: tuple[int, ...] = (2,)) -> tuple[str, Path]:
    made = edition(tmp_path / "e", days)
    done = review(made, made.root / "build" / "review.html")
    assert done.report.diagnostics == ()
    assert done.report.written == (str(done.page),)
    return done.page.read_text(encoding="utf-8"), done.page


def test_the_page_asks_for_nothing(tmp_path: Path) -> None:
    html, _ = page(tmp_path)
    assert re.findall(r"<(?:link|img|iframe|object|embed|base|form action)\b", html) == []
    assert re.findall(r"\b(?:src|srcset|action)=", re.sub(SCRIPT, "", html)) == []
    assert "@import" not in html
    assert "url(" not in html


def test_the_policy_lets_the_pages_own_style_and_script_run_and_nothing_else(tmp_path: Path) -> None:
    html, _ = page(tmp_path)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)[1]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy

    def digest(text: str) -> str:
        return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"

    (run_,) = (text for attributes, text in SCRIPT.findall(html) if not attributes)
    assert f"script-src {digest(run_)};" in policy
    assert f"style-src {digest(re.search(r'<style>(.*?)</style>', html, re.DOTALL)[1])};" in policy
    assert re.findall(r"<[^>]+\son\w+=", re.sub(SCRIPT, "", html)) == []
    assert re.findall(r"<[^>]+\sstyle=", re.sub(SCRIPT, "", html)) == []


def test_no_text_of_a_source_becomes_markup(tmp_path: Path) -> None:
    html, _ = page(tmp_path)
    assert HOSTILE not in html
    assert "taken'</script>" not in html
    data = [text for attributes, text in SCRIPT.findall(html) if "application/json" in attributes]
    assert len(data) == 2
    for text in data:
        assert not set("<>&\u2028\u2029") & set(text)
    entry = json.loads(data[1])
    assert any("<script>document.title = 'taken'</script>" in item["t"] for item in entry["items"])


def test_a_title_and_an_id_cannot_break_out(tmp_path: Path) -> None:
    made = edition(tmp_path / "e")
    toml = made.root / "edition.toml"
    toml.write_text(toml.read_text().replace("Harbour Diary", "</title><script>alert(1)</script>"))
    from pipeline import config

    html = review(config.load(made.root), tmp_path / "r.html").page.read_text(encoding="utf-8")
    assert "<script>alert" not in html


def test_the_same_edition_gives_the_same_bytes(tmp_path: Path) -> None:
    made = edition(tmp_path / "e", (2, 3))
    first = review(made, tmp_path / "a.html").page.read_bytes()
    assert review(made, tmp_path / "b.html", jobs=2).page.read_bytes() == first


def test_entries_with_more_open_questions_come_first(tmp_path: Path) -> None:
    made = edition(tmp_path / "e", (2, 3))
    path = made.text / "d1911-03-02.xml"
    path.write_text(re.sub(r"<time [^>]*>(.*?)</time>", r"\1", path.read_text()))
    html = review(made, tmp_path / "r.html").page.read_text(encoding="utf-8")
    assert re.findall(r'data-id="([^"]*)"', html) == ["d1911-03-03", "d1911-03-02"]


def test_only_some_entries(tmp_path: Path) -> None:
    made = edition(tmp_path / "e", (2, 3))
    done = review(made, tmp_path / "r.html", ("d1911-03-03", "d1999-01-01"))
    assert re.findall(r'data-id="([^"]*)"', done.page.read_text(encoding="utf-8")) == ["d1911-03-03"]
    assert [one.code for one in done.report.diagnostics] == ["E-084"]


def test_an_edition_without_entries_is_told(tmp_path: Path) -> None:
    made = edition(tmp_path / "e")
    shutil.rmtree(made.text)
    done = review(made, tmp_path / "r.html")
    assert [one.code for one in done.report.diagnostics] == ["E-084"]
    assert not (tmp_path / "r.html").exists()


@pytest.mark.parametrize("data", [b"<TEI", b"", b"\xff\xfe", b'<p xmlns="http://www.tei-c.org/ns/1.0"/>'])
def test_an_entry_that_cannot_be_read_leaves_the_others(tmp_path: Path, data: bytes) -> None:
    made = edition(tmp_path / "e", (2, 3))
    (made.text / "d1911-03-03.xml").write_bytes(data)
    done = review(made, tmp_path / "r.html")
    assert [one.code for one in done.report.diagnostics] == ["E-089"]
    assert re.findall(r'data-id="([^"]*)"', done.page.read_text(encoding="utf-8")) == ["d1911-03-02"]


def test_broken_rulings_and_registers_are_told(tmp_path: Path) -> None:
    made = edition(tmp_path / "e")
    (made.root / "registers" / "rulings.json").write_text("{")
    (made.root / "registers" / "persons.xml").write_text("<TEI")
    done = review(made, tmp_path / "r.html")
    assert sorted(one.code for one in done.report.diagnostics) == ["E-080", "E-081"]
    assert done.report.written


def test_many_entries_make_an_index_and_pages_of_some(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "WHOLE", 3)
    monkeypatch.setattr(run, "PART", 2)
    made = edition(tmp_path / "e", range(2, 7))
    stale = tmp_path / "r" / "009.html"
    stale.parent.mkdir()
    stale.write_text("of a review before")
    done = review(made, tmp_path / "r.html")
    names = [Path(path).relative_to(tmp_path).as_posix() for path in done.report.written]
    assert names == ["r.html", "r/001.html", "r/002.html", "r/003.html"]
    assert not stale.exists()
    assert done.entries == 5
    index = json.loads(SCRIPT.findall((tmp_path / "r.html").read_text(encoding="utf-8"))[0][1])
    assert [row[-1] for row in index["rows"]] == [1, 1, 2, 2, 3]
    last = (tmp_path / "r" / "003.html").read_text(encoding="utf-8")
    assert len(re.findall(r"data-id=", last)) == 1
    assert '"home":"../r.html"' in last


def test_of_many_records_a_page_holds_those_that_it_uses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.review import registers

    monkeypatch.setattr(registers, "MOST", 2)
    made = edition(tmp_path / "e")
    html = review(made, tmp_path / "r.html").page.read_text(encoding="utf-8")
    about = json.loads(SCRIPT.findall(html)[0][1])
    assert sorted(about["records"]) == ["psn:orlov", "psn:orlov-ivan", "psn:roux"]
    assert about["proposals"]["all"] == 1
