"""The table of ``bench pages``."""

from typing import Any

from qa.cli.printing import print_line

Shape = dict[str, Any]


def print_pages(shape: Shape, before: Shape | None) -> None:
    """What was measured, with the growth of warm processor time ``before`` -> now where there is a before."""
    centre = shape["centre"]
    print_line(
        f"{centre['calls']:,} generated calls with {centre['criteria']} criteria and {centre['measures']}"
        f" measures; {centre['dialect']}, {centre['bytes'] / 1e9:.1f} GB."
        " The process is warmed first, as the server warms itself."
    )
    through = {one["file"]: one for one in shape.get("browser", ())}
    earlier = {one["file"]: one for one in (before or {}).get("pages", ())}
    print_line(_head(bool(through), bool(earlier)) + "   (p95 of runs, ms)")
    for one in shape["pages"]:
        cells = [f"{percentile(one[kind]):8.0f}" for kind in ("cold", "lapsed", "warm")]
        cells.append(f"{percentile(one['warm'], 'cpu'):10.0f}")
        cells += _through(through.get(one["file"])) if through else []
        cells += [_growth(one, earlier.get(one["file"]))] if earlier else []
        said = " ".join([*one["faults"], *through.get(one["file"], {"faults": ()})["faults"]])
        print_line(f"{one['file']:14}{''.join(cells)}   {said}".rstrip())
    for name in ("pages", "browser"):
        if shape.get(name):
            print_line(f"Most memory of the process{WHERE[name]}: {shape[name][-1]['memory']} MB.")
    print_line("Scores by week and team over twelve weeks and half of the queues:")
    for one in shape["aggregate"]:
        taken = "" if one["milliseconds"] is None else f"{one['milliseconds']:10.1f} ms"
        print_line(f"  {one['way']:44}{taken}".rstrip())


WHERE = {"pages": "", "browser": " behind the browser"}


def percentile(runs: list[dict[str, float]], what: str = "wall", share: int = 95) -> float:
    """The 95th percentile (or another), by the nearest rank."""
    ordered = sorted(run[what] for run in runs)
    return ordered[max(0, -(-share * len(ordered) // 100) - 1)]


def _head(browser: bool, growth: bool) -> str:
    head = f"{'page':14}{'cold':>8}{'lapsed':>8}{'warm':>8}{'warm CPU':>10}"
    head += f"{'socket':>8}{'browser':>9}{'switch':>8}" if browser else ""
    return head + (f"{'growth':>8}" if growth else "")


def _through(one: Shape | None) -> list[str]:
    if one is None:
        return [" " * 25]
    switched = [run for run in one["runs"] if run["switch"] is not None]  # links alone lead to some pages
    return [
        f"{percentile(one['runs'], 'socket'):8.0f}",
        f"{percentile(one['runs'], 'page'):9.0f}",
        f"{percentile(switched, 'switch'):8.0f}" if switched else f"{'-':>8}",
    ]


def _growth(one: Shape, earlier: Shape | None) -> str:
    """Of the median of processor time: a busy machine says nothing by the clock."""
    if earlier is None:
        return " " * 8
    now, then = percentile(one["warm"], "cpu", 50), percentile(earlier["warm"], "cpu", 50)
    return f"{now / max(then, 1.0):8.2f}"
