"""Which language a text is in, told by script and by its commonest words; `und` where they do not tell."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import Final

_WORDS: Final = {
    "en": "the of and to in that was he it his is with as for had you not be at on she her by which",
    "de": "der die und das den nicht von sie ist des sich mit dem dass er es ein ich auf so eine auch als an",
    "fr": "le la les et des est dans que il une pour qui pas au je ce sur avec elle du ne se par plus",
    "es": "el los que las del una por con para como más pero sus este está muy también hasta hay donde",
    "it": "il che di per non una sono della con del gli nella alla più anche come questo delle dei ha",
    "pl": "nie się na że jest do jak ale tak za przez już był tylko jego czy dla są od być",
    "nl": "de het een van en niet dat zijn op aan met voor maar naar heeft ook nog bij werd wordt",
    "la": "et non est cum sed quod esse ad ut qui enim aut atque eius quae sunt nec quam",
    "ru": "и в не на что я с он как это по но за его мы от из был все так к у же",
    "uk": "і в не на що я з він як це та до але за його ми від із був так у й є які",
    "bg": "и в не на че аз с той като това да но за го ние от из беше се така са ще",
}
_COMMON: Final = {language: frozenset(words.split()) for language, words in _WORDS.items()}
# Scripts that one language of editions mostly uses.
_SCRIPTS: Final = {
    "HEBREW": "he",
    "ARABIC": "ar",
    "GREEK": "el",
    "ARMENIAN": "hy",
    "GEORGIAN": "ka",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "zh",
    "DEVANAGARI": "hi",
    "THAI": "th",
}
# Letters that tell the languages of one script apart, the more particular first.
_LETTERS: Final = {
    "ARABIC": (("ur", "ٹڈڑںے"), ("fa", "پچژگ\u06cc\u06a9")),
    "HEBREW": (("yi", "\u05f0\u05f1\u05f2"),),
}


def language_of(text: str) -> str:
    """Return the language tag (BCP 47) that the text's words or script tell, else `und`."""
    sample = text[:20_000]
    scripts = Counter(unicodedata.name(letter, "?").split(" ", 1)[0] for letter in sample if letter.isalpha())
    if not scripts:
        return "und"
    script = scripts.most_common(1)[0][0]
    if script in ("LATIN", "CYRILLIC"):
        words = Counter(re.findall(r"\w+", sample.lower()))
        known = {language: sum(words[word] for word in common) for language, common in _COMMON.items()}
        best = max(known, key=lambda language: known[language])
        return best if known[best] * 20 >= words.total() or known[best] >= 3 else "und"
    if scripts["HIRAGANA"]:
        return "ja"
    for language, letters in _LETTERS.get(script, ()):
        if any(letter in letters for letter in sample):
            return language
    return _SCRIPTS.get(script, "und")
