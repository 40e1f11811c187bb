"""What a run of capitals is: a person's name, or the name of a place, a street, a ship, an institution."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from pipeline.enrich.persons.naming import Name, assemble, is_patronymic
from pipeline.enrich.persons.runs import Read, Run, title_word
from pipeline.enrich.persons.tokens import Kind, Token
from pipeline.enrich.words import is_cyrillic, world

_ARTICLES: Final = frozenset("the a la le les l’ der die das den dem".split())
_FOREIGN_ARTICLES: Final = frozenset("das die der dem den".split())
_OF: Final = frozenset("of de du des d’ von".split())
_PAPERS: Final = frozenset("papers papiers mss archive archives collection nachlass nachlaß".split())
# Endings of English words that begin a sentence and are derived from others.
# After `&` and `and`: `Tubb & Sons`.
_FIRMS: Final = frozenset("co cie sons son bros brothers söhne fils".split())
_DERIVED: Final = ("ing", "ed", "ly", "tion", "sion", "ness", "ment", "ity", "ance", "ence", "ism", "phy", "ogy", "ers")
# Endings of things in two words with capitals, and of what qualifies them: `Cultural Heritage`.
_THINGS: Final = (
    "tion",
    "sion",
    "ment",
    "ity",
    "ness",
    "ship",
    "ism",
    "ogy",
    "ics",
    "age",
    "als",
    "ings",
    "ers",
    "ions",
)
_ADJECTIVAL: Final = ("al", "ic", "ish", "ian", "ical", "ary", "ive", "ous", "ional")
# Parts after a hyphen that are those of places: `Belle-Île`, `Bourg-en-Bresse`.
_PLACES_PARTS: Final = frozenset("ile iles sur sous les lez en aux bains ville le la on upon under in au super".split())
# Endings of German nouns that are no names.
_NOUNS: Final = tuple(
    "ung ungen heit heiten keit keiten schaft schaften tat taten ion ionen ismus nis nisse nissen tum tumer lichkeit "
    "kunft enz anz ik iken ur uren ling linge lingen glied glieder gliedern innen".split()
)
# Titles that stand after a given name.
_AFTER: Final = frozenset("bey pasha effendi beg paşa efendi aga".split())
# Endings of Russian adjectives: before a noun they are of a place or thing.
_ADJECTIVES: Final = (
    "ского",
    "ской",
    "ском",
    "ских",
    "ский",
    "ская",
    "скую",
    "ских",
    "ого",
    "ому",
    "его",
    "ему",
    "ое",
    "ие",
    "ые",
    "ых",
    "ая",
    "ую",
)


def trimmed(read: Read, run: Run, lowered: frozenset[str]) -> Run | None:
    """Return a run without the words at its head that are no part of a name; None where nothing is left."""
    parts = _without_owned(read, run)
    while len(parts) > 1 and not run.titles and _is_no_part(read, parts, lowered):
        parts.pop(0)
    while len(parts) > 1 and not run.titles and _is_place_at_end(read, parts):
        parts.pop()
        if len(parts) == 1 and read.tokens[parts[0]].key not in world().given:
            return None
    first = run.first if parts[0] == run.parts[0] else parts[0]
    last = run.last if parts[-1] == run.parts[-1] else parts[-1] + 1
    linked = run.linked and len(parts) > 1 and any(two - one > 1 for one, two in pairwise(parts))
    return Run(first, last, run.titles, parts, linked)


def _without_owned(read: Read, run: Run) -> list[int]:
    """Return the parts of a run up to a German genitive: `Wolfs Brief` is a thing of Wolf's."""
    if read.language != "de":
        return list(run.parts)
    for place, (one, two) in enumerate(pairwise(run.parts)):
        owner, owned = read.tokens[one], read.tokens[two]
        if not owner.plain.endswith("s") or len(owner.fold) < 4 or owner.key in world().given:
            continue
        if owned.fold in read.lexicon.owned or owned.fold in read.lexicon.kin or place > 0 or not run.titles:
            return run.parts[: place + 1]
    return list(run.parts)


