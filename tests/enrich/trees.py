"""TEI for the tests of enrichment: small documents, and hypothesis strategies for trees that cut through names."""

from __future__ import annotations

from hypothesis import strategies as st
from lxml import etree

from pipeline.passage import Passage, passages
from pipeline.tei import TEI_NS, parse

_HEADER = """<teiHeader><fileDesc><titleStmt><title>2 March</title><author>Hale, Edith (Moor)</author>\
<editor xml:id="ed">B. Editor</editor></titleStmt><publicationStmt><p>Unpublished.</p></publicationStmt>\
<sourceDesc><p>None.</p></sourceDesc></fileDesc><profileDesc><creation><date when="1911-03-02"/></creation>\
</profileDesc></teiHeader>"""


def document(body: str, language: str = "en", id_: str = "d1911-03-02") -> etree._Element:
    """Return a TEI with this body (paragraphs with their own markup, in TEI's namespace)."""
    return parse(
        f'<TEI xmlns="{TEI_NS}" xml:id="{id_}" xml:lang="{language}">{_HEADER}<text><body>'
        f'<div type="entry" xml:lang="{language}">{body}</div></body></text></TEI>'.encode()
    )


def passage(text: str, language: str = "en") -> Passage:
    """Return the passage of one paragraph with this content."""
    return next(iter(passages(document(f'<p xml:id="en.1">{text}</p>', language))))


def in_words(root: etree._Element, name: str) -> list[str]:
    """Return the texts of the elements of a name, in order."""
    return ["".join(map(str, one.itertext())) for one in root.iter(f"{{{TEI_NS}}}{name}")]


_WORDS = st.sampled_from(
    [
        "Orlov", "M.", "[Hale]", "A[nglo]", "the", "on", "3", "May", "1911", "‘so’", "V.", "said", "“quiet",
        "quiet”", "p. 48", "See", "Lady Moor", "12 March", "in", "Trieste", "DVP, 1934, XVII,", "doc. 4;", "ibid.",
        "–", "’s", "…", "f.12 op.3 d.4 l.5", "и", "Орлов", "5 мая", "General Roux", "the Moors", "(London, 1931)",
        "I:", "9 a.m.", "&amp;",
    ]
)  # fmt: skip
_TEXT = st.lists(st.one_of(_WORDS, st.sampled_from([" ", ", ", ". ", "", "\n  "])), max_size=8).map("".join)
_EMPTY = st.sampled_from(
    ['<pb n="48"/>', '<pb n="49" break="no"/>', "<lb/>", '<milestone unit="section" n="*"/>', "<!-- c -->", "<?pi x?>"]
)


def _wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    tags = ["hi", "persName", "date", "q", "supplied", "seg", "foreign", "bibl", "rs", "emph"]
    return st.builds(lambda tag, text: f"<{tag}>{text}</{tag}>", st.sampled_from(tags), inner)


def _noted(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return inner.map(lambda text: f'<note type="editorial" place="end">{text}</note>')


CONTENT = st.recursive(
    st.one_of(_TEXT, _EMPTY),
    lambda inner: st.one_of(
        _wrapped(inner),
        _noted(inner),
        st.lists(inner, min_size=2, max_size=4).map("".join),
        st.builds("{}{}".format, inner, inner),
    ),
    max_leaves=12,
)
_BLOCK = st.one_of(
    CONTENT.map(lambda text: f"<p>{text}</p>"),
    CONTENT.map(lambda text: f"<sp><speaker>V.:</speaker><p>{text}</p></sp>"),
    CONTENT.map(lambda text: f'<note type="commentary" place="inline"><p>[{text}</p><p>{text}]</p></note>'),
)


@st.composite
def trees(draw: st.DrawFn) -> etree._Element:
    """Return documents with notes, page breaks and markup that cut through names, dates and citations."""
    blocks = draw(st.lists(_BLOCK, min_size=1, max_size=4))
    return document("".join(blocks), draw(st.sampled_from(["en", "de", "fr", "ru"])))
