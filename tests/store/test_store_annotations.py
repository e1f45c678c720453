"""Annotations: written, listed by days and by who looks, taken back without a trace in the charts alone."""

import pytest
from sqlalchemy import func, select

from qa.errors import InvalidSetting, NotFound
from qa.store import people
from qa.store.annotations import (
    NewAnnotation,
    add_annotation,
    forget_annotations,
    list_annotations,
    remove_annotation,
)
from qa.store.database import Database
from qa.store.scope import Scope
from qa.store.tables import annotations

ALL = Scope.all()


def test_written_listed_and_taken_back(database: Database) -> None:
    with database.write() as tx:
        team, queue = people.team_id(tx, "Travel"), people.queue_id(tx, "Refunds")
        whole = add_annotation(tx, NewAnnotation(100, 104, "  New   menu "), None)
        theirs = add_annotation(tx, NewAnnotation(110, 110, "Coaching", team=team), None)
        script = add_annotation(tx, NewAnnotation(120, 120, "Script", queue=queue), None, generated=True)
    lead, other = Scope.of_teams([team]), Scope.of_teams([team + 1])
    with database.read() as tx:
        listed = list_annotations(tx, ALL, 90, 130)
        assert [(one.text, one.team, one.queue) for one in listed] == [
            ("New menu", None, None),
            ("Coaching", "Travel", None),
            ("Script", None, "Refunds"),
        ]
        assert [one.id for one in list_annotations(tx, ALL, 104, 109)] == [whole], "days touch"
        assert [one.id for one in list_annotations(tx, lead, 0, 200)] == [whole, theirs, script]
        assert [one.id for one in list_annotations(tx, other, 0, 200)] == [whole, script]
    with database.write() as tx:
        remove_annotation(tx, whole, ALL, None)
        with pytest.raises(NotFound, match=str(whole)):
            remove_annotation(tx, whole, ALL, None)
        with pytest.raises(NotFound):
            remove_annotation(tx, theirs, other, None)
        forget_annotations(tx)
    with database.read() as tx:
        assert [one.id for one in list_annotations(tx, ALL, 0, 200)] == [theirs]
        assert tx.scalar(select(func.count()).select_from(annotations)) == 2, "what people wrote stays"


@pytest.mark.parametrize(
    ("new", "told"),
    [
        (NewAnnotation(1, 1, "  "), "0 letters"),  # nothing
        (NewAnnotation(1, 1, "x" * 81), "81 letters"),  # too long
        (NewAnnotation(5, 4, "back"), "0 days"),  # ends before it begins
        (NewAnnotation(0, 62, "long"), "63 days"),  # two months at most
    ],
)
def test_what_cannot_be_is_refused(database: Database, new: NewAnnotation, told: str) -> None:
    with database.write() as tx, pytest.raises(InvalidSetting, match=told):
        add_annotation(tx, new, None)
