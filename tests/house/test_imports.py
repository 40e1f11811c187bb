"""The house: halves do not know each other, imports run one way, nothing asks the network or the clock."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
PACKAGE = REPOSITORY / "pipeline"
MODULES = {
    ".".join(path.relative_to(REPOSITORY).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}

# What both halves stand on.
GROUND = frozenset(
    "pipeline pipeline.diagnostics pipeline.model pipeline.config pipeline.tei pipeline.saxon pipeline.resources "
    "pipeline.dates pipeline.language pipeline.store pipeline.pointers pipeline.passage pipeline.wrap "
    "pipeline.documents pipeline.pool".split()
)
# Writes the text of record.
LEFT = frozenset(
    "pipeline.readers pipeline.convert pipeline.body pipeline.segment pipeline.evidence pipeline.pages pipeline.ledger "
    "pipeline.header pipeline.ids pipeline.volumes pipeline.ingest pipeline.enrich".split()
)
# Only reads it.
RIGHT = frozenset("pipeline.validate pipeline.render pipeline.publish pipeline.build".split())


def room(module: str) -> str:
    """Return the room at the top of the package that a module belongs to."""
    return ".".join(module.split(".")[:2])


def imports(path: Path, everywhere: bool = True) -> set[str]:
    """Return what of the package a file imports; without everywhere, only at its top and for types too."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: set[str] = set()
    for node in ast.walk(tree) if everywhere else tree.body:
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports by dots"
            base = node.module or ""
            found |= {f"{base}.{name.name}" if f"{base}.{name.name}" in MODULES else base for name in node.names}
    return {name for name in found if name.split(".")[0] == "pipeline"}


def test_every_room_is_in_a_half() -> None:
    outer = {"pipeline.cli", "pipeline.commands", "pipeline.output", "pipeline.serve", "pipeline.review"}
    rooms = {room(module) for module in MODULES}
    assert rooms - GROUND - LEFT - RIGHT - outer == set(), "say here which half a new room belongs to"


@pytest.mark.parametrize(("half", "other"), [(LEFT, RIGHT), (RIGHT, LEFT), (GROUND, LEFT | RIGHT)])
def test_no_half_imports_the_other(half: frozenset[str], other: frozenset[str]) -> None:
    wrong = [
        f"{module} imports {name}"
        for module, path in MODULES.items()
        if room(module) in half
        for name in imports(path)
        if room(name) in other
    ]
    assert wrong == []


def test_nothing_imports_the_command() -> None:
    wrong = [
        f"{module} imports {name}"
        for module, path in MODULES.items()
        if room(module) not in ("pipeline.cli", "pipeline.commands")
        for name in imports(path)
        if room(name) in ("pipeline.cli", "pipeline.commands")
    ]
    assert wrong == []


def test_no_import_runs_in_a_circle() -> None:
    graph = {module: imports(path) & MODULES.keys() for module, path in MODULES.items()}
    state: dict[str, int] = {}

    def walk(module: str, way: tuple[str, ...]) -> None:
        assert state.get(module) != 1, f"a circle: {' → '.join((*way, module))}"
        if state.get(module) == 2:
            return
        state[module] = 1
        for name in sorted(graph[module]):
            # A package's own __init__ is imported before its modules, which is no circle.
            if name != module and not module.startswith(f"{name}."):
                walk(name, (*way, module))
        state[module] = 2

    for module in graph:
        walk(module, ())


@pytest.mark.parametrize("module", MODULES)
def test_no_code_asks_the_network_or_chance(module: str) -> None:
    text = MODULES[module].read_text(encoding="utf-8")
    tree = ast.parse(text)
    names = {name.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    forbidden = {"socket", "urllib.request", "http.client", "requests", "httpx", "ftplib", "smtplib"}
    assert names & forbidden == set()
    assert names & {"random", "uuid", "secrets"} == set()


@pytest.mark.parametrize("module", [module for module in MODULES if room(module) in LEFT | RIGHT | GROUND])
def test_no_stage_asks_the_clock(module: str) -> None:
    called = {
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(MODULES[module].read_text()))
        if isinstance(node, ast.Call)
    }
    clocks = {
        "time.time",
        "datetime.now",
        "datetime.utcnow",
        "date.today",
        "datetime.date.today",
        "datetime.datetime.now",
    }
    assert called & clocks == set()


@pytest.mark.parametrize("module", MODULES)
def test_every_module_says_what_it_is(module: str) -> None:
    path = MODULES[module]
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if tree.body:
        assert ast.get_docstring(tree), f"{path} has no docstring"
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, f"{path} is too long to be read"


@pytest.mark.parametrize("module", MODULES)
def test_nobody_looks_away(module: str) -> None:
    text = MODULES[module].read_text(encoding="utf-8")
    assert "noqa" not in text
    assert "except:" not in text
    assert "except Exception: pass" not in text
