"""Written lines in both languages: every mark is found, nothing else is."""

from pathlib import Path

import pytest

from qa.cli.bench_redact import SETS
from qa.errors import QAError
from qa.evaluate.redaction import MarkedLine, evaluate_redaction, read_marked_lines
from qa.text import to_ascii_digits
from tests.redact.numbers_made import iban_holds, luhn_holds, national_code_holds
from tests.shared import ROOT

FOLDER = ROOT / "data" / "redaction"
LINES = {name: read_marked_lines(FOLDER / f"tuned_{name}.tsv") for name in ("fa", "en")}
HELD_OUT = {
    name: sum((read_marked_lines(FOLDER / f"{part}_{name}.tsv") for part in SETS if part != "tuned"), ())
    for name in ("fa", "en")
}
ALL = [
    pytest.param(line, id=f"{language}-{line.name}") for language, lines in LINES.items() for line in lines
]
# Found, as DIGITS: nothing says that it is a telephone number.
KIND_MAY_DIFFER = {"phone spoken hundred", "unseen third 10"}


@pytest.mark.parametrize("line", ALL)
def test_line(line: MarkedLine) -> None:
    figures = evaluate_redaction([line])
    assert figures.found == figures.data
    assert figures.false_hits == 0
    assert figures.named == figures.data or line.name in KIND_MAY_DIFFER


@pytest.mark.parametrize("table", [LINES, HELD_OUT], ids=["tuned", "held out"])
def test_the_table_is_large_and_half_of_it_must_not_match(table: dict[str, tuple[MarkedLine, ...]]) -> None:
    assert sum(len(lines) for lines in table.values()) >= 400
    for lines in table.values():
        clean = sum(1 for line in lines if not any(turn.data for turn in line.turns))
        assert clean / len(lines) > 0.3


@pytest.mark.parametrize("language", ["fa", "en"])
def test_written_numbers_of_the_table_have_the_check_digits_they_claim(language: str) -> None:
    checks = {
        "CARD_NUMBER": (16, luhn_holds),
        "NATIONAL_CODE": (10, national_code_holds),
        "SHEBA": (24, _sheba),
    }
    seen = 0
    for line in LINES[language]:
        for turn in line.turns:
            for start, end, kind in turn.data:
                digits = "".join(d for d in to_ascii_digits(turn.text[start:end]) if d.isdigit())
                size, holds = checks.get(kind, (0, bool))
                if (
                    digits
                    and len(digits) == size
                    and line.name.split(",")[0].endswith(("plain", "persian", "dashed"))
                ):
                    seen += 1
                    assert holds(digits), line.name
    assert seen >= 3


def _sheba(digits: str) -> bool:
    return iban_holds(f"IR{digits}")


def test_no_line_of_any_set_is_missed_or_hit_in_vain(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        for language, lines in (*LINES.items(), *HELD_OUT.items()):
            f = evaluate_redaction(lines)
            print(
                f"\nredaction {language}: {f.lines} lines, {f.utterances} utterances, recall"
                f" {f.found}/{f.data}, right kind {f.named}/{f.data}, false hits {f.false_hits}"
            )
            assert (f.missed, f.false) == ((), ()), "what was mended once stays mended"


def test_figures_count_what_is_missed_and_what_is_hit_in_vain(tmp_path: Path) -> None:
    file = tmp_path / "lines.tsv"
    file.write_text(
        "# a comment\n\nname\tمن {MOBILE|سارا} هستم\nfalse\tشماره 09121234567\n"
        "half\t{MOBILE|09121234567 و سارا}\nkind\t{LANDLINE|09121234567}\n"
        "right\ta: بله ¦ c: {MOBILE|09121234567}\n",
        encoding="utf-8",
    )
    figures = evaluate_redaction(read_marked_lines(file))
    assert (figures.lines, figures.utterances, figures.data) == (5, 6, 4)
    assert (figures.found, figures.named, figures.false_hits) == (2, 1, 1)
    assert figures.missed == ("name", "half")
    assert figures.false == ("false",)
    assert figures.recall == 0.5
    assert figures.per_kind == (("MOBILE", 1, 3), ("LANDLINE", 1, 1))


def test_no_lines_give_no_figures() -> None:
    figures = evaluate_redaction([])
    assert figures.recall is None
    assert figures.false_per_utterance is None


@pytest.mark.parametrize("line", ["no tab", "name\t{PHONE|0912}"])
def test_a_wrong_table_is_refused(tmp_path: Path, line: str) -> None:
    file = tmp_path / "lines.tsv"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(QAError, match=r"lines.tsv, line 1"):
        read_marked_lines(file)
