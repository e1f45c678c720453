"""The table of ``bench pages``: which run is the 95th percentile, and growth beside a smaller centre."""

import pytest

from qa.cli.pages_table import percentile, print_pages


def run(*values: float) -> list[dict[str, float]]:
    return [
        {"wall": value, "cpu": value / 2, "socket": value, "page": value + 100, "switch": value - 10}
        for value in values
    ]


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ((5,), 95, 5),  # one run
        (range(1, 21), 95, 19),  # of twenty runs the 19th
        (range(10, 0, -1), 95, 10),  # of ten the slowest, in any order
        (range(1, 11), 50, 5),  # nearest rank, nothing between two runs
    ],
)
def test_percentile(values: list[float], share: int, expected: float) -> None:
    assert percentile(run(*values), share=share) == expected


def test_growth_and_the_browser_stand_beside_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    page = {"file": "calls", "cold": run(500), "lapsed": run(200), "faults": [], "memory": 300}
    centre = {"dialect": "sqlite", "calls": 10_000_000, "criteria": 4, "measures": 3, "bytes": 17_200_000_000}
    shape = {
        "centre": centre,
        "pages": [page | {"warm": run(90, 100)}, page | {"file": "call", "warm": run(10)}],
        "browser": [
            {"file": "calls", "runs": run(40, 60), "memory": 400, "faults": ["slow"]},
            {"file": "call", "runs": [run(40)[0] | {"switch": None}], "memory": 400, "faults": []},
        ],
        "aggregate": [{"way": "SQL", "milliseconds": None}],
    }
    print_pages(shape, {"pages": [page | {"warm": run(50, 60)}]})
    lines = capsys.readouterr().out.splitlines()
    said = "10,000,000 generated calls with 4 criteria and 3 measures; sqlite, 17.2 GB."
    assert lines[0] == f"{said} The process is warmed first, as the server warms itself."
    # cold, lapsed, warm, its processor time, then the browser's three; 45 ms beside 25 ms of processor time
    assert lines[2].split() == ["calls", "500", "200", "100", "50", "60", "160", "50", "1.80", "slow"]
    assert lines[3].split() == ["call", "500", "200", "10", "5", "40", "140", "-"]  # in no menu
