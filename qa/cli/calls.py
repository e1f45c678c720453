"""Commands over stored calls: ``calls``, ``show``, ``score``."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.cli import setup
from qa.cli.printing import print_json, print_line, print_table, working
from qa.errors import QAError

if TYPE_CHECKING:
    from qa.store.listing import CallRow

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
Since = Annotated[str | None, typer.Option(help="First day, 2026-11-22 or 1405-09-01.")]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    for command in (calls, show, score):
        app.command()(command)


def calls(
    since: Since = None,
    until: Annotated[str | None, typer.Option(help="Last day.")] = None,
    search: Annotated[str, typer.Option(help="Words in the transcript.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 50,
    as_json: AsJson = False,
) -> None:
    """Stored calls, the newest first."""
    from qa.calendar import read_day
    from qa.store.filters import CallFilter
    from qa.store.listing import PageOf, list_calls
    from qa.store.scope import Scope
    from qa.text import fold

    database = setup.opened(setup.site())
    wanted = CallFilter(
        first_day=read_day(since) if since else None, last_day=read_day(until) if until else None, search=fold(search)
    )
    with database.read() as tx:
        page = list_calls(tx, Scope.all(), wanted, PageOf(limit=limit))
    if as_json:
        for row in page.rows:
            print_json(_row(row))
        return
    columns = ("call", "time", "agent", "queue", "length", "score", "status")
    print_table(f"{page.total} calls", columns, [_cells(row) for row in page.rows])


def show(call: Annotated[str, typer.Argument(help="A call's key.")], as_json: AsJson = False) -> None:
    """Everything known about one call."""
    from qa.store.detail import load_call
    from qa.store.scope import Scope

    database = setup.opened(setup.site())
    with database.read() as tx:
        detail = load_call(tx, call, Scope.all())
    shape = _detail(detail)
    if as_json:
        print_json(shape)
        return
    head = detail.head
    print_line(f"{head.key} · {head.started_at:%Y-%m-%d %H:%M} UTC · {head.agent or 'no agent'} · {head.status.value}")
    if head.reason:
        print_line(head.reason)
    for utterance in detail.transcript.utterances if detail.transcript else ():
        at = f"{utterance.span.start:7.1f}" if utterance.span else "      –"
        print_line(f"{at}  {utterance.speaker.value:<10} {utterance.text}")
    scoring = shape.get("scoring")
    if scoring:
        rows = [(c["key"], c["verdict"], f"{c['applied_weight']:.2f}") for c in scoring["criteria"]]
        print_table(f"score {scoring['score']} ({scoring['status']})", ("criterion", "verdict", "weight"), rows)


def score(
    scorecard: Annotated[str | None, typer.Option(help="A scorecard's id or file; default: by language.")] = None,
    since: Since = None,
) -> None:
    """Score stored calls again. Earlier scorecard versions keep their evaluations."""
    from qa.calendar import read_day
    from qa.store.filters import CallFilter

    database = setup.opened(setup.site())
    chooser = setup.scorecard_chooser(scorecard)
    setup.publish(database, chooser)
    wanted = CallFilter(first_day=read_day(since) if since else None)
    done = working("scoring", _rescored(database, wanted, chooser))
    print_line(f"{done} calls scored.")


def _rescored(database: Any, wanted: Any, chooser: Any) -> Any:
    """Score page by page, one transaction a call, telling the total first and then each step."""
    from qa.pipeline import rescore
    from qa.records import Call
    from qa.store.detail import load_call
    from qa.store.kinds import CallStatus
    from qa.store.listing import Order, PageOf, list_calls
    from qa.store.reviews import save_scoring
    from qa.store.scope import Scope

    after, first = None, True
    while first or after:
        with database.read() as tx:
            page = list_calls(tx, Scope.all(), wanted, PageOf(after=after, limit=200, order=Order.OLDEST, count=first))
        if first:
            yield page.total
        for row in page.rows:
            if row.status is CallStatus.DONE:
                with database.read() as tx:
                    detail = load_call(tx, row.key, Scope.all())
                if detail.transcript is not None:
                    separate = (detail.head.channels or 1) > 1 or len(detail.speech or ()) > 1
                    call = Call(detail.transcript, detail.speech, detail.head.duration, separate, detail.redactions)
                    scoring = rescore(call, detail.measures, chooser(detail.transcript.language))
                    with database.write() as tx:
                        save_scoring(tx, row.id, scoring)
            yield 1
        after, first = page.next, False


def _row(row: "CallRow") -> dict[str, Any]:
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


def _cells(row: "CallRow") -> tuple[object, ...]:
    length = None if row.duration is None else f"{int(row.duration // 60)}:{int(row.duration % 60):02d}"
    shown = None if row.score is None else f"{row.score:.1f}"
    return (row.key, f"{row.started_at:%Y-%m-%d %H:%M}", row.agent, row.queue, length, shown, row.status.value)


def _detail(detail: Any) -> dict[str, Any]:
    from qa.cli import shapes

    head = detail.head
    shape: dict[str, Any] = {
        "call": head.key,
        "time": head.started_at.isoformat(),
        "agent": head.agent,
        "team": head.team,
        "queue": head.queue,
        "status": head.status.value,
        "reason": head.reason,
        "left_out": head.left_out,
        "recording": {"duration": head.duration, "channels": head.channels, "sample_rate": head.sample_rate},
    }
    if detail.transcript is not None:
        shape["transcript"] = shapes.transcript_shape(detail.transcript)
        shape["redactions"] = [shapes.redaction_shape(r) for r in detail.redactions]
        shape["measures"] = [shapes.measure_shape(m) for m in detail.measures]
    if detail.automatic is not None:
        shape["scoring"] = shapes.scoring_shape(detail.automatic.scoring)
    return shape


def check_key(key: str) -> str:
    """The key of a call as people may paste it.

    Raises:
        QAError: it cannot be a key.
    """
    plain = key.strip().lower()
    if not plain or any(letter not in "0123456789abcdef" for letter in plain):
        raise QAError(f"{key!r} is no call key; copy the 12 letters and digits from `python -m qa calls`.")
    return plain
