"""Say in our words what the schema languages find: what is wrong, what is allowed there, what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

import xmlschema
from lxml import etree
from xmlschema.validators import XsdAttribute, XsdElement

from pipeline.tei import XML_NS, T, local


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of one element, before it is a diagnostic."""

    code: str
    line: int | None
    message: str
    hint: str


# What a parser's words mean; the first pattern that matches speaks.
_MALFORMED: Final = (
    (
        r"mismatch: ([\w:.\-]+) line (\d+) and ([\w:.\-]+)",
        "`{0}`, opened on line {1}, is closed here as `{2}`",
        "close the elements in the opposite order to that in which they were opened",
    ),
    (
        r"Premature end|EndTag: '</' not found|Start tag expected|Document is empty|document is empty",
        "the file ends before its last element is closed, or holds no element",
        "restore the end of the file",
    ),
    (
        r"Entity '(\S+)' not defined",
        "the entity `&{0};` is not declared here",
        "write the character itself; XML knows only &amp; &lt; &gt; &quot; &apos;",
    ),
    (
        r"[Aa]mplification|entity loop|Entity loop|recursion|nodes? depth",
        "its entities or elements grow without end",
        "write the text itself, without entities of your own",
    ),
    (r"xmlParseEntityRef|EntityRef", "an `&` that begins no entity", "write `&amp;`"),
    (
        r"Unescaped '<'|StartTag: invalid element name|Couldn't find end of Start Tag",
        "a `<` that begins no element",
        "write `&lt;` if it is text",
    ),
    (r"Attribute (\S+) redefined", "the attribute `{0}` stands twice on one element", "keep one of them"),
    (r"Extra content", "something follows the end of the document", "a file holds one element, `TEI`"),
    (r"Namespace prefix (\S+)", "the prefix `{0}` is not declared", "declare it with xmlns, or remove it"),
    (r"encod|not proper UTF-8|Invalid bytes", "its bytes are not in the encoding that it declares", "save it as UTF-8"),
    (r"PCDATA invalid Char|xmlParseCharRef", "a control character, which XML does not allow", "remove it"),
)


def malformed(message: str) -> tuple[str, str]:
    """Return what is wrong with a file that is no XML, and what to do."""
    for pattern, words, hint in _MALFORMED:
        if found := re.search(pattern, message):
            return "not well-formed: " + words.format(*found.groups()), hint
    return "not well-formed: an XML parser cannot read it from here on", f"the parser says: {message}"


def shown(name: str | None) -> str:
    """Return an element's or attribute's name as an editor writes it."""
    text = name or "?"
    return text.replace(f"{{{XML_NS}}}", "xml:").rpartition("}")[2]


