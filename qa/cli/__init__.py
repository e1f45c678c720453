"""The command line: ``python -m qa …``. Errors are one sentence on stderr and exit code 2."""

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import typer

from qa import logs
from qa.cli import (
    agreeing,
    analysing,
    auditing,
    benching,
    calls,
    capacity,
    demo,
    exporting,
    figures,
    forgetting,
    health,
    importing,
    intake,
    keys,
    people,
    promises,
    reporting,
    rescoring,
    retaining,
    retraining,
    roles,
    rollups,
    sampling,
    saving,
    scorecards,
    sentiments,
    serving,
    vault,
    voices,
    watching,
)
from qa.errors import QAError

PROGRAM = "python -m qa"
INTERRUPTED = 130  # 128 + SIGINT, as shells count
GROUPS = (
    intake,
    analysing,
    calls,
    promises,
    rescoring,
    retraining,
    roles,
    rollups,
    scorecards,
    sampling,
    agreeing,
    importing,
    keys,
    auditing,
    figures,
    reporting,
    exporting,
    people,
    forgetting,
    retaining,
    health,
    saving,
    demo,
    serving,
    watching,
    benching,
    capacity,
    voices,
    sentiments,
    vault,
)

app = typer.Typer(
    name="qa",
    help="Shenava: recordings in, evidenced scores out.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,  # rich takes longer to load than the help to print
)
for group in GROUPS:
    group.add_to(app)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code; a person's mistake costs one sentence, never a traceback."""
    try:
        _write_utf8()
        logs.set_up()
        status = app(arguments, prog_name=PROGRAM, standalone_mode=False)
        sys.stdout.flush()
    except (typer.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has gone: nothing to say
        return 0
    except Exception as error:  # noqa: BLE001 (a fault of the program is said in one sentence as well)
        sys.stderr.write(_sentence(error) + "\n")
        return 2
    return status if isinstance(status, int) else 0


def _sentence(error: Exception) -> str:
    if isinstance(error, QAError):
        return error.message
    if isinstance(error, typer.TyperException):
        return _usage(error)
    if isinstance(error, OSError):
        return f"{error.filename or 'The system'}: {error.strerror or error}; mend that and try again."
    return _fault(error)


def _write_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _usage(error: typer.TyperException) -> str:
    context = getattr(error, "ctx", None)
    said = error.format_message().strip()
    return f"{said} See `{context.command_path} --help`." if context and "\n" not in said else said


def _fault(error: Exception) -> str:
    # The text of an unexpected error may quote a call, so only its kind and place are told.
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).name}:{last.lineno}"
    return f"This is a fault in the program ({type(error).__name__} at {place}); report it with the command."
