"""Entries of any arrangement, for hypothesis: invented sentences, notes, pages, speeches, commentary, any text."""

from __future__ import annotations

from hypothesis import strategies as st

# Half sentences on their own make every place a break in mid-sentence may fall.
_TEXT = (
    "The tide was out when I woke.",
    "We rowed to the bar and found the",
    "harbour-master asleep in his boat.",
    "He said: nothing can be done about the light-",
    "house before spring, and the lighthouse agreed.",
    "I have never shared Harkness’s",
    "Law of the Third Wave (it nearly drowned me",
    ") but nobody asked.",
    "“There is no mole,” I said,",
    "[Penhallow] came at 5 with 32 men and 7km of rope.",
    "(2) There is no money.",
    "Dear Edda,",
    "what it cost 31nobody knows, perhaps 48 pounds",
    "a no-break\u00a0space,  two spaces and a\ttab",
)
_NOTES = (
    "Josiah Penhallow, buoy-keeper of the estuary, 1871–1909.",
    "TH f.14 op.2 d.11 ll.3–9; Bolitho, Lights of the Estuary, p. 88.",
    "See above, entry of 1 March 1911.",
    "Marlowe’s letter to the board, which is not preserved, was read on 9 Mar. 1911.",
    "The chart of 1909 showed the sunken mole, and the",
)
_COMMENTARY = (
    "[Marlowe’s quarrel with the board lasted from 1909 to 1921.",
    "[Marlowe never sent the letter; she had mistaken the minister for his brother.]",
    "It stands to this day, a mile from the water.]",
    "]",
    "[",
)
_SPEECHES = (
    "I: Which spring?",
    "P.: The one that the budget allows, and the",
    "Chairman: What did you hear?",
    "P. : No.",
)
_ORNAMENTS = ("***", "* * *", "*", "  ***  ")
_PAGES = st.one_of(
    st.integers(28, 50).map(lambda n: f"Page {n}"),
    st.integers(1, 9999).map(lambda n: f"  Page {n} "),
    st.sampled_from(["Page xiv", "Page v", "Page 388", "Page 0"]),
)
_BLANK = st.sampled_from(["", "   ", "\u00a0", "\t"])

LINE = st.one_of(
    st.sampled_from(_TEXT),
    st.sampled_from(_TEXT),
    st.sampled_from(_NOTES),
    st.sampled_from(_COMMENTARY),
    st.sampled_from(_SPEECHES),
    st.sampled_from(_ORNAMENTS),
    _PAGES,
    _BLANK,
)
ARRANGEMENT = st.lists(LINE, min_size=1, max_size=25)

# What XML can hold and no line end: letters, marks, symbols, spaces, private and unassigned code points.
_ANY = st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff")
_HOSTILE = st.sampled_from(
    ("<script>", "</p>", "&", "&amp;", "]]>", "<!--", "-->", "<?", "#eval", "$x$", "\\", "[", "]", "(", ")", "’", "”")
)
_ODD = st.sampled_from(
    ("I: ", "P.S.: ", "31", " 32 ", "-", "\u00ad", "\u202e", "\u2067", "\u200f", "\u0301", "\u2028", "\ufeff", "\u00a0")
)
ANY_LINE = st.lists(st.one_of(_HOSTILE, _ODD, st.text(_ANY, max_size=12)), max_size=8).map("".join)
ANYTHING = st.lists(st.one_of(ANY_LINE, ANY_LINE, LINE), min_size=1, max_size=12)
