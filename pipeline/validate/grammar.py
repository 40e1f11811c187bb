"""Validate TEI against a schema: RELAX NG gives the verdict, XSD explains it, both in our words.

A schema is loaded once per process; the XSD only when a file fails or when both are asked for.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import xmlschema
from lxml import etree

from pipeline.diagnostics import Diagnostic, diagnostic
from pipeline.documents import unreadable
from pipeline.resources import resource
from pipeline.tei import TEI_NS, XI_NS, NotTEI, T, local, parse
from pipeline.validate.messages import Finding, conditions, explain, malformed

TEI_ALL_VARIABLE: Final = "TEIPRESS_TEI_ALL"
# libxml2 takes time exponential in the attributes of one element; more than these are refused unread.
MAX_ATTRIBUTES: Final = 10
_IDS: Final = etree.XPath("//@xml:id")
_CROWDED: Final = etree.XPath(f"//*[count(@*) > {MAX_ATTRIBUTES}]")
_NCNAME: Final = re.compile(r"[^\W\d][\w.\-·]*")
# What stands for an included entry under a schema that does not know xi:include.
_STUB: Final = (
    f'<TEI xmlns="{TEI_NS}" xml:id="{{id}}"><teiHeader><fileDesc><titleStmt><title>t</title></titleStmt>'
    "<publicationStmt><p>p</p></publicationStmt><sourceDesc><p>p</p></sourceDesc></fileDesc></teiHeader>"
    '<text><body><div type="entry" subtype="translation" xml:id="{id}.d" xml:lang="en"><p>p</p></div></body></text>'
    "</TEI>"
)


class SchemaError(Exception):
    """A schema cannot be used; `found` says why and what to do."""

    def __init__(self, found: Diagnostic) -> None:
        super().__init__(str(found))
        self.found = found


@dataclass(frozen=True)
class Schema:
    """A compiled schema. path is its RELAX NG or XSD; xsd is the XSD that explains, if there is one."""

    name: str
    path: Path
    verdict: etree.RelaxNG | etree.XMLSchema
    xsd: Path | None

    @property
    def edition(self) -> bool:
        """Return whether it is the schema of an edition, which knows xi:include and the conditions."""
        return self.name == "edition"


@cache
def explainer(path: Path) -> xmlschema.XMLSchema:
    """Return an XSD as xmlschema reads it; takes a third of a second, so once per process."""
    return xmlschema.XMLSchema(str(path), allow="local", defuse="always")


@cache
def _compiled(path: Path) -> etree.RelaxNG | etree.XMLSchema:
    parser = etree.XMLParser(no_network=True, resolve_entities=False)
    document = etree.parse(str(path), parser)
    return etree.XMLSchema(document) if path.suffix == ".xsd" else etree.RelaxNG(document)


def _located(choice: str) -> Path:
    if choice == "edition":
        return resource("schema") / "edition.rng"
    if choice == "tei-all":
        named = os.environ.get(TEI_ALL_VARIABLE)
        path = Path(named) if named else resource("schema") / "tei_all.rng"
        if not path.is_file():
            hint = f"get tei_all.rng from https://tei-c.org/release/xml/tei/ and set {TEI_ALL_VARIABLE} to its path"
            raise SchemaError(diagnostic("V-020", str(path), None, "there is no tei_all.rng here", hint))
        return path
    path = Path(choice)
    if path.suffix not in (".rng", ".xsd"):
        hint = "give edition, tei-all, or the path of a .rng or .xsd file"
        raise SchemaError(diagnostic("V-020", choice, None, "this is no schema that can be used", hint))
    if not path.is_file():
        raise SchemaError(diagnostic("V-020", choice, None, "there is no such schema", "check the path"))
    return path


def load(choice: str = "edition") -> Schema:
    """Return the schema: `edition`, `tei-all`, or the path of a RELAX NG (.rng) or XSD (.xsd) file.

    tei-all is the file that TEIPRESS_TEI_ALL names, else schema/tei_all.rng. An XSD of the same name beside a
    RELAX NG explains its verdicts.

    Raises:
        SchemaError: there is no such schema, or it cannot be compiled.
    """
    path = _located(choice)
    try:
        verdict = _compiled(path.resolve())
    except (etree.LxmlError, OSError) as error:
        message = "this schema cannot be compiled"
        raise SchemaError(diagnostic("V-021", str(path), None, message, f"its fault: {error}")) from error
    beside = path.with_suffix(".xsd")
    return Schema(choice, path, verdict, beside if beside.is_file() else None)


def _ids(root: etree._Element, name: str) -> list[Diagnostic]:
    values = _IDS(root)
    counts = Counter(str(value) for value in values)
    first: dict[str, int] = {}
    found = []
    for value in values:
        text, line = str(value), value.getparent().sourceline
        if not _NCNAME.fullmatch(text):
            hint = "begin with a letter; letters, digits, full stops, hyphens and underscores may follow"
            found.append(diagnostic("V-003", name, line, f"xml:id `{text}` is not a name", hint))
        if counts[text] > 1 and text in first:
            message = f"xml:id `{text}` is used before, on line {first[text]}"
            found.append(diagnostic("V-002", name, line, message, "give one of them another id"))
        first.setdefault(text, line)
    return found


def _resolved(root: etree._Element, schema: Schema) -> etree._Element:
    """Put a smallest entry for every xi:include of a volume, if the schema does not know xi:include."""
    if schema.edition or root.tag != f"{T}teiCorpus":
        return root
    for number, inclusion in enumerate(root.findall(f"{{{XI_NS}}}include")):
        stub = etree.fromstring(_STUB.format(id=f"included-{number}"))
        element: Any
        for element in stub.iter():
            element.sourceline = inclusion.sourceline
        root.replace(inclusion, stub)
    return root


def _told(name: str, finding: Finding) -> Diagnostic:
    return diagnostic(finding.code, name, finding.line, finding.message, finding.hint)


def _own(schema: Schema, root: etree._Element) -> tuple[Finding, ...]:
    return tuple(conditions(root)) if schema.edition else ()


def _explained(root: etree._Element, name: str, schema: Schema) -> tuple[Finding, ...]:
    """Return why a document failed; at least one finding, with a line."""
    errors = list(schema.verdict.error_log)
    found = (explain(root, explainer(schema.xsd)) if schema.xsd else ()) + _own(schema, root)
    if found:
        return tuple(dict.fromkeys(found))
    if not errors:
        return (Finding("V-010", root.sourceline, f"{name} is not valid", "compare it with the schema"),)
    told: dict[Finding, None] = {}
    for error in errors:
        hit = re.search(r"lement (\S+?)(:| |$)", error.message)
        element = f"`{hit.group(1)}`" if hit else "something"
        told[
            Finding(
                "V-010",
                error.line or root.sourceline,
                f"{element} is not as {schema.path.name} asks",
                f"the schema's checker says: {error.message}",
            )
        ] = None
    return tuple(told)


def validate(data: bytes, name: str, schema: Schema, *, xsd: bool = False) -> tuple[Diagnostic, ...]:
    """Return everything that is wrong with a document, in order of lines.

    With xsd, the XSD gives a verdict of its own, and a document that the RELAX NG accepts and the XSD does not
    is a finding about the schemas (V-011).
    """
    try:
        root = parse(data)
    except NotTEI as error:
        message, hint = malformed(str(error))
        return (diagnostic("V-001", name, error.line, message, hint, error.column),)
    found = _ids(root, name)
    crowded = _CROWDED(root)
    if crowded:
        hint = f"{MAX_ATTRIBUTES} are the most that can be checked"
        for element in crowded:
            message = f"`{local(element)}` has {len(element.attrib)} attributes"
            found.append(diagnostic("V-012", name, element.sourceline, message, hint))
        return tuple(found)
    root = _resolved(root, schema)
    if not schema.verdict.validate(root):
        found += [_told(name, finding) for finding in _explained(root, name, schema)]
    elif xsd and schema.xsd:
        found += agree(root, name, schema)
    return tuple(sorted(found, key=lambda one: (one.line or 0, one.code)))


def agree(root: etree._Element, name: str, schema: Schema) -> tuple[Diagnostic, ...]:
    """Return what the XSD finds in a document that the RELAX NG accepts: a fault of the schemas."""
    if schema.xsd is None:
        return ()
    return tuple(
        diagnostic(
            "V-011",
            name,
            finding.line,
            f"{schema.path.name} accepts what {schema.xsd.name} does not: {finding.message}",
            "report it; the XSD must not be stricter than the RELAX NG",
        )
        for finding in explain(root, explainer(schema.xsd))
    )


def validate_file(path: Path, name: str, schema: Schema, *, xsd: bool = False) -> tuple[Diagnostic, ...]:
    """Return everything that is wrong with a file; one that cannot be read is a finding too."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return (unreadable(name, error),)
    return validate(data, name, schema, xsd=xsd)
