"""The command. Knows the exit codes; the subcommands know the rest."""

from __future__ import annotations

import os
import sys

import click

from pipeline import __version__
from pipeline.commands.build import build
from pipeline.commands.convert import convert
from pipeline.commands.enrich import enrich
from pipeline.commands.explain import explain
from pipeline.commands.new import new
from pipeline.commands.review import review
from pipeline.commands.validate import validate
from pipeline.config import ConfigError
from pipeline.diagnostics import ExitCode, MachineError
from pipeline.readers.profile import ProfileError
from pipeline.store import reason


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="teipress")
def cli() -> None:
    """Source texts to a scholarly edition: TEI with a proof that nothing is lost, a website and a book.

    An edition is a folder with an edition.toml; where none is named, the current one, else tei/.

    \b
    Example:
      teipress new diary                           an edition to start from
      teipress convert captures/*.txt --to out     TEI of captured pages
      teipress build                               website and book of the edition
      teipress explain C-021                       what a finding means

    Exit status: 0 done, 1 errors were found, 2 the call or edition.toml is wrong, 3 the machine refuses
    (disk full, no permission), 130 interrupted. Shell completion: see docs/command-line.md.
    """


for _command in (new, convert, enrich, validate, build, review, explain):
    cli.add_command(_command)


def _say(message: str) -> None:
    click.echo(f"teipress: {message}", err=True)


def main(arguments: list[str] | None = None) -> None:
    """Run the command and leave with its exit code."""
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # File names and text of any script go to a terminal of any encoding.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        return int(cli.main(arguments, prog_name="teipress", standalone_mode=False) or 0)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except (KeyboardInterrupt, click.exceptions.Abort):
        _say("interrupted; what was written is whole, nothing half-written is left.")
        return ExitCode.INTERRUPTED
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except (ConfigError, ProfileError) as error:
        _say(str(error))
        return ExitCode.USAGE
    except MachineError as error:
        _say(str(error))
        return ExitCode.MACHINE
    except BrokenPipeError:
        # The reader of our output has left (as `head` does): not an error, and nothing more to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.DONE
    except OSError as error:
        _say(f"{error.filename or 'the machine'}: {reason(error)}")
        return ExitCode.MACHINE
