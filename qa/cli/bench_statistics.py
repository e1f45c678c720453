"""``bench statistics``: how often a signal is false, and how often a change is found."""

import time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.cli.printing import file_progress, print_json, print_line, print_table

if TYPE_CHECKING:
    from qa.analytics.intervals import Estimate
    from qa.evaluate.centres.counting import Signals

Centres = Annotated[int, typer.Option(help="How many generated centres.", min=8, max=10_000)]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object.")]


def statistics(centres: Centres = 200, as_json: AsJson = False) -> None:
    """What the pages would say of generated centres whose truth is known; the same centres each time.

    Twelve agents over 26 weeks with a season and holidays: most unchanged, one with few calls, one improving,
    one declining, one coached with effect and one without, a problem queue or a rising theme.
    """
    from qa.evaluate.centres.counting import count, seen

    begun, looked = time.monotonic(), []
    with file_progress(centres, "centres") as bar:
        for found in seen(centres):
            looked.append(found)
            bar.to(len(looked), "centres")
    kinds = count(looked)
    spent = round(time.monotonic() - begun, 1)
    if as_json:
        print_json({"centres": centres, "seconds": spent, "signals": [signals_shape(one) for one in kinds]})
        return
    sizes = sorted({size for one in kinds for size in one.found})
    columns = ("signal", "false, of what is unchanged", "centres with one", *(f"found at {s}" for s in sizes))
    rows = [_row(one, sizes) for one in kinds]
    print_table(f"{centres} generated centres, one look on the last week", columns, rows)
    print_line(f"Sizes in points of logit, 95 % intervals in brackets; {spent} s.")


def signals_shape(one: "Signals") -> dict[str, Any]:
    """One kind of signal; shares 0-1 with their intervals."""
    return {
        "kind": one.kind,
        "false_units": _shape(one.false_units),
        "false_centres": _shape(one.false_centres),
        "found": {str(size): _shape(found) for size, found in one.found.items()},
    }


def _shape(share: "Estimate") -> dict[str, Any]:
    parts = {"value": share.value, "low": share.low, "high": share.high}
    return {name: None if part is None else round(part, 4) for name, part in parts.items()} | {"n": share.n}


def _row(one: "Signals", sizes: list[float]) -> list[str | None]:
    found = [one.found.get(size) for size in sizes]
    return [
        one.kind,
        _percent(one.false_units),
        _percent(one.false_centres),
        *(None if each is None else _percent(each, short=True) for each in found),
    ]


def _percent(share: "Estimate", *, short: bool = False) -> str | None:
    if share.value is None or share.low is None or share.high is None:
        return None
    value = f"{100 * share.value:.0f} %" if short else f"{100 * share.value:.2f} %"
    return value if short else f"{value} ({100 * share.low:.1f}–{100 * share.high:.1f}) of {share.n}"
