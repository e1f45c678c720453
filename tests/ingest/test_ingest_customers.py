"""The customer key: one hash for one customer, and nothing else."""

import stat
import subprocess
import sys
import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import InvalidSetting
from qa.ingest.customers import KEY_FILE, customer_hash, normal_number, region_of, site_key
from qa.small_files import KEY_BYTES
from tests.worker.site import ROOT

KEY = bytes(range(KEY_BYTES))


@pytest.mark.parametrize(
    ("spellings", "region"),
    [
        (
            (
                "09121234567",
                "+989121234567",
                "00989121234567",
                "9121234567",
                "۰۹۱۲ ۱۲۳ ۴۵۶۷",
                "0912-123-4567",
            ),
            "IR",
        ),
        (("02188776655", "+98 21 8877 6655", "(021) 88776655"), "IR"),
        (("+1 212 555 0123", "(212) 555-0123", "2125550123"), "US"),
        (("C-17", "c-17", " C-17 "), "IR"),  # an id of the centre's own
    ],
)
def test_one_customer_has_one_key_however_the_number_is_written(
    spellings: tuple[str, ...], region: str
) -> None:
    assert len({customer_hash(spelling, KEY, region) for spelling in spellings}) == 1


def test_two_customers_and_two_sites_have_different_keys() -> None:
    hashes = {
        customer_hash("09121234567", KEY, "IR"),
        customer_hash("09121234568", KEY, "IR"),
        customer_hash("09121234567", KEY[::-1], "IR"),
    }
    assert len(hashes) == 3


@pytest.mark.parametrize("number", ["unknown", "Anonymous", "", "  "])
def test_a_withheld_number_is_no_customer(number: str) -> None:
    assert customer_hash(number, KEY, "IR") is None


@given(st.text(max_size=40), st.sampled_from(["IR", "US", "ZZ"]))
def test_the_key_never_holds_the_number_and_spelling_again_changes_nothing(number: str, region: str) -> None:
    normal = normal_number(number, region)
    assert normal_number(normal, region) == normal
    made = customer_hash(number, KEY, region)
    assert made is None or (len(made) == 64 and set(made) <= set("0123456789abcdef"))


@pytest.mark.parametrize(
    ("zone", "region"),
    [("Asia/Tehran", "IR"), ("Europe/London", "GB"), ("America/New_York", "US"), ("UTC", "ZZ")],
)
def test_the_country_of_the_site(zone: str, region: str) -> None:
    assert region_of(ZoneInfo(zone)) == region


def test_the_key_is_made_once_and_is_the_owner_s_alone(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    first = site_key(folder)
    assert (len(first), site_key(folder)) == (KEY_BYTES, first)
    assert stat.S_IMODE((folder / KEY_FILE).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [file.name for file in folder.iterdir()] == [KEY_FILE]


def test_processes_that_start_together_get_the_same_key(tmp_path: Path) -> None:
    program = (
        "import sys, time, pathlib; from qa.ingest.customers import site_key; "
        "time.sleep(max(0.0, float(sys.argv[2]) - time.time())); "
        "print(site_key(pathlib.Path(sys.argv[1])).hex())"
    )
    start = str(time.time() + 4)  # time enough to import, so that they meet at the key
    command = [sys.executable, "-c", program, str(tmp_path / "keys"), start]
    processes = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(6)]
    keys = [process.communicate(timeout=60)[0].strip() for process in processes]
    assert keys == [site_key(tmp_path / "keys").hex()] * 6


def test_a_damaged_key_is_refused_instead_of_replaced(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).write_bytes(b"short")
    with pytest.raises(InvalidSetting, match=r"has 5 bytes, not 32; restore a back-up"):
        site_key(tmp_path)
    assert (tmp_path / KEY_FILE).read_bytes() == b"short"
