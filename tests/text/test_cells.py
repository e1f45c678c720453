"""No text of somebody's runs as a formula in a spreadsheet, and it comes back as it was."""

from pathlib import Path

import polars as pl
import pytest

from qa.feedback.tables import read_table
from qa.text.cells import RISKY, safe_cell, safe_names

TEXTS = ['=HYPERLINK("http://evil.example")', "+98 21", "-5", "@SUM(1)", "＝1+1", "=cmd|'/c calc'!A0"]
PLAIN = ["'quoted'", "It's late", "a=b", "۱۴۰۵/۰۹/۰۱", "", "'"]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_formulas_are_text_and_come_back(tmp_path: Path, ending: str) -> None:
    texts = [*TEXTS, *(text for text in PLAIN if text)]
    frame = pl.DataFrame({"=name": [safe_cell(text) for text in texts]})
    out = tmp_path / f"out.{ending}"
    named = frame.rename(safe_names(frame.columns))
    assert named.columns == ["'=name"]
    if ending == "csv":
        named.write_csv(out)
        assert not any(line.strip('"').startswith(RISKY) for line in out.read_text().splitlines())
    else:
        named.write_excel(out)
    back = read_table(out)
    assert back.cells.get_columns()[-1].to_list() == texts


def test_what_is_no_formula_stays() -> None:
    assert [safe_cell(text) for text in PLAIN] == PLAIN
    assert [safe_cell(value) for value in (-5, 1.5, None)] == [-5, 1.5, None]
