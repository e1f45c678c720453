"""``capacity``: how many cores, how much memory and disk a centre needs."""

from dataclasses import asdict
from typing import Annotated

import typer

from qa.cli.printing import print_json, print_line

GB = 10**9
Calls = Annotated[int, typer.Option("--calls-per-day", help="How many calls come in a day.", min=1)]
Minutes = Annotated[float, typer.Option(help="How long a call is on average.")]
Model = Annotated[str, typer.Option(help="base, small, medium, turbo or large-v3.")]
Engine = Annotated[str, typer.Option(help="fast or openai.")]

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object.")]


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(capacity)


def capacity(
    calls: Calls,
    minutes: Minutes = 4.0,
    model: Model = "base",
    engine: Engine = "fast",
    as_json: AsJson = False,
) -> None:
    """Say what a centre needs, for three years, on machines like the one in docs/capacity.md.

    Workers are counted for work spread over the whole day, and for work that is done in ten hours.
    """
    from qa.evaluate.capacity import Centre, advice, measured, needs

    centre = Centre(calls, minutes, model, engine)
    day = needs(centre)
    busy = needs(Centre(calls, minutes, model, engine, hours=10))
    codecs = {name: needs(Centre(calls, minutes, model, engine, name)).recordings for name in _codecs()}
    if as_json:
        shape = {"needs": asdict(day), "cores_in_ten_hours": busy.cores, "recordings": codecs}
        print_json(shape | {"advice": advice(centre, busy), "machine": measured()["machine"]})
        return
    how = "measured" if day.measured == "real" else "measured by the shape of the model"
    print_line(f"{day.audio_hours:,.0f} hours of sound a day")
    print_line(f"{day.cpu_hours:,.1f} core-hours a day ({model}, {engine}; {how})")
    print_line(f"workers of one core: {day.cores:,} around the clock, {busy.cores:,} within ten hours")
    print_line(f"memory: {day.worker_memory:,} MB a worker, {busy.memory / 1000:,.1f} GB within ten hours")
    print_line(f"database after three years: {day.database / GB:,.1f} GB")
    for name, size in codecs.items():
        print_line(f"recordings after three years, {name}: {size / GB:,.0f} GB")
    for sentence in advice(centre, busy):
        print_line(sentence)


def _codecs() -> tuple[str, ...]:
    from qa.evaluate.capacity import measured

    return tuple(measured()["disk"]["minute_of"])