def _is_no_part(read: Read, parts: list[int], lowered: frozenset[str]) -> bool:
    """Return whether the first word of a run begins the sentence, or is a noun before a name, and no part of it."""
    first, second = read.tokens[parts[0]], read.tokens[parts[1]]
    if first.kind is Kind.INITIAL:
        return False
    lexicon, folded = read.lexicon, first.fold
    if folded in lexicon.functions:
        return True
    given = first.key in world().given
    if read.language == "de" and not given and second.kind is Kind.CAPITAL:
        before = read.token(parts[0] - 1)
        if second.key in world().given:
            return True
        if len(parts) == 2 and second.plain.endswith("s") and len(second.plain) > 4:
            return True
        determined = before is not None and (before.fold in lexicon.articles or before.fold in lexicon.possessives)
        determined = determined or (
            before is not None and before.kind is Kind.LOWER and before.fold.endswith(("er", "en", "es", "e"))
        )
        headed = _heads_a_note(read, parts)
        return (
            determined
            or (first.opens and not headed)
            or folded in lexicon.common
            or folded in lexicon.offices
            or folded in lexicon.kin
        )
    if (
        (folded in world().cities or folded in world().countries)
        and read.word(parts[0] - 1) in lexicon.place_before
        and (second.fold not in world().heads | world().heads_before)
    ):
        return True
    if not first.opens:
        return second.kind is Kind.CAPITAL and folded in lexicon.offices and not given
    if given:
        return False
    if read.language == "ru" and second.kind is Kind.CAPITAL and not _heads_a_note(read, parts):
        return True
    if folded in lexicon.common or folded in lowered or folded in lexicon.before or folded in lexicon.says:
        return True
    return read.language == "en" and len(folded) > 4 and folded.endswith(("ing", "ed", "ly"))


def _heads_a_note(read: Read, parts: list[int]) -> bool:
    """Return whether a run is the first of a note, and a comma or bracket follows: then it is of a life."""
    after = read.token(parts[-1] + 1)
    return parts[0] == 0 and read.passage.note is not None and after is not None and after.plain in ",("


def _is_place_at_end(read: Read, parts: list[int]) -> bool:
    before = read.tokens[parts[-2]]
    fore = before.kind is Kind.INITIAL or before.key in world().given
    return read.tokens[parts[-1]].fold in world().countries and not fore


def is_of_something(read: Read, run: Run) -> bool:
    """Return whether a run is the name of an institution, a place or a ship, or stands in one."""
    parts = [read.tokens[part] for part in run.parts]
    known = world()
    initial = parts[0].kind is Kind.INITIAL
    if len(parts) == 1 and not run.titles and parts[0].fold in known.saints:
        return True
    if len(parts) > 1 and not run.titles:
        heads = known.heads - known.weak_heads
        if any(part.fold in heads for part in parts[1:]):
            return not initial or parts[-1].fold in known.heads
        first = parts[0].fold
        if parts[-1].roman and parts[-2].key not in known.given and parts[-1].plain != "I":
            return True
        if first in known.heads_before or first in known.saints or first in known.orgs:
            return True
        if first in _FOREIGN_ARTICLES and read.language != "de":
            return True
        if first in known.place_first and not (initial or parts[0].key in known.given):
            return True
    elif run.titles and parts[-1].fold in known.heads - known.weak_heads and len(parts) > 1:
        return True
    after = read.token(run.last)
    if after is not None and after.plain in ("’", "'"):
        after = read.token(run.last + 1)
    if parts[-1].owner and after is not None and after.kind is Kind.CAPITAL and after.fold in known.heads:
        return True
    if _is_papers(read, run) or _company(read, run):
        return True
    return not initial and _stands_in_a_name(read, run)


def _is_papers(read: Read, run: Run) -> bool:
    """Return whether a name is that of a collection of papers, in a note: `Pell papers, PELL 3/2`."""
    if read.passage.note is None or read.tokens[run.last - 1].owner:
        return False
    return read.word(run.last) in _PAPERS or read.word(run.first - 1) in _PAPERS


def _company(read: Read, run: Run) -> bool:
    """Return whether a firm's `& Co.` follows."""
    after = read.token(run.last)
    joined = after is not None and (after.plain == "&" or after.fold in ("and", "et", "und"))
    return joined and read.word(run.last + 1) in _FIRMS and read.tokens[run.last + 1].kind is Kind.CAPITAL