def _list(names: Iterable[str], limit: int = 14) -> str:
    unique = sorted(set(names), key=str.lower)
    rest = f" and {len(unique) - limit} more" if len(unique) > limit else ""
    return ", ".join(unique[:limit]) + rest


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the known name that was probably meant; empty if none is near."""
    names = list(known)
    same = [other for other in names if other.lower() == name.lower()]
    return next(iter(same or get_close_matches(name, names, 1, 0.7)), "")


# What the values of a datatype look like: by the name of its definition in the schema, then of its W3C type.
_EXPECTED: Final = {
    "when": "a date such as 1934-12-13, 1934-12 or 1934",
    "pointer": "an address such as #ed or psn:orlov, without spaces",
    "pointers": "addresses such as #ed or psn:orlov, separated by spaces",
    "word": "one word of letters, digits, full stops, hyphens",
    "words": "words of letters, digits, full stops, hyphens",
    "NCName": "a name that begins with a letter and holds no space or colon",
    "language": "a language tag such as en or zh-Hant",
    "count": "a whole number",
    "number": "a number",
    "length": "a length such as 600px or 50%",
}


def expected(attribute: XsdAttribute) -> str:
    """Return what an attribute may hold."""
    kind: Any = attribute.type
    values = kind.enumeration
    if values:
        return "one of " + ", ".join(str(value) for value in values)
    name = shown(kind.name)
    if name in _EXPECTED:
        return _EXPECTED[name]
    members = [shown(member.name) for member in getattr(kind, "member_types", None) or ()]
    if {"date", "when"} & set(members):
        return _EXPECTED["when"]
    return f"what the type {name} allows" if kind.name else "a value"


def _attributes(element: etree._Element, declared: XsdElement) -> Iterator[Finding]:
    name, line = local(element), element.sourceline
    known = {key: one for key, one in declared.attributes.items() if key and isinstance(one, XsdAttribute)}
    for key, value in element.attrib.items():
        attribute = known.get(str(key))
        if attribute is None:
            near = nearest(shown(str(key)), [shown(other) for other in known])
            meant = f"; did you mean `{near}`?" if near else ""
            yield Finding(
                "V-005",
                line,
                f"`{name}` has no attribute `{shown(str(key))}`{meant}",
                f"`{name}` may have: {_list(shown(other) for other in known)}",
            )
        elif attribute.type is not None and not attribute.type.is_valid(str(value)):
            yield Finding(
                "V-006",
                line,
                f"attribute `{shown(str(key))}` of `{name}` has `{value}`, expected {expected(attribute)}",
                "correct the value",
            )
    for key, attribute in known.items():
        if attribute.use == "required" and key not in element.attrib:
            yield Finding(
                "V-007",
                line,
                f"`{name}` lacks the attribute `{shown(key)}`",
                f"give `{shown(key)}`: {expected(attribute)}",
            )


def conditions(root: etree._Element) -> Iterator[Finding]:
    """Yield what the RELAX NG of an edition asks for and XSD cannot say."""
    for note in root.iter(f"{T}note"):
        if note.get("type") != "commentary":
            continue
        if any((text or "").strip() for text in (note.text, *(child.tail for child in note))):
            yield Finding(
                "V-009",
                note.sourceline,
                "`note` of type commentary may not hold text directly; it holds p",
                "put the text into a `p`",
            )
        for child in note:
            if local(child) and local(child) not in COMMENTARY:
                yield Finding(
                    "V-004",
                    child.sourceline,
                    f"`{local(child)}` is not allowed directly in `note` of type commentary",
                    "put it into a `p` of the commentary",
                )
        if not len(note):
            yield Finding("V-008", note.sourceline, "`note` of type commentary is empty; it holds p", "give it a `p`")
        if note.get("place", "inline") != "inline":
            yield Finding(
                "V-006",
                note.sourceline,
                f"attribute `place` of `note` has `{note.get('place')}`, expected inline for a commentary",
                'write place="inline"',
            )
    for element in root.iter(f"{T}*"):
        if "when" in element.attrib and {"from", "to", "notBefore", "notAfter"} & {*element.attrib}:
            yield Finding(
                "V-005",
                element.sourceline,
                f"`{local(element)}` has `when` together with a period",
                "give either `when`, or from, to, notBefore and notAfter",
            )


COMMENTARY: Final = frozenset("p lg list sp quote table pb lb milestone anchor note gap space figure".split())


def explain(root: etree._Element, schema: xmlschema.XMLSchema) -> tuple[Finding, ...]:
    """Return every fault that the XSD sees, in our words."""
    found: dict[Finding, None] = {}
    # xmlschema takes an lxml tree, and then knows the source lines; its hints do not say so.
    document: Any = root
    for error in schema.iter_errors(document):
        element = error.elem if isinstance(error.elem, etree._Element) else root
        declared = declaration(element, schema)
        name = local(element)
        if isinstance(error, xmlschema.XMLSchemaChildrenValidationError):
            found[_child(error, element, declared)] = None
            continue
        attributes = tuple(_attributes(element, declared)) if declared is not None else ()
        reason = error.reason or ""
        if "character data" in reason or ("text" in reason.lower() and "element-only" in reason):
            finding = Finding(
                "V-009",
                element.sourceline,
                f"`{name}` may not hold text directly here"
                + (f"; it holds {_children(declared)}" if declared is not None else ""),
                "put the text into one of these",
            )
            found[finding] = None
        elif attributes:
            found.update(dict.fromkeys(attributes))
        elif "not an element of the schema" in reason or "is not an element" in reason:
            found[
                Finding(
                    "V-004",
                    element.sourceline,
                    f"`{name}` cannot be the whole of a file, or is not of TEI",
                    "a file holds `TEI` or `teiCorpus` in the namespace http://www.tei-c.org/ns/1.0",
                )
            ] = None
        else:
            found[
                Finding(
                    "V-010",
                    element.sourceline,
                    f"`{name}` does not hold what is expected there",
                    reason.partition("\n")[0],
                )
            ] = None
    return tuple(found)


def declaration(element: etree._Element, schema: xmlschema.XMLSchema) -> XsdElement | None:
    """Return the declaration that an element has where it stands; None if it may not stand there."""
    parent = element.getparent()
    if parent is None:
        return schema.maps.elements.get(str(element.tag))
    above = declaration(parent, schema)
    known = _particles(above) if above is not None else []
    return next((one for one in known if one.name == element.tag), None)


def _particles(declared: XsdElement) -> list[XsdElement]:
    kind: Any = declared.type
    content: Any = getattr(kind, "content", None)
    found = content.iter_elements() if hasattr(content, "iter_elements") else ()
    return _concrete(one for one in found if isinstance(one, XsdElement))


def _concrete(declared: Iterable[XsdElement]) -> list[XsdElement]:
    """Return the elements themselves for the abstract ones, by which the XSD calls a class of elements."""
    found: dict[XsdElement, None] = {}
    for one in declared:
        found.update(dict.fromkeys(other for other in (one, *one.iter_substitutes()) if not other.abstract))
    return list(found)


def _children(declared: XsdElement) -> str:
    return _list((shown(one.name) for one in _particles(declared)), 6) or "nothing"


def _child(
    error: xmlschema.XMLSchemaChildrenValidationError, element: etree._Element, declared: XsdElement | None
) -> Finding:
    name, line = local(element), element.sourceline
    names = [shown(one.name) for one in _concrete(one for one in error.expected or () if isinstance(one, XsdElement))]
    allowed = f"here `{name}` takes: {_list(names)}" if names else f"`{name}` takes nothing more here"
    child: Any = error.invalid_child
    if child is None:
        return Finding("V-008", line, f"`{name}` is not complete; {_list(names, 6) or 'something'} is missing", allowed)
    wrong = local(child)
    known = [shown(one.name) for one in _particles(declared)] if declared is not None else names
    if wrong not in known and not names:
        allowed = f"`{name}` takes: {_list(known)}"
    near = "" if wrong in known else nearest(wrong, known)
    place = "out of place in" if wrong in known else "not allowed in"
    meant = f"; did you mean `{near}`?" if near else ""
    return Finding("V-004", child.sourceline, f"`{wrong}` is {place} `{name}`{meant}", allowed)
