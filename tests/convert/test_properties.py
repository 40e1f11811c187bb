"""What holds for every entry, whatever its lines are: no character is lost, added or moved, and nothing is random."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator

from hypothesis import assume, given
from hypothesis import strategies as st
from lxml import etree

from pipeline.tei import XML_ID, parse, serialise, text_of
from tests.capture import compose
from tests.convert.arrangements import ANYTHING, ARRANGEMENT
from tests.convert.making import Made, make, try_to_make

_PAGE_LINE = re.compile(r"^\s*Page (\d{1,4}|[ivxlcdm]{1,8})\s*$")
_TITLE = "2 March"


def source_stream(lines: list[str]) -> str:
    """Return what of a pane must be in the TEI, in order: all but white space and the word of a page line."""
    bare = (found.group(1) if (found := _PAGE_LINE.match(line)) else line for line in lines)
    return "".join("".join(bare).split())


def _characters(element: etree._Element, inferred: etree._Element | None) -> Iterator[str]:
    name = etree.QName(element).localname
    if name in ("pb", "milestone") and element is not inferred:
        yield element.get("n", "")
    yield element.text or ""
    for child in element:
        yield from _characters(child, inferred)
        yield child.tail or ""


def tei_stream(root: etree._Element) -> str:
    """Return all text of the first side, with page numbers and ornaments where they stand, without white space."""
    div = next(one for one in root.iter("{*}div"))
    first = div[0] if len(div) else None
    # A page before the first is inferred, it is not in the source.
    inferred = first if first is not None and first.tag.endswith("pb") and first.get("cert") == "medium" else None
    return "".join("".join(_characters(div, inferred)).split())


def made_of(lines: list[str]) -> Made:
    made = try_to_make(compose(_TITLE, "1911 Mar 2", [_TITLE, *lines]))
    assume(isinstance(made, Made))  # page lines only, or nothing: no entry, which other tests see to
    assert isinstance(made, Made)
    return made


@given(ARRANGEMENT)
def test_the_tei_has_the_characters_of_the_source_for_any_arrangement(lines: list[str]) -> None:
    made = made_of(lines)
    assert tei_stream(made.root) == source_stream([_TITLE, *lines])
    assert made.conversion.accounted == made.conversion.characters


@given(ANYTHING)
def test_the_tei_has_the_characters_of_the_source_for_any_text(lines: list[str]) -> None:
    made = made_of(lines)
    assert tei_stream(made.root) == source_stream([_TITLE, *lines])


@given(ANYTHING, ANYTHING)
def test_two_sides_keep_their_text_apart(lines: list[str], others: list[str]) -> None:
    made = try_to_make(compose(_TITLE, "1911 Mar 2", [_TITLE, *lines], ["2. März", *others]))
    assume(isinstance(made, Made))
    assert isinstance(made, Made)
    divs = list(made.root.iter("{*}div"))
    assert [div.get("subtype") for div in divs] == ["translation", "transcription"]
    assert tei_stream(divs[0]) == source_stream([_TITLE, *lines])
    assert tei_stream(divs[1]) == source_stream(["2. März", *others])


@given(ANYTHING)
def test_ids_are_unique_and_every_pointer_has_its_target(lines: list[str]) -> None:
    root = made_of(lines).root
    ids = [one.get(XML_ID) for one in root.iter("{*}*") if one.get(XML_ID)]
    assert len(ids) == len(set(ids))
    for name in ("target", "corresp", "resp", "edRef", "who", "facs"):
        pointers = [one.get(name, "") for one in root.iter("{*}*") if one.get(name, "").startswith("#")]
        missing = {pointer for pointer in pointers if pointer[1:] not in ids}
        assert not missing


@given(ARRANGEMENT)
def test_the_same_source_gives_the_same_bytes(lines: list[str]) -> None:
    assert made_of(lines).document == made_of(lines).document


@given(ANYTHING)
def test_writing_and_reading_again_changes_nothing(lines: list[str]) -> None:
    written = made_of(lines).document
    again = serialise(parse(written))
    assert again == written
    assert text_of(parse(again)) == text_of(parse(written))


_SPACES = st.sampled_from(["", " ", "\n  ", "a", " b\n", "\u00a0", "x y "])
_INLINE = st.recursive(
    st.tuples(st.sampled_from(["pb", "lb", "anchor"]), st.just(()), st.just("")),
    lambda inside: st.tuples(
        st.sampled_from(["hi", "choice", "abbr", "note", "persName", "q"]), st.lists(inside, max_size=3), _SPACES
    ),
    max_leaves=8,
)
_BLOCK = st.tuples(st.sampled_from(["p", "l", "head", "item", "speaker"]), st.lists(_INLINE, max_size=4), _SPACES)
_TREE = st.recursive(
    _BLOCK,
    lambda inside: st.tuples(
        st.sampled_from(["div", "sp", "lg", "list", "note"]), st.lists(st.one_of(inside, _BLOCK), max_size=4), _SPACES
    ),
    max_leaves=8,
)


def _grow(tree: tuple[str, list[object], str]) -> etree._Element:
    name, children, text = tree
    element = etree.Element(f"{{http://www.tei-c.org/ns/1.0}}{name}")
    element.text = text
    for child in children:
        grown = _grow(child)  # type: ignore[arg-type]
        grown.tail = text[::-1]
        element.append(grown)
    return element


@given(_TREE)
def test_laying_a_document_out_keeps_its_text(tree: tuple[str, list[object], str]) -> None:
    root = _grow(tree)
    before = text_of(root)
    written = serialise(root)
    assert text_of(parse(written)) == before
    assert serialise(parse(written)) == written


def test_the_bytes_do_not_depend_on_the_process() -> None:
    lines = [
        _TITLE,
        "We met",
        "Josiah Penhallow, buoy-keeper, 1871–1909.",
        "on the stairs.",
        "I: Ah.",
        "Page 31",
        "P.: Oh.",
    ]
    program = (
        "import sys\nfrom tests.convert.making import make\n"
        "sys.stdout.buffer.write(make(sys.stdin.buffer.read().decode()).document)"
    )
    text = compose(_TITLE, "1911 Mar 2", lines, ["2 марта", "Мы встретились.", "на лестнице"])
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            input=text.encode(),
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C", "TZ": zone},
        ).stdout
        for seed, zone in (("0", "UTC"), ("1", "Asia/Tokyo"), ("4711", "America/Lima"))
    }
    assert outputs == {make(text).document}
