"""Where keys come from, and what a person is told when one is wrong or gone."""

import base64
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from qa.errors import InvalidSetting, WriteFailed
from qa.settings import Settings
from qa.vault import drop_older, ensure_key, fresh_key, key_place, keyring, put_in_front


def site(folder: Path, **settings: object) -> Settings:
    return Settings(data_dir=folder, **settings)  # type: ignore[arg-type]


def test_a_site_without_a_key_has_an_empty_ring(tmp_path: Path) -> None:
    assert keyring(site(tmp_path)).current is None
    assert not (tmp_path / "keys").exists()


def test_a_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    here = site(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        rings = list(pool.map(lambda _: ensure_key(here), range(16)))
    assert len(set(rings)) == 1
    assert rings[0].current is not None
    assert stat.S_IMODE((tmp_path / "keys" / "vault.key").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["vault.key"]


def test_the_environment_wins_over_the_named_file_over_the_folder(tmp_path: Path) -> None:
    in_folder = ensure_key(site(tmp_path)).current
    named = tmp_path / "elsewhere.key"
    key, other = fresh_key(), fresh_key()
    named.write_text(key.text)
    here = site(tmp_path, vault_key_file=named)
    assert keyring(site(tmp_path)).current == in_folder
    assert keyring(here).current == key
    assert key_place(here) == str(named)
    told = site(tmp_path, vault_key_file=named, vault_key=f"{other.text},{key.text}")
    assert keyring(told).keys == (other, key)
    assert key_place(told) == "QA_VAULT_KEY"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not base64!",
        base64.b64encode(bytes(range(31))).decode(),
        base64.b64encode(bytes(range(33))).decode(),
    ],
)
def test_what_is_no_key_is_refused_without_quoting_it(tmp_path: Path, text: str) -> None:
    with pytest.raises(InvalidSetting, match="QA_VAULT_KEY") as caught:
        keyring(site(tmp_path, vault_key=text))
    assert not text or text not in caught.value.message
    assert caught.value.message.count(".") <= 2


def test_a_named_file_that_is_gone_is_no_empty_ring(tmp_path: Path) -> None:
    with pytest.raises(InvalidSetting, match="put it back"):
        keyring(site(tmp_path, vault_key_file=tmp_path / "usb" / "vault.key"))


def test_a_damaged_key_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "vault.key").write_bytes(os.urandom(32))
    with pytest.raises(InvalidSetting, match=r"vault\.key"):
        keyring(site(tmp_path))


def test_a_new_key_goes_in_front_and_the_older_ones_go_at_the_end(tmp_path: Path) -> None:
    here = site(tmp_path)
    first = ensure_key(here).current
    second = fresh_key()
    assert put_in_front(here, second).keys == (second, first)
    assert ensure_key(here).keys == (second, first)
    drop_older(here)
    assert keyring(here).keys == (second,)


def test_keys_of_the_environment_are_changed_by_people(tmp_path: Path) -> None:
    here = site(tmp_path, vault_key=fresh_key().text)
    with pytest.raises(InvalidSetting, match="in front of it"):
        put_in_front(here, fresh_key())
    with pytest.raises(InvalidSetting):
        drop_older(here)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("a file where the folder should be")
    with pytest.raises(WriteFailed, match="cannot be written"):
        ensure_key(site(tmp_path))


def test_a_key_shows_neither_itself_nor_the_setting(tmp_path: Path) -> None:
    key = fresh_key()
    here = site(tmp_path, vault_key=key.text)
    assert key.text not in repr(here)
    assert key.text not in repr(keyring(here))
    assert repr(key.secret) not in repr(key)
