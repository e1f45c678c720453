"""Names of recordings: who called whom, which queue, when."""

from datetime import UTC, datetime
from pathlib import PurePath
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import InvalidSetting
from qa.ingest.facts import Facts
from qa.ingest.filenames import LONGEST_PATTERN, compile_patterns, read_name

TEHRAN = ZoneInfo("Asia/Tehran")
MOMENT = datetime(2026, 11, 22, 6, 45, 30, tzinfo=UTC)  # 10:15:30 in Tehran
STAMP = "20261122-101530-1795329930.123"  # its own epoch

MOBILE, LANDLINE = "09121234567", "02188776655"


def facts(**known: object) -> Facts:
    return Facts(**({"moment": MOMENT} | known))  # type: ignore[arg-type]


NAMES = [
    # queue calls: queue, then the caller; the agent is not in the name
    (f"q-500-{MOBILE}-{STAMP}.wav", facts(queue="500", customer=MOBILE, direction="inbound")),
    (f"q-sales-{LANDLINE}-{STAMP}.WAV", facts(queue="sales", customer=LANDLINE, direction="inbound")),
    (f"q-500-unknown-{STAMP}.wav", facts(queue="500", direction="inbound")),
    # ring groups are written the same way
    (f"rg-600-{MOBILE}-{STAMP}.wav", facts(queue="600", customer=MOBILE, direction="inbound")),
    # outbound: the dialled number comes first, then the extension
    (f"out-{MOBILE}-201-{STAMP}.wav", facts(agent="201", customer=MOBILE, direction="outbound")),
    (
        f"out-+989121234567-201-{STAMP}.mp3",
        facts(agent="201", customer="+989121234567", direction="outbound"),
    ),
    # an outside call to an extension: the extension comes first
    (f"external-201-{MOBILE}-{STAMP}.wav", facts(agent="201", customer=MOBILE, direction="inbound")),
    (f"internal-201-305-{STAMP}.wav", facts(agent="201", direction="internal")),
    # older FreePBX writes exten- for all three; the length of the numbers tells which
    (f"exten-201-{MOBILE}-{STAMP}.wav", facts(agent="201", customer=MOBILE, direction="inbound")),
    (f"exten-{MOBILE}-201-{STAMP}.wav", facts(agent="201", customer=MOBILE, direction="outbound")),
    (f"exten-201-305-{STAMP}.wav", facts(agent="201", direction="internal")),
    # force: a route that records always, in either direction
    (f"force-{MOBILE}-3201-{STAMP}.wav", facts(agent="3201", customer=MOBILE, direction="outbound")),
    (f"force-3201-{MOBILE}-{STAMP}.wav", facts(agent="3201", customer=MOBILE, direction="inbound")),
    (f"force-{LANDLINE}-{MOBILE}-{STAMP}.wav", facts(customer=MOBILE, direction="inbound")),
    # the centre's own number comes first and is nobody's
    (f"in-{LANDLINE}-{MOBILE}-{STAMP}.wav", facts(customer=MOBILE, direction="inbound")),
    # a suffix that a mixer adds, and a name without the unique id
    (f"out-{MOBILE}-201-{STAMP}-1.wav", facts(agent="201", customer=MOBILE, direction="outbound")),
    (f"out-{MOBILE}-201-20261122-101530.wav", facts(agent="201", customer=MOBILE, direction="outbound")),
    # the moment alone
    (f"{STAMP}.wav", facts()),
    ("auto-1795329930.123.wav", Facts()),
    # Amazon: post-call analytics in local time, Connect in UTC
    (
        "Auto0_GUID_000_AGENT_ChrisL_DT_2025-02-19T06-01-22_Mono.wav",
        Facts(agent="ChrisL", moment=datetime(2025, 2, 19, 2, 31, 22, tzinfo=UTC)),
    ),
    (
        "a1b2c3d4-1111-2222-3333-444455556666_20261122T06:45_UTC.wav",
        Facts(moment=datetime(2026, 11, 22, 6, 45, tzinfo=UTC)),
    ),
    # a Jalali date in the same place
    (f"q-500-{MOBILE}-14050901-101530.wav", facts(queue="500", customer=MOBILE, direction="inbound")),
    ("Call01.wav", Facts()),
    ("q-500.wav", Facts()),
]


