"""The subcommands, one file each; what they share is here."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from pipeline.config import ConfigError, Edition, find, load
from pipeline.diagnostics import Diagnostic, ExitCode, Report, diagnostic
from pipeline.output import FORMATS, Console
from pipeline.readers.profile import ProfileError


def reporting(command: Callable[..., ExitCode]) -> Callable[..., ExitCode]:
    """Give a command the options of all that report, and a Console made of them as its first argument."""

    @click.option(
        "--format",
        "format_",
        type=click.Choice(FORMATS),
        default="text",
        show_default=True,
        help="How findings are shown.",
    )
    @click.option("--quiet", is_flag=True, help="Errors only, no progress.")
    @click.option("--no-color", is_flag=True, help="No colours (also by the variable NO_COLOR).")
    @wraps(command)
    def with_console(format_: str, quiet: bool, no_color: bool, **arguments: Any) -> ExitCode:
        plain = no_color or bool(os.environ.get("NO_COLOR"))
        console = Console(format_, quiet, False if plain else None)
        try:
            return command(console, **arguments)
        except (ConfigError, ProfileError) as error:
            if format_ == "text":
                raise
            console.show(Report(_wrong(error)))
            return ExitCode.USAGE

    return with_console


def _wrong(error: ConfigError | ProfileError) -> tuple[Diagnostic, ...]:
    """Return what is wrong with what the edition gives to the program, as findings."""
    if isinstance(error, ConfigError):
        return error.diagnostics
    file, _, message = str(error).partition(".toml: ")
    return (diagnostic("C-051", f"{file}.toml", None, message, "docs/profiles.md explains every key."),)


def edition_in(folder: Path | None) -> Edition:
    """Return the edition in a folder; without one, that of the current folder, else that in tei/.

    Raises:
        ConfigError: there is none, or its edition.toml is wrong.
    """
    if folder is None:
        folder = find(Path.cwd()) or Path("tei")
        folder = Path(os.path.relpath(folder))
    return load(folder)
