"""``kpis``: what surveys and telephone records say, each figure with its interval."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.cli import setup
from qa.cli.printing import print_json, print_table
from qa.errors import NotFound

if TYPE_CHECKING:
    from qa.analytics.contacts import ContactFigures
    from qa.analytics.intervals import Estimate
    from qa.analytics.surveys import SurveyFigures


class What(StrEnum):
    """Which figures."""

    SURVEYS = "surveys"
    CONTACTS = "contacts"


Which = Annotated[What, typer.Argument(help="Which figures.")]
Source = Annotated[str | None, typer.Option(help="Only surveys of this source.")]
Within = Annotated[float, typer.Option(min=1, help="Seconds of the service level.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
DIGITS = 6


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(kpis)


def kpis(which: Which, source: Source = None, within: Within = 20.0, as_json: AsJson = False) -> None:
    """Satisfaction, recommendation and effort; or waiting, service level, abandonment and handling time."""
    shapes = _surveys(source) if which is What.SURVEYS else [_contacts(within)]
    if as_json:
        for shape in shapes:
            print_json(shape)
        return
    for shape in shapes:
        cells = [
            (name, value["value"], value["low"], value["high"], value["n"])
            for name, value in shape.items()
            if isinstance(value, dict)
        ]
        print_table(str(shape.get("kind", "contacts")), ("figure", "value", "low", "high", "n"), cells)


def _surveys(source: str | None) -> list[dict[str, Any]]:
    import polars as pl

    from qa.analytics.surveys import figures
    from qa.store.scope import Scope
    from qa.store.voice.feedback_frames import surveys_frame

    frame = surveys_frame(setup.opened(setup.site()), Scope.all())
    if source is not None:
        frame = frame.filter(pl.col("source") == source)
    if frame.is_empty():
        raise NotFound("There are no surveys; bring some in with `python -m qa import surveys FILE`.")
    return [survey_shape(figures(frame.lazy(), kind)) for kind in sorted(frame["kind"].unique())]


def _contacts(within: float) -> dict[str, Any]:
    from qa.analytics.contacts import contact_figures
    from qa.contacts import from_queue_log, together
    from qa.store.voice.feedback_frames import contacts_frame, queue_events_frame

    database = setup.opened(setup.site())
    stays = from_queue_log(queue_events_frame(database).lazy())
    found = contact_figures(together(contacts_frame(database).lazy(), stays), within)
    if not found.offered:
        raise NotFound(
            "There are no contacts; bring some in with `python -m qa import queue-log FILE` or `cdr`."
        )
    return contact_shape(found)


def survey_shape(found: "SurveyFigures") -> dict[str, Any]:
    """Figures of one kind of survey as JSON (docs/formats.md)."""
    return {
        "kind": found.kind,
        "figure": estimate_shape(found.figure),
        "mean": estimate_shape(found.mean) if found.mean else None,
        "response": estimate_shape(found.response),
        "orphans": found.orphans,
        "distribution": [{"scale": s, "answer": a, "count": n} for s, a, n in found.distribution],
    }


def contact_shape(found: "ContactFigures") -> dict[str, Any]:
    """Figures of telephone contacts as JSON (docs/formats.md)."""
    named = ("answered", "abandoned", "service_level", "waiting", "speed", "handling")
    shapes = {name: estimate_shape(getattr(found, name)) for name in named}
    return {"offered": found.offered, "within": found.within, **shapes}


def estimate_shape(found: "Estimate") -> dict[str, Any]:
    """A figure with its 95 % interval."""
    parts = {name: getattr(found, name) for name in ("value", "low", "high")}
    return {name: None if part is None else round(part, DIGITS) for name, part in parts.items()} | {
        "n": found.n
    }
