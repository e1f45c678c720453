"""Every page of the registry, for every role, in both languages, without calls and with a whole centre."""

from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from dashboard.data.kinds import Role
from dashboard.i18n import LANGUAGES, _, speaking
from dashboard.i18n.catalogue import po_path
from dashboard.registry import Page, present
from tests.dashboard.centre import Language, html, open_copy, open_page
from tests.dashboard.desk import Site
from tests.dashboard.shown import shown, untranslated
from tests.store.samples import sha

SignIn = Callable[[str], None]
PEOPLE = {Role.SUPERVISOR: {"teams": frozenset({1})}, Role.AGENT: {"agent_id": 1}}
HEARD = sha(1)[:12]
"""The key of the call with words that every filled centre has; role and team may hear it."""


def translations() -> dict[str, str]:
    """English source texts, singular and plural, and the Persian of each."""
    with po_path("fa").open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    found = {}
    for message in messages:
        ids, texts = (
            each if isinstance(each, tuple | list) else [each] for each in (message.id, message.string)
        )
        found |= {str(key): str(texts[0]) for key in ids}
    return found


FA = translations()


def check(entry: Page, role: Role, language: Language) -> None:
    params = {"call": {"call": HEARD}, "agent": {"agent": "1"}}.get(entry.file, {})
    with speaking(language):  # AppTest formats options in this thread, which has no session
        at = open_page(entry.file, language, **params)
        refusal, broken = _("You cannot open this page"), _("The numbers could not be read")
    body = html(at)
    assert not at.exception, entry.file
    assert broken not in body, entry.file
    assert (refusal in body) != entry.allows(role), entry.file
    if language == "fa":
        assert set(untranslated(shown(at), FA)) <= {LANGUAGES["en"]}, (
            entry.file
        )  # the way to the other language


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("role", list(Role))
def test_without_calls(desk_site: Site, sign_in_as: SignIn, role: Role, language: Language) -> None:
    desk_site.add("boss", role, display_name="نازنین مرادی")
    sign_in_as("boss")
    for entry in present():
        check(entry, role, language)


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("role", list(Role))
def test_with_a_centre(
    desk_site: Site,
    centres: Callable[[Language], Path],
    sign_in_as: SignIn,
    role: Role,
    language: Language,
) -> None:
    open_copy(centres(language), desk_site).add(
        "boss", role, display_name="نازنین مرادی", **PEOPLE.get(role, {})
    )
    sign_in_as("boss")
    for entry in present():
        check(entry, role, language)


def test_the_check_for_english_bites() -> None:
    texts = ["Calls", "3,200 calls", "تماس‌ها", "CSV", "Sara Ahmadi", "12 kettles", "No calls in this week."]
    assert untranslated(texts, FA) == ["3,200 calls", "Calls", "No calls in this week."]