@pytest.mark.parametrize(("name", "expected"), NAMES, ids=[name for name, _ in NAMES])
def test_presets(name: str, expected: Facts) -> None:
    assert read_name(PurePath("/records/2026/11/22") / name, TEHRAN) == expected


def test_the_time_in_the_name_wins_over_a_unique_id_of_another_day() -> None:
    # The example of the telephone system's manual: date 2026, epoch 2025.
    found = read_name(PurePath("q-500-09121234567-20261122-101530-1763795730.123.wav"), TEHRAN)
    assert found.moment == MOMENT
    assert found.notes == (
        "the time in the file name and its unique id are 364 days apart; the time in the name was used",
    )


def test_a_time_that_does_not_exist_falls_back_to_the_unique_id_and_says_so() -> None:
    found = read_name(PurePath("q-500-09121234567-20261322-101530-1795329930.123.wav"), TEHRAN)
    assert found.moment == MOMENT
    assert found.notes == (
        "the time '20261322 101530' in the file name is a date or a time that does not exist; correct it",
    )


def test_a_number_is_in_no_text_of_the_facts() -> None:
    found = read_name(PurePath(f"q-500-{MOBILE}-{STAMP}.wav"), TEHRAN)
    assert found.customer == MOBILE
    assert MOBILE not in repr(found)


def test_a_site_pattern_wins_over_the_presets_and_knows_every_group() -> None:
    patterns = compile_patterns(
        (
            r"(?P<team>\w+)_(?P<agent>\d+)_(?P<agent_name>[^_]+)_(?P<queue>\w+)_(?P<direction>in|out)_"
            r"(?P<language>fa|en)_(?P<number>\d+)_(?P<date>[\d-]{10})_(?P<time>[\d.]{5})",
        )
    )
    found = read_name(
        PurePath("north_7_سارا_sales_out_fa_09121234567_1405-09-01_10.15.wav"), TEHRAN, patterns
    )
    assert found == Facts(
        agent="7",
        agent_name="سارا",
        team="north",
        queue="sales",
        moment=datetime(2026, 11, 22, 6, 45, tzinfo=UTC),
        customer="09121234567",
        direction="outbound",
        language="fa",
    )


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"(?P<agent>\d+", "is no regular expression"),
        (r"(?P<boss>\d+)", "has the unknown group 'boss'"),
        (r"\d+", "names no group"),
        ("(?P<agent>a)" + "x" * LONGEST_PATTERN, f"use at most {LONGEST_PATTERN}"),
    ],
)
def test_a_bad_site_pattern_is_refused_with_a_sentence(pattern: str, words: str) -> None:
    with pytest.raises(InvalidSetting, match="QA_FILE_PATTERNS") as error:
        compile_patterns((pattern,))
    assert words in error.value.message


@given(st.text(max_size=300))
def test_no_name_breaks_the_reader(name: str) -> None:
    assert isinstance(read_name(PurePath(name.replace("/", "") or "a"), TEHRAN), Facts)


@given(
    agent=st.integers(100, 999999),
    customer=st.integers(10**9, 10**11 - 1),
    moment=st.datetimes(datetime(2023, 1, 1), datetime(2099, 1, 1), timezones=st.just(TEHRAN)),
)
def test_outbound_names_read_back_what_was_written(agent: int, customer: int, moment: datetime) -> None:
    name = f"out-0{customer}-{agent}-{moment:%Y%m%d-%H%M%S}-{int(moment.timestamp())}.7.wav"
    found = read_name(PurePath(name), TEHRAN)
    assert (found.agent, found.customer) == (str(agent), f"0{customer}")
    assert found.moment == moment.replace(microsecond=0).astimezone(UTC)
    assert found.notes == ()
