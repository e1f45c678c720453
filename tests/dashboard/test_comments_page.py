"""The comments desk and the page of themes: what they list, and what a person does there."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from dashboard.data import comments, site, themes
from dashboard.data.comments import CommentFilter, CommentOrder, CommentStep, ReplyKind, Shown, Template
from dashboard.data.kinds import Role
from dashboard.data.site import Scope
from qa.feedback.aspects import read_aspects
from qa.store.kinds import Feeling, ImportKind
from qa.store.made.generated import generated_source
from qa.store.tables import comments as table
from qa.store.tables import import_sources
from qa.store.voice.sentiments import Reading, save_readings, text_key
from tests.dashboard.centre import html, open_page
from tests.dashboard.desk import Site

SignIn = Callable[[str], None]
SAID = (
    ("The courier was two days late", Feeling.NEGATIVE, "en"),
    ("پیک دیر رسید و غذا سرد بود", Feeling.NEGATIVE, "fa"),
    ("Please add a night branch", Feeling.NEUTRAL, "en"),
    ("Everything was lovely", Feeling.POSITIVE, "en"),
)


def fill(posted: datetime) -> None:
    with site.database().write() as tx:
        generated_source(tx, ImportKind.COMMENTS, "bazaar")
        source = tx.scalar(select(import_sources.c.id))
        for place, (words, _label, _language) in enumerate(SAID):
            values = {
                "source_id": source, "key": f"{place:032d}", "text": words, "text_key": text_key(words),
                "posted_at": posted + timedelta(minutes=place), "channel": "app store", "stars": 2.0,
            }  # fmt: skip
            tx.execute(insert(table).values(**values))
        save_readings(tx, "m", [Reading(text_key(w), label, -0.5, 0.9, code) for w, label, code in SAID])
    read_aspects(site.database())


@pytest.fixture
def lead(desk_site: Site, sign_in_as: SignIn) -> Site:
    fill(datetime.now(UTC) - timedelta(hours=5))
    desk_site.add("lead", Role.MANAGER, display_name="Nazanin Moradi")
    sign_in_as("lead")
    return desk_site


def listed() -> list[comments.CommentRow]:
    return list(comments.page(Scope.all(), CommentFilter(), CommentOrder.URGENT, 50).rows)


def test_a_reply_from_a_template_is_recorded_with_its_author(lead: Site) -> None:
    at = open_page("comments")
    body = html(at)
    assert "4 wait for a first reply" in body
    first = listed()[0]
    assert first.text == SAID[0][0]
    assert not at.exception
    at.selectbox(key=f"template_{first.id}").set_value("late-delivery").run()
    draft = at.text_area(key=f"reply_{first.id}").value
    assert draft.endswith("Nazanin Moradi")
    at.text_area(key=f"reply_{first.id}").set_value(f"{draft}!")
    at.button(key=f"send_{first.id}").click().run()
    assert not at.exception
    (event,) = comments.ledger(Scope.all(), first.id)
    assert (event.step, event.by, event.template) == (CommentStep.REPLIED, "Nazanin Moradi", "late-delivery")
    assert event.text == f"{draft}!"
    assert [row.id for row in listed() if not row.replied] != []
    assert "3 wait for a first reply" in html(at)


def test_a_persian_comment_is_answered_in_persian(lead: Site) -> None:
    persian = next(row for row in listed() if row.language == "fa")
    at = open_page("comments", comment=str(persian.id))
    options = at.selectbox(key=f"template_{persian.id}").options
    assert any("تأخیر در تحویل" in option for option in options)
    assert "Delivery" in html(at)  # its aspects stand in the viewer's language


def test_an_empty_reply_is_refused_and_a_sentiment_corrected(lead: Site) -> None:
    first = listed()[0]
    at = open_page("comments", comment=str(first.id))
    at.button(key=f"send_{first.id}").click().run()
    assert [error.value for error in at.error] == [
        "Write the words first; a step without words says nothing."
    ]
    at.selectbox(key=f"label_{first.id}").set_value("positive").run()
    at.button(key=f"correct_{first.id}").click().run()
    found = comments.one(Scope.all(), first.id)
    assert found is not None
    assert (found.label, found.corrected) == ("positive", True)
    assert "said by a person" in html(at)


def test_templates_are_for_managers(lead: Site) -> None:
    made = Template("own", "en", ReplyKind.THANKS, "Own", "Thank you, {name}")
    with pytest.raises(PermissionError):
        comments.save_template(Role.SUPERVISOR, made, lead.users["lead"])
    comments.save_template(Role.MANAGER, made, lead.users["lead"])
    assert "own" in {one.key for one in comments.templates("en")}
    with pytest.raises(PermissionError):
        themes.change(Role.SUPERVISOR, lead.users["lead"], None)


def test_the_themes_lead_to_their_comments(lead: Site) -> None:
    at = open_page("themes")
    assert not at.exception
    assert "4 comments read, 1 asks for something." in html(at)
    rows = themes.rows(Scope.all(), CommentFilter())
    assert [(bar.aspect, bar.count) for bar in themes.complaints(rows)][:2] == [
        ("delivery", 2),
        ("waiting", 2),
    ]
    behind = CommentFilter(shown=Shown.ALL, aspect="delivery", labels=frozenset({"negative"}))
    found = comments.page(Scope.all(), behind, CommentOrder.NEWEST, 9).rows
    assert {row.text for row in found} == {SAID[0][0], SAID[1][0]}
    asks = CommentFilter(shown=Shown.ALL, suggestion=True)
    assert len(comments.page(Scope.all(), asks, CommentOrder.NEWEST, 9).rows) == 1
    assert themes.discovered(Scope.all(), asks) == ()


def test_a_word_added_to_the_topics_is_found_at_once(lead: Site) -> None:
    own = themes.Aspect("night", None, {"en": "Night", "fa": "شب"}, {"en": ("night",), "fa": ()})
    themes.change(Role.MANAGER, lead.users["lead"], themes.dictionary().put(own).aspects)
    rows = themes.rows(Scope.all(), CommentFilter())
    assert "night" in {bar.aspect for bar in themes.suggestions(rows)}
    assert not themes.waits()
    themes.change(Role.MANAGER, lead.users["lead"], None)
    assert not themes.is_own()


def test_nothing_yet_says_so(desk_site: Site, sign_in_as: SignIn, tmp_path: Path) -> None:
    desk_site.add("lead", Role.SUPERVISOR, teams=frozenset())
    sign_in_as("lead")
    assert "No comments yet" in html(open_page("comments"))