def _stands_in_a_name(read: Read, run: Run) -> bool:
    """Return whether the words before a run make it the name of a street, a ship, a saint's church."""
    at = run.first - 1
    known = world()
    before = read.token(at)
    if before is not None and before.plain == "." and read.word(at - 1) in known.saints and not run.titles:
        return True
    if read.word(run.last) in known.streets:
        return True
    if before is not None and before.plain in ("«", "“", "„", "‘", '"'):
        at -= 1
        before = read.token(at)
        return before is not None and before.is_word and before.fold in known.ships
    if before is None or not before.is_word or before.owner:
        return False
    if before.fold in known.saints and not run.titles:
        return True
    if before.fold in known.ships:
        return True
    french = read.language == "fr"
    sure = before.fold in ("mount", "fort", "cape", "lake") and read.language == "en"
    if before.fold in known.heads_before and (not run.titles or french) and (sure or not before.opens):
        return True
    skipped = 0
    while skipped < 3 and (read.word(at) in _ARTICLES or read.word(at) in _OF):
        at -= 1
        skipped += 1
    before = read.token(at)
    if skipped and before is not None and before.kind is Kind.CAPITAL and before.fold in known.works:
        # `a Life of Nelson`
        return True
    if not skipped or run.titles or before is None or not before.is_word or before.owner:
        return False
    # `rue de la Harpe`, `the firm of Bland`, `the battle of Jena`; not `the house of Pell`.
    joined = any(read.word(one) in _OF for one in range(at + 1, run.first))
    if not joined or read.token(run.last - 1) is None:
        return False
    if french:
        return before.fold in known.heads_before
    lower = before.kind is Kind.LOWER or read.language == "de"
    return lower and read.word(run.first - 1) in ("of", "von") and before.fold in known.places_of


def name_of(read: Read, run: Run) -> Name | None:
    """Return the name that a run is; None where it is none, as `Herr Minister`."""
    titles = tuple(title_word(read.tokens[at]) for at in run.titles)
    parts = [read.tokens[at] for at in run.parts]
    keys = tuple(_key(part) for part in parts)
    known = world()
    capital = parts[-1].kind is Kind.CAPITAL
    # `M. Petit` is a French gentleman, `М. Н. Рудин` is not.
    gentleman = not titles and len(parts) > 1 and parts[0].kind is Kind.INITIAL and parts[0].fold in ("m", "г")
    if gentleman and (run.linked or (len(parts) == 2 and capital)):
        titles, keys, parts = ("m",), keys[1:], parts[1:]
    if titles and len(keys) == 1 and _is_title_only(read, parts[0]):
        return None
    if len(parts) == 2 and not titles and parts[-1].fold in _AFTER:
        return Name((parts[-1].fold,), keys[:1])
    if len(parts) > 1 and parts[-1].roman and parts[-1].plain != "I" and parts[-2].key in known.given:
        return Name(titles, (keys[-2], parts[-1].fold))
    if (
        len(keys) == 2
        and run.linked
        and capital
        and not titles
        and read.language == "fr"
        and keys[0] not in known.given
        and parts[0].kind is Kind.CAPITAL
        and read.word(run.parts[0] + 1) != "von"
    ):
        return Name((), (), keys[0], keys[1])
    surname_first = len(keys) > 1 and is_cyrillic(keys[0]) and parts[0].kind is Kind.CAPITAL
    if surname_first and all(part.kind is Kind.INITIAL for part in parts[1:]):
        return Name(titles, keys[1:], keys[0])
    if len(keys) == 2 and parts[0].kind is Kind.CAPITAL and _is_eastern(parts[1]):
        # `Quo Tai-chi`, `Matsudaira Tsuneo`
        return Name(titles, keys[1:], keys[0])
    return assemble(titles, keys)


def _is_eastern(token: Token) -> bool:
    """Return whether a given name is Chinese or Japanese: the family name stands before it."""
    first, hyphen, second = token.plain.partition("-")
    return (bool(hyphen) and second.islower() and first.isalpha()) or token.fold in world().eastern


def _is_title_only(read: Read, token: Token) -> bool:
    """Return whether a title after a title is no name: `Herr Minister`, `Prof. Dr.`; but `Mr Bishop`."""
    strict = token.fold in read.lexicon.titles and token.fold not in read.lexicon.loose_titles
    return token.kind is Kind.CAPITAL and (token.fold in world().never_names or strict)


def _key(token: Token) -> str:
    """Return the key of a part of a name; of initials the letter (`Ya.` is one)."""
    return token.fold[:1] if token.kind is Kind.INITIAL and len(token.fold) <= 2 else token.key


