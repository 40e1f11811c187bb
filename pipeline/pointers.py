"""Pointers: which addresses an attribute holds, and what a private scheme such as psn: stands for.

Both halves ask here, so that an address means the same to the check, to the website and to the book.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from lxml import etree

from pipeline.tei import T

# What a prefixDef declares: the scheme, the pattern of what follows it, and the address that this stands for.
Prefix = tuple[str, str, str]

# Schemes that every program knows; they are not the edition's own.
PUBLIC: Final = frozenset(
    """
    about ark cid data doi file ftp ftps geo git hdl http https info irc ldap magnet mailto mid news oai orcid
    sftp sip sms ssh tag tel urn view-source ws wss xmpp
    """.split()
)
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):(.*)", re.DOTALL)
_POINTING: Final = re.compile(r"[^#\s]*#[\w.\-]+\(")


def pointers_in(value: str) -> Iterator[str]:
    """Yield the addresses that an attribute holds; white space in the brackets of #match(…) does not part them."""
    held = ""
    for part in value.split():
        held = f"{held} {part}" if held else part
        if _POINTING.match(held) and held.count("(") > held.count(")"):
            continue
        yield held
        held = ""
    if held:
        yield from held.split()


def scheme_of(pointer: str) -> str:
    """Return the scheme of an address in small letters; empty for a path and for #id."""
    hit = _SCHEME.fullmatch(pointer)
    return hit[1].lower() if hit else ""


def prefixes_of(root: etree._Element) -> tuple[Prefix, ...]:
    """Return what the header of a document declares of private schemes, in its order."""
    return tuple(
        (one.get("ident", ""), one.get("matchPattern", ""), one.get("replacementPattern", ""))
        for one in root.iter(f"{T}prefixDef")
    )


def expand(pointer: str, prefixes: Sequence[Prefix]) -> str | None:
    """Return the address that a private one stands for; None if no prefixDef fits it.

    The first prefixDef of the scheme whose pattern fits the whole rest speaks. In its replacement $1, $2 …
    are the groups of the pattern, $0 the whole rest; a group that is not there is nothing.
    """
    hit = _SCHEME.fullmatch(pointer)
    if hit is None:
        return None
    scheme, rest = hit.groups()
    for ident, pattern, replacement in prefixes:
        if ident != scheme:
            continue
        try:
            fits = re.fullmatch(pattern, rest)
        except re.error:
            continue
        if fits:
            return _filled(replacement, (rest, *(group or "" for group in fits.groups())))
    return None


def _filled(replacement: str, groups: tuple[str, ...]) -> str:
    return re.sub(r"\$(\d)", lambda one: "".join(groups[int(one[1]) : int(one[1]) + 1]), replacement)
