"""``roles``: who is who, set by a person; the call is measured and scored again."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run, data_dir, one_sentence, qa
from tests.cli.stored import store_reviewed_call

__all__ = ["data_dir", "qa"]


def told(shape: dict[str, Any]) -> tuple[list[str], dict[str, float | None], dict[str, str]]:
    """Speakers, measures and verdicts of a stored call."""
    return (
        [line["speaker"] for line in shape["transcript"]["utterances"]],
        {one["name"]: one["value"] for one in shape["measures"]},
        {one["key"]: one["verdict"] for one in shape["scoring"]["criteria"]},
    )


def test_swapped_and_swapped_back(qa: Run, data_dir: Path, tmp_path: Path) -> None:
    key = store_reviewed_call(qa, data_dir, tmp_path)
    before = qa("show", key, "--json").rows[0]
    assert "measured and scored again" in qa("roles", key, "--swap").out
    speakers, measures, verdicts = told(qa("show", key, "--json").rows[0])
    was_speakers, was_measures, was_verdicts = told(before)
    assert speakers == ["customer", "agent", "customer"] != was_speakers
    assert measures["talk_share_agent"] == was_measures["talk_share_customer"]
    assert (was_verdicts["greeting"], verdicts["greeting"]) == ("met", "partly")  # a customer's hello
    qa("roles", key, "--swap")
    assert qa("show", key, "--json").rows[0] == before


@pytest.mark.parametrize("options", [(), ("--swap", "--agent", "1"), ("--agent", "3")])
def test_one_thing_must_be_said(qa: Run, data_dir: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    ran = qa("roles", "abcdef012345", *options)
    assert ran.code == 2
    assert "Say one thing about the roles" in one_sentence(ran.err)


def test_a_change_that_does_not_fit_is_refused(qa: Run, data_dir: Path, tmp_path: Path) -> None:
    key = store_reviewed_call(qa, data_dir, tmp_path)
    before = qa("show", key, "--json").rows[0]
    ran = qa("roles", key, "--agent", "1")
    assert ran.code == 2
    assert "no such voices" in one_sentence(ran.err)
    assert qa("show", key, "--json").rows[0] == before
