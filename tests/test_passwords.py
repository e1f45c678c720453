"""What a password must be, for the command line and the desk alike."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard import passwords as desk
from qa import passwords
from qa.errors import InvalidSetting
from qa.passwords import Weakness
from tests.shared import ROOT

TABLE = [  # password, user name, what is wrong
    ("", "sara", Weakness.SHORT),
    ("abcdefghi", "sara", Weakness.SHORT),  # 9
    ("abcdefghij", "sara", None),  # 10
    ("گفت‌وگوی خوب", "sara", None),  # Persian letters count like others
    ("abcde" * 51 + "f", "sara", None),  # 256
    ("abcde" * 51 + "fg", "sara", Weakness.LONG),
    ("aabbccddaabb", "sara", Weakness.ALIKE),  # 4 different ones
    ("aabbccddeeaa", "sara", None),  # 5
    ("the lamp of SARA", "Sara", Weakness.NAMED),
    ("two lamps by the door", "", None),  # a name that is not known yet is in no password
]


@pytest.mark.parametrize(("password", "name", "wrong"), TABLE)
def test_the_rule_is_one_everywhere(password: str, name: str, wrong: Weakness | None) -> None:
    assert passwords.weakness(password, name) is wrong
    assert (desk.weakness(password, name) == "") is (wrong is None)
    if wrong is None:
        passwords.check_password(password, name)
        return
    with pytest.raises(InvalidSetting) as caught:
        passwords.check_password(password, name)
    assert caught.value.message == wrong.value
    assert not password or password not in caught.value.message


def test_the_desk_has_a_sentence_of_its_own_for_each_fault() -> None:
    faults = {desk.weakness(password, name) for password, name, wrong in TABLE if wrong}
    assert len(faults) == len(Weakness)


def typed(password: str, data_dir: Path) -> subprocess.CompletedProcess[str]:
    """``users add sara`` with the password on standard input."""
    command = [sys.executable, "-m", "qa", "users", "add", "sara", "--role", "manager"]
    environment = os.environ | {"QA_DATA_DIR": str(data_dir)}
    return subprocess.run(
        command, cwd=ROOT, env=environment, input=f"{password}\n", capture_output=True, text=True, check=False
    )


def test_the_command_line_asks_for_the_same(tmp_path: Path) -> None:
    refused = typed("my name is sara", tmp_path)
    assert (refused.returncode, refused.stderr.strip()) == (2, Weakness.NAMED.value)
    taken = typed("two lamps by the door", tmp_path)
    assert (taken.returncode, taken.stderr) == (0, "")


def test_a_hash_matches_its_password_alone() -> None:
    kept = passwords.hashed("two lamps by the door")
    assert kept.startswith("$argon2id$")
    assert passwords.matches(kept, "two lamps by the door")
    assert not passwords.matches(kept, "two lamps by the doo")
    assert not passwords.matches(None, "two lamps by the door")
