"""The command line: ``python -m qa …``. Errors are one sentence on stderr and exit code 2."""

import sys

import click
import typer

from qa.cli import analysing, calls, exporting, health, intake, people, scorecards, serving
from qa.errors import QAError

app = typer.Typer(
    name="qa",
    help="Shenava: recordings in, evidenced scores out.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for group in (analysing, intake, calls, scorecards, exporting, people, health, serving):
    group.add_to(app)


def main() -> None:
    """Run one command; a person's mistake costs one sentence, never a traceback."""
    try:
        status = app(standalone_mode=False)
    except QAError as error:
        _end(error.message)
    except click.ClickException as error:
        _end(error.format_message())
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    sys.exit(status if isinstance(status, int) else 0)


def _end(sentence: str) -> None:
    sys.stderr.write(sentence.rstrip() + "\n")
    sys.exit(2)
