"""Aspects in both languages, limits of the dictionary, suggestions against labels, themes by their words."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from qa.aspects import Aspect, Reader, find_themes, is_suggestion, parse_dictionary, shipped_dictionary
from qa.errors import InvalidSetting
from tests.shared import shared_data

LABELS = Path(__file__).parent / "suggestions.csv"
READER = Reader(shipped_dictionary())


@pytest.mark.parametrize(
    ("text", "service", "expected"),
    [
        ("The courier never arrived and nobody answers the phone", None, {"delivery", "support"}),
        ("پیک خیلی دیر رسید و کارشناس بی‌ادب بود", None, {"delivery", "waiting", "staff"}),
        ("پولم رو پس ندادن", "shop", {"refund"}),
        ("I was charged twice", None, {"billing"}),
        ("برنامه هر بار هنگ می‌کنه", None, {"app"}),
        ("the room was cold", "travel", {"booking"}),  # hot or cold is an aspect of food alone
        ("غذا سرد بود", "food", {"temperature"}),
        ("lovely", None, set()),
    ],
)
def test_aspects(text: str, service: str | None, expected: set[str]) -> None:
    assert set(READER.aspects(text, service)) == expected


def test_a_site_changes_the_dictionary() -> None:
    shipped = shipped_dictionary()
    own = Aspect("modem", None, {"en": "Modem", "fa": "مودم"}, {"en": ("modem*",), "fa": ("مودم*",)})
    changed = parse_dictionary(shipped.put(own).rows())
    assert "modem" in Reader(changed).aspects("مودمم وصل نمی‌شود")
    assert changed.version != shipped.version == parse_dictionary(shipped.rows()).version
    assert changed.without("modem").version == shipped.version


@pytest.mark.parametrize(
    "row",
    [
        {"key": "Two words", "names": {"en": "a", "fa": "b"}},
        {"key": "half", "names": {"en": "Half"}},
        {"key": "wide", "names": {"en": "Wide", "fa": "باز"}, "words": {"en": ["*"]}},
        {"key": "short", "names": {"en": "Short", "fa": "کوتاه"}, "words": {"fa": ["و"]}},
    ],
    ids=["key", "name", "star alone", "one letter"],
)
def test_what_finds_everything_is_refused(row: dict[str, object]) -> None:
    with pytest.raises(InvalidSetting):
        parse_dictionary([row])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Please add a night branch", True),
        ("It would be great if you opened on Fridays", True),
        ("I wish there was a dark mode", True),
        ("You should answer the phone", True),
        ("کاش ساعت تحویل را می‌شد انتخاب کرد", True),
        ("لطفاً رنگ سفید را موجود کنید", True),
        ("lotfan saate tahvil ro bezarid", True),
        ("Please don't buy this", False),
        ("کاش نمی‌خریدم", False),  # a wish about one's own past
        ("نوشته بودم که لطفا سس نگذارید ولی گذاشتند", False),  # asked for in vain
        ("پیشنهاد می‌کنم بخرید", False),  # to other buyers
        ("The food was cold", False),
    ],
)
def test_suggestions_by_their_form(text: str, expected: bool) -> None:
    assert is_suggestion(text) is expected


SETS: dict[str, tuple[str, Callable[[dict[str, str]], str]]] = {
    "C1": ("C1_fa_snappfood/test.csv", lambda row: row["comment"]),
    "C2": (
        "C2_fa_digikala_recommend/comment_test.csv",
        lambda row: f"{row['title'] or ''}. {row['comment'] or ''}".strip(". "),
    ),
    "C3": ("C3_fa_digikala_samsung_stars/samsung_mobiles.csv", lambda row: row["body"] or ""),
}


def lines(name: str) -> list[str]:
    file, text = SETS[name]
    csv.field_size_limit(10_000_000)
    with shared_data(*file.split("/")).open(encoding="utf-8-sig", newline="") as rows:
        return [text(row) for row in csv.DictReader(rows)]


def test_three_of_four_suggestions_found_are_some() -> None:
    texts = {name: lines(name) for name in SETS}
    with LABELS.open(encoding="utf-8", newline="") as file:
        rows = [(texts[r["set"]][int(r["row"])], r["suggestion"] == "1") for r in csv.DictReader(file)]
    assert len(rows) >= 200
    found = [label for text, label in rows if is_suggestion(text)]
    precision, recall = sum(found) / len(found), sum(found) / sum(label for _, label in rows)
    print(f"suggestions: precision {precision:.3f} of {len(found)}, recall {recall:.3f} of {len(rows)} lines")
    assert precision >= 0.75
    assert recall >= 0.7


def test_themes_gather_what_shares_its_words() -> None:
    modem = [f"my modem lost the signal again in room {n}" for n in range(20)]
    parking = [f"parking garage gate stuck level {n}" for n in range(15)]
    themes = find_themes([*modem, *parking, *(f"word{n} other{n}" for n in range(10))], 3)
    assert {"modem", "signal"} <= set(themes[0].words)
    assert set(themes[0].texts) == set(range(20))
    assert {"parking", "garage"} <= set(themes[1].words)
    assert find_themes(["too few"] * 5) == ()
