"""The one door to saxonche: stylesheets are compiled once and run many times, errors come back as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from saxonche import PySaxonApiError, PySaxonProcessor


class TransformError(Exception):
    """A stylesheet does not compile or fails on a document; the text is Saxon's message."""


@cache
def _processor() -> PySaxonProcessor:
    # One per process and never closed: executables and nodes are bound to it.
    return PySaxonProcessor(license=False)


@dataclass(frozen=True)
class Stylesheet:
    """A compiled XSLT 3.0 stylesheet. Not to be sent to another process: compile there."""

    path: Path
    executable: Any

    def run(self, xml: str, parameters: Mapping[str, str] | None = None) -> tuple[str, tuple[str, ...]]:
        """Return what the stylesheet makes of a document (as text) and the messages it gave.

        Raises:
            TransformError: a dynamic error, or a document that is not well-formed.
        """
        processor, executable = _processor(), self.executable
        # Parameters and messages stay with an executable until they are cleared.
        executable.clear_parameters()
        for name, value in (parameters or {}).items():
            executable.set_parameter(name, processor.make_string_value(value))
        try:
            node = processor.parse_xml(xml_text=xml)
            text = executable.transform_to_string(xdm_node=node)
        except PySaxonApiError as error:
            raise TransformError(str(error)) from error
        messages = executable.get_xsl_messages()
        found = tuple(str(messages.item_at(i)) for i in range(messages.size)) if messages else ()
        executable.clear_xsl_messages()
        return text or "", found


@cache
def stylesheet(path: Path) -> Stylesheet:
    """Return the stylesheet at this path, compiled once per process.

    Raises:
        TransformError: it does not compile.
    """
    xslt = _processor().new_xslt30_processor()
    try:
        executable = xslt.compile_stylesheet(stylesheet_file=str(path))
    except PySaxonApiError as error:
        raise TransformError(f"{path.name}: {error}") from error
    executable.set_save_xsl_message(True)
    return Stylesheet(path, executable)
