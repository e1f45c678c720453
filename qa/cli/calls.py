"""Commands over stored calls: ``calls`` and ``show``."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.cli import setup
from qa.cli.printing import print_json, print_line, print_table
from qa.errors import QAError

if TYPE_CHECKING:
    from qa.store.call.detail import CallDetail
    from qa.store.lists.listing import CallRow

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
Since = Annotated[str | None, typer.Option(help="First day, 2026-11-22 or 1405-09-01.")]
Until = Annotated[str | None, typer.Option(help="Last day, it is included.")]
Search = Annotated[str, typer.Option(help="Words in the transcript.")]
Limit = Annotated[int, typer.Option(min=1, max=10_000, help="How many calls at most.")]
Key = Annotated[str, typer.Argument(help="A call's key, as `calls` prints it.", metavar="CALL")]
KEY_LENGTH = 12


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    for command in (calls, show):
        app.command()(command)


def calls(
    since: Since = None, until: Until = None, search: Search = "", limit: Limit = 50, as_json: AsJson = False
) -> None:
    """Stored calls, the newest first."""
    from qa.calendar import read_day
    from qa.store.audit.searching import search_subject
    from qa.store.lists.filters import CallFilter
    from qa.store.lists.listing import PageOf, list_calls
    from qa.store.scope import Scope
    from qa.text import fold

    wanted = CallFilter(
        first_day=read_day(since) if since else None,
        last_day=read_day(until) if until else None,
        search=fold(search),
    )
    settings = setup.site()
    database = setup.opened(settings)
    with database.read() as tx:
        page = list_calls(tx, Scope.all(), wanted, PageOf(limit=limit))
    if wanted.search:
        subject = search_subject(settings.keys_dir, wanted.search)
        setup.audited_alone(database, "calls searched", subject, hits=page.total)
    if as_json:
        for row in page.rows:
            print_json(call_shape(row))
        return
    columns = ("call", "time", "agent", "queue", "length", "score", "status")
    cells = []
    for row in page.rows:
        time = f"{row.started_at.astimezone(settings.zone):%Y-%m-%d %H:%M}"
        score = None if row.score is None else f"{row.score:.1f}"
        cells.append((row.key, time, row.agent, row.queue, _clock(row.duration), score, row.status.value))
    shown = f" ({len(page.rows)} shown)" if page.next else ""
    print_table(f"{page.total} calls{shown}", columns, cells)


def show(call: Key, as_json: AsJson = False) -> None:
    """Everything known about one call."""
    from qa.store.call.detail import load_call
    from qa.store.scope import Scope

    key = checked_key(call)
    database = setup.opened(setup.site())
    with database.read() as tx:
        detail = load_call(tx, key, Scope.all())
    setup.audited_alone(database, "call viewed", f"call:{key}")
    if as_json:
        print_json(detail_shape(detail))
    else:
        _print_detail(detail)


def checked_key(text: str) -> str:
    """The key of a call as people may paste it.

    Raises:
        QAError: it cannot be a key.
    """
    key = text.strip().lower()
    if len(key) != KEY_LENGTH or not set(key) <= set("0123456789abcdef"):
        raise QAError(f"{text!r} is no call key; copy the 12 letters and digits from `python -m qa calls`.")
    return key


def call_shape(row: "CallRow") -> dict[str, Any]:
    """One call of the list."""
    return {
        "call": row.key,
        "file": row.file_name,
        "time": row.started_at.isoformat(),
        "agent": row.agent,
        "team": row.team,
        "queue": row.queue,
        "direction": row.direction.value if row.direction else None,
        "duration": row.duration,
        "language": row.language,
        "status": row.status.value,
        "reason": row.reason,
        "left_out": row.left_out,
        "score": row.score,
        "score_before_critical": row.score_before_critical,
        "failed_by": ", ".join(row.failed_by) or None,
        "band": row.band.value if row.band else None,
        "generated": row.generated,
    }


def detail_shape(detail: "CallDetail") -> dict[str, Any]:
    """One call with everything in it; a part that is not there yet is absent."""
    from qa.cli import shapes

    head = detail.head
    shape: dict[str, Any] = {
        "call": head.key,
        "file": head.file_name,
        "time": head.started_at.isoformat(),
        "agent": head.agent,
        "team": head.team,
        "queue": head.queue,
        "direction": head.direction.value if head.direction else None,
        "status": head.status.value,
        "reason": head.reason,
        "left_out": head.left_out,
        "recording": shapes.stored_recording_shape(head),
    }
    if detail.transcript is not None:
        shape["transcript"] = shapes.transcript_shape(detail.transcript)
        shape["redactions"] = [shapes.redaction_shape(redaction) for redaction in detail.redactions]
        shape["measures"] = [shapes.measure_shape(measure) for measure in detail.measures]
    if detail.automatic is not None:
        shape["scoring"] = shapes.scoring_shape(detail.automatic.scoring)
    return shape


def _print_detail(detail: "CallDetail") -> None:
    from qa.cli.showing import show_scoring, show_words

    head = detail.head
    time = f"{head.started_at:%Y-%m-%d %H:%M} UTC"
    print_line(" · ".join((head.key, time, head.agent or "no agent", head.status.value)))
    if head.reason is not None:
        print_line(head.reason)
    if detail.transcript is not None:
        show_words(detail.transcript)
    if detail.automatic is not None:
        show_scoring(detail.automatic.scoring)


def _clock(seconds: float | None) -> str | None:
    return None if seconds is None else f"{int(seconds // 60)}:{int(seconds % 60):02d}"
