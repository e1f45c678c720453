"""Damaged files are read or refused in one sentence; ``python -m qa bench fuzz`` does it with hundreds."""

import random
import time
from pathlib import Path

import pytest

from qa.errors import QAError
from qa.fuzz import make_seeds, run
from qa.fuzz.damage import damaged
from qa.fuzz.targets import TARGETS, House
from qa.redact import redact_text
from tests.ops.hostile import reader


def test_whole_files_are_read(tmp_path: Path) -> None:
    house = House(tmp_path)
    for number, seed in enumerate(make_seeds()):
        path = tmp_path / f"{number}{seed.ending}"
        path.write_bytes(seed.data)
        TARGETS[seed.target](path, house)
    assert {seed.target for seed in make_seeds()} == set(TARGETS)


def test_files_that_nobody_would_write_are_read_or_refused(tmp_path: Path) -> None:
    reader(House(tmp_path), 60)()


def test_damaged_files_are_survived() -> None:
    results = list(run(make_seeds(), 40, seed=20261122))
    assert [result for result in results if not result.good] == []
    kinds = {result.kind for result in results}
    assert kinds == {"read", "refused"}, "nothing was damaged enough to be refused, or everything was"


def test_the_same_number_damages_the_same_way() -> None:
    seeds = make_seeds()
    some = [(seeds[place], place + 7) for place in range(len(seeds))]
    assert [damaged(*one) for one in some] == [damaged(*one) for one in some]
    assert any(damaged(seed, number)[1] != seed.data for seed, number in some)


# what a reader does wrong, and what it is called
@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("raise KeyError('a row')", "fault"),
        ("raise qa.errors.BadMetadata('two\\nlines')", "fault"),
        ("raise qa.errors.BadMetadata('The file is empty; export it again.')", "refused"),
        ("import os; os._exit(9)", "died"),
        ("import time; time.sleep(60)", "hang"),
        ("big = b'x' * (9 * 2**30)", "memory"),
    ],
)
def test_what_is_not_survived_is_found(
    code: str, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qa.fuzz import running

    monkeypatch.setattr(running, "PATIENCE", 2.0 if kind == "hang" else 30.0)
    reader = running._Reader(House(tmp_path))
    monkeypatch.setattr(running, "_main", _misled)
    path = tmp_path / "code"
    path.write_text(code, encoding="utf-8")
    try:
        assert reader.read(0, "code", "by hand", path).kind == kind
    finally:
        reader.end()


def _misled(wire: object, house: House) -> None:
    """The process of the reader, with a reader that does what the file says."""
    import qa.errors
    from qa.fuzz import running, targets

    targets.TARGETS = {"code": lambda path, _house: exec(path.read_text(), {"qa": qa})}  # type: ignore[misc]
    running.TARGETS = targets.TARGETS
    running._warm = lambda _house: None
    running._main(wire, house)  # type: ignore[arg-type]


def test_random_bytes_are_no_scorecard_and_no_transcript(tmp_path: Path) -> None:
    chance = random.Random(3)
    for number in range(60):
        path = tmp_path / f"{number}.yaml"
        path.write_bytes(bytes(chance.randrange(256) for _ in range(chance.randrange(400))))
        for target in ("scorecard", "transcript", "metadata", "audio"):
            with pytest.raises(QAError):
                TARGETS[target](path, House(tmp_path))


@pytest.mark.parametrize("letter", ["a", "9", "a.", "a@"])
def test_redaction_of_one_endless_word_ends(letter: str) -> None:
    begun = time.process_time()
    redact_text(letter * 60_000)
    assert time.process_time() - begun < 5  # it took over forty, four times as much for twice the letters


def test_a_refusal_names_few_columns_and_no_number(tmp_path: Path) -> None:
    path = tmp_path / "surveys.csv"
    path.write_text(",".join(["09121234567", *[f"c{n}" for n in range(50)]]) + "\n1\n", encoding="utf-8")
    with pytest.raises(QAError) as refused:
        TARGETS["surveys"](path, House(tmp_path))
    assert "***, c0" in refused.value.message
    assert "and 31 more" in refused.value.message
    assert "0912" not in refused.value.message


@pytest.mark.parametrize("target", ["surveys", "metadata"])
def test_a_column_with_a_line_break_breaks_no_sentence(target: str, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text('"how was\nit",b\n1,2\n', encoding="utf-8")
    with pytest.raises(QAError) as refused:
        TARGETS[target](path, House(tmp_path))
    assert "how was?it" in refused.value.message