def inner_evidence(read: Read, run: Run, name: Name, lowered: frozenset[str]) -> dict[str, float]:
    """Return what the words of a name say themselves, by kind of evidence."""
    found: dict[str, float] = {}
    parts = [read.tokens[at] for at in run.parts]
    known = world()
    if name.titles:
        loose = name.titles[-1] in read.lexicon.loose_titles
        found["title-like word before" if loose else "title before"] = 1.0
    lead = parts[0]
    initials = [part for part in parts if part.kind is Kind.INITIAL]
    if name.family and name.fore:
        if initials:
            alone = len(initials) == 1 and lead is initials[0] and lead.opens and read.passage.note is None
            single = "initial before a noun" if read.language == "de" else "initial before"
            kind = "initials before" if len(initials) > 1 else single
            found["initial before, at the head" if alone else kind] = 1.0
        elif lead.key in known.given:
            found["doubtful given name before" if lead.key in known.ambiguous else "given name before"] = 1.0
        else:
            found["two names"] = 1.0
    elif name.fore and not name.family and not name.letter:
        if len(name.fore) > 1 and (is_patronymic(name.fore[-1]) or parts[-1].roman):
            found["patronymic"] = 1.0
        elif name.fore[0] in known.given:
            found["doubtful given name" if name.fore[0] in known.ambiguous else "given name"] = 1.0
    if run.linked:
        found["particle of a name"] = 1.0
    if parts[-1].kind is not Kind.INITIAL:
        found.update(_against(read, run, name, lowered))
    return found


def _against(read: Read, run: Run, name: Name, lowered: frozenset[str]) -> dict[str, float]:
    found: dict[str, float] = {}
    known, lexicon = world(), read.lexicon
    last = read.tokens[run.parts[-1]]
    folded = last.fold
    titled = bool(name.titles)
    if len(run.parts) == 1 and not titled:
        if folded in known.countries or folded in known.capitals:
            found["country or river"] = 1.0
        elif folded in known.cities or not _PLACES_PARTS.isdisjoint(folded.split("-")[1:]):
            found["town"] = 1.0
        if folded in known.orgs:
            found["institution"] = 1.0
        elif folded in known.heads:
            # `Field`, `Wood` and `Park` in mid-sentence are as often people.
            found["head of an institution"] = 1.0 if last.opens or folded not in known.weak_heads else 0.1
        if folded in known.months:
            found["calendar"] = 1.0
        if last.roman and len(last.plain) > 1:
            found["number"] = 1.0
        if folded in lexicon.titles:
            found["bare title"] = 1.0
        elif read.language == "de" and (folded in lexicon.kin or folded in lexicon.offices):
            found["bare title"] = 1.5
        if last.opens or read.language not in ("en", "fr", "ru"):
            common = folded in lexicon.common or folded in lexicon.functions or folded in lexicon.offices
            derived = last.opens and read.language == "en" and len(folded) > 5 and folded.endswith(_DERIVED)
            if common or derived or (last.opens and folded in lowered):
                found["common word"] = 1.0
        if folded.endswith(
            ("ian", "ians", "ese", "ish", "ites", "ists", "isms", "ism", "icains", "istes")
        ) and not is_cyrillic(folded):
            found["people's ending"] = 1.0
        if read.language == "de" and folded.endswith(_NOUNS) and len(folded) > 5:
            found["noun's ending"] = 1.0
        if _is_adjective(read, run, last):
            found["adjective before a noun"] = 1.0
    if len(run.parts) > 1 and not titled and name.fore and read.tokens[run.parts[0]].key not in known.given:
        ends = folded.endswith(_THINGS) or read.tokens[run.parts[0]].fold.endswith(_ADJECTIVAL)
        if ends and read.language in ("en", "fr"):
            found["thing's ending"] = 1.0
    place = folded in known.heads or folded in known.cities or folded in known.countries
    if len(run.parts) > 1 and not titled and place:
        fore = read.tokens[run.parts[0]]
        if folded in known.heads or not (fore.key in known.given or fore.kind is Kind.INITIAL):
            found["may be a place"] = 1.0
    headline = len(run.parts) > 1 and not any(read.tokens[at].key in known.given for at in run.parts)
    if last.plain.isupper() and len(last.plain) > 1 and not titled:
        # `GRAND DUKE DECLINED`
        words = all(len(read.tokens[at].plain) > 1 and read.tokens[at].plain.isupper() for at in run.parts)
        if (headline and words) or not (read.shouted or name.fore):
            found["capitals"] = 1.0
    return found


def _is_adjective(read: Read, run: Run, last: Token) -> bool:
    if not is_cyrillic(last.fold) or not last.fold.endswith(_ADJECTIVES):
        return False
    after, lexicon = read.token(run.last), read.lexicon
    return (
        after is not None
        and after.kind is Kind.LOWER
        and read.adjacent(run.last)
        and after.fold
        not in lexicon.says | lexicon.acts | lexicon.aux | lexicon.functions | lexicon.between | lexicon.feels
    )
