"""The page: one HTML file that asks nothing of any network, with its own style, its own script and the data inside.

What comes from sources stands in it as data only. A Content-Security-Policy lets run what the program wrote, by its
digest, and nothing else.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from html import escape
from typing import Any, Final

import jinja2
from markupsafe import Markup

from pipeline.resources import resource

# What ends a script, opens a comment in one, or ends a line in JavaScript, is written as JSON can: by its number.
_UNSAFE: Final = re.compile("[<>&\u2028\u2029]")


def safe(data: str) -> Markup:
    """Return JSON as it can stand in a script element whatever it holds."""
    return Markup(_UNSAFE.sub(lambda mark: f"\\u{ord(mark[0]):04x}", data))


def dumped(data: Any) -> Markup:
    """Return data as safe JSON without needless space."""
    return safe(json.dumps(data, ensure_ascii=False, separators=(",", ":")))


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@cache
def _part(*names: str) -> str:
    folder = resource("templates") / "review"
    return "\n".join((folder / name).read_text(encoding="utf-8").strip() for name in names)


@cache
def _template(name: str) -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(resource("templates") / "review"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(name)


_STYLES: Final = ("review.css",)
_SCRIPTS: Final = ("rulings.js", "reading.js", "cards.js", "review.js", "dialogs.js", "wiring.js")


def render(title: str, language: str, about: Mapping[str, Any], entries: Iterable[tuple[str, str]]) -> str:
    """Return the page of some entries: id and JSON of each; about is what the page knows of the whole."""
    return _rendered(
        "review.html",
        _SCRIPTS,
        title,
        language,
        about=dumped(about),
        entries=[(id_, safe(data)) for id_, data in entries],
    )


def render_index(title: str, language: str, about: Mapping[str, Any]) -> str:
    """Return the page that leads to the pages of an edition of many entries."""
    return _rendered("index.html", ("index.js",), title, language, about=dumped(about))


def _rendered(template: str, scripts: tuple[str, ...], title: str, language: str, **more: Any) -> str:
    style, script = _part(*_STYLES), f'"use strict";\n(() => {{\n{_part(*scripts)}\n}})();\n'
    policy = (
        f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; "
        "base-uri 'none'; form-action 'none'"
    )
    return _template(template).render(
        title=title,
        language=language,
        policy=Markup(escape(policy, quote=False)),
        style=Markup(style),
        script=Markup(script),
        **more,
    )
