"""Persian is complete, in step with the code, and nothing on a page escapes translation."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from dashboard.i18n import LANGUAGES, _, extract, language, ngettext, speaking
from dashboard.i18n.catalogue import po_path
from dashboard.i18n.extract import FOLDERS, ROOT, TEMPLATE, found
from dashboard.words import WORDS, word
from qa.records import Reason, Speaker, Verdict
from tests.dashboard.untranslated import asked, offenders

FIELD = re.compile(r"\{(\w*)\}")


def texts(value: object) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, tuple | list) else (str(value),)


def catalogue(path: Path) -> dict[tuple[str, ...], object]:
    with path.open("rb") as file:
        return {texts(message.id): message for message in read_po(file) if message.id}


FA = catalogue(po_path("fa"))


def test_the_files_are_in_step_with_the_code() -> None:
    wanted = {texts(message.id) for message in found() if message.id}
    for path in (TEMPLATE, po_path("fa")):
        have = set(catalogue(path))
        assert have == wanted, (
            f"run python -m dashboard.i18n extract; "
            f"missing {sorted(wanted - have)}, stale {sorted(have - wanted)}"
        )


SPELT = {
    "[يكةى]": "an Arabic letter in place of a Persian one",
    r"[0-9٠-٩]": "digits that are not Persian",
    r"[?;,](?!\w)": "Latin punctuation",
    "!": "an exclamation mark",
    r"(^|\s)(می|نمی) ": "a half-space is missing after می",
    r" (ها|های|هایی)(\s|$|[.،])": "a half-space is missing before ها",
    "یک بار مصرف|بعدا |لطفا ": "spelling",
}


def faults(key: tuple[str, ...], translated: tuple[str, ...], *, fuzzy: bool) -> list[str]:
    """What is wrong with the translation of a text."""
    told = ["fuzzy"] * fuzzy + ["no translation"] * (not all(translated))
    for text in translated:
        told += ["placeholders differ"] * (set(FIELD.findall(text)) != set(FIELD.findall(key[-1])))
        told += [fault for pattern, fault in SPELT.items() if re.search(pattern, text)]
    return told


def test_every_text_is_translated() -> None:
    """In one test: three thousand of them would cost more in being told of than in being looked at."""
    found_faults = {
        key[0]: told
        for key, message in FA.items()
        if (told := faults(key, texts(message.string), fuzzy=message.fuzzy))  # type: ignore[attr-defined]
    }
    assert len(FA) > 2000
    assert found_faults == {}


@pytest.mark.parametrize(
    ("key", "translated", "fault"),
    [
        (("Calls",), ("",), "no translation"),
        (("{n} calls",), ("{m} تماس",), "placeholders differ"),
        (("Calls",), ("تماس هاي",), "an Arabic letter in place of a Persian one"),
        (("Calls",), ("1 تماس",), "digits that are not Persian"),
        (("Why?",), ("چرا?",), "Latin punctuation"),
        (("Go!",), ("برو!",), "an exclamation mark"),
        (("It goes",), ("می رود",), "a half-space is missing after می"),
        (("Calls",), ("تماس ها",), "a half-space is missing before ها"),
        (("Please go",), ("لطفا بروید",), "spelling"),
    ],
)
def test_the_check_of_a_translation_bites(
    key: tuple[str, ...], translated: tuple[str, ...], fault: str
) -> None:
    assert faults(key, translated, fuzzy=False) == [fault]
    assert faults(("Calls",), ("تماس‌ها",), fuzzy=True) == ["fuzzy"]


@pytest.mark.parametrize(
    "path", [p for f in FOLDERS for p in sorted((ROOT / f).rglob("*.py"))], ids=lambda p: p.name
)
def test_no_literal_on_a_page(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert offenders(source) == []
    assert asked(source) <= {key[0] for key in FA}


@pytest.mark.parametrize(
    ("code", "bad"),
    [
        ('st.button("Save")', True),
        ('st.button(_("Save"), key="save")', False),
        ('left.text_input(label="Name")', True),
        ('st.selectbox(_("Team"), teams, placeholder="Choose")', True),
        ('st.markdown(f"Calls: {count}")', True),
        ('st.markdown(f"{count} · {share}")', False),
        ('panel("key", "Title")', True),
        ('panel("key", _("Title"), "a note")', True),
        ('head(title="Calls")', True),
        ('Tile(label="Score", value=x, interval=y, change=Change("Up 2"))', True),
        ('Markup("<b>Hello</b>")', True),
        ("Markup('<b class=\"x\">{}</b>')", False),
        ('st.title("شنوا")', True),
        ('st.divider()', False),
    ],
)  # fmt: skip
def test_the_literal_check_bites(code: str, bad: bool) -> None:
    assert bool(offenders(code)) is bad


def test_what_the_stages_say_has_a_word() -> None:
    missing = [value for kind in (Verdict, Reason) for value in kind if value not in WORDS]
    assert missing == []
    with speaking("fa"):
        assert word(Verdict.NOT_MET) == "رعایت نشده"
        assert word("something new") == "something new"
        assert {str(speaker) for speaker in Speaker} >= {"agent", "customer"}


def test_languages_do_not_leak() -> None:
    assert language() == "en"
    with speaking("fa"):
        assert _("Calls") == "تماس‌ها"
        with speaking("en"):
            assert _("Calls") == "Calls"
        assert ngettext("{count} session", "{count} sessions", 2) == "۲ نشست"
    assert ngettext("{count} session", "{count} sessions", 1) == "1 session"
    assert set(LANGUAGES) == {"en", "fa"}


def test_extraction_keeps_what_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that leaves for a while does not lose its translation; a new one is not guessed."""
    monkeypatch.setattr(extract, "TEMPLATE", tmp_path / "messages.pot")
    monkeypatch.setattr(extract, "po_path", lambda code: tmp_path / f"{code}.po")
    head = 'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'
    plural = 'msgid "{count} b"\nmsgid_plural "{count} bs"\nmsgstr[0] "ب"\nmsgstr[1] "ب‌ها"\n\n'
    (tmp_path / "fa.po").write_text(head + 'msgid "Calls"\nmsgstr "تماس‌ها"\n\n' + plural)
    for texts_now, missing in (
        ((), 0),
        (("Calls", ("{count} b", "{count} bs"), "Call"), 1),
    ):
        template = Catalog()
        for text in texts_now:
            template.add(text)
        monkeypatch.setattr(extract, "found", lambda template=template: template)
        assert f"{missing} without" in next(extract.extract())
    kept = catalogue(tmp_path / "fa.po")
    assert kept["Calls",].string == "تماس‌ها"  # type: ignore[attr-defined]
    assert texts(kept["{count} b", "{count} bs"].string) == ("ب", "ب‌ها")  # type: ignore[attr-defined]
