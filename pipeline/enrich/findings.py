"""Findings of passes → diagnostics, with the lines of the file as it was written."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from pipeline.diagnostics import Diagnostic, diagnostic
from pipeline.enrich.model import Finding
from pipeline.tei import parse


def told(findings: Sequence[Finding], root: etree._Element, document: bytes, name: str) -> tuple[Diagnostic, ...]:
    """Return findings with the lines on which their elements stand in the document as it was written."""
    if not findings:
        return ()
    places = {id(element): number for number, element in enumerate(root.iter())}
    lines = [element.sourceline for element in parse(document).iter()]
    return tuple(
        diagnostic(
            one.code, name, lines[places[id(one.element)]] if id(one.element) in places else None, one.message, one.hint
        )
        for one in findings
    )
