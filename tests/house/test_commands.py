"""Every command has an example in its help and its place in the documentation."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from pipeline.cli import cli

REPOSITORY = Path(__file__).parents[2]


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_a_command_helps_with_an_example(name: str) -> None:
    command = cli.commands[name]
    text = command.get_help(click.Context(command, info_name=f"teipress {name}"))
    assert "Example:" in text
    assert f"  teipress {name}" in text


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_an_option_is_explained(name: str) -> None:
    for parameter in cli.commands[name].params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts[0]}"


def test_every_command_and_option_is_documented() -> None:
    page = REPOSITORY / "docs" / "command-line.md"
    if not page.exists():
        pytest.skip("docs/command-line.md is not written yet")
    text = page.read_text(encoding="utf-8")
    for name, command in cli.commands.items():
        assert f"`teipress {name}" in text
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.opts[0] in text, f"{name} {parameter.opts[0]}"
