"""The manager's week for the pages: the very figures of report and alerts, kept for a moment."""

from datetime import UTC, datetime
from typing import Any

import streamlit as st

from dashboard.data.acting import Act, audited
from dashboard.data.frames import KEPT
from dashboard.data.kinds import Role
from dashboard.data.site import Scope, database, settings
from dashboard.rights import allowed, ask
from qa.gather.house import House
from qa.gather.marks import marks as read_marks
from qa.gather.week import read_week
from qa.store import annotations
from qa.store.annotations import DAYS, LONGEST, Annotation, NewAnnotation
from qa.weekly.records import Ask, Mark, Week

__all__ = ["DAYS", "EDITORS", "LONGEST", "Annotation", "Ask", "Mark", "NewAnnotation", "Week"]

EDITORS = allowed("action", "weekly.note")
"""Who writes down what happened at the site."""
HASHES: dict[str | type[Any], Any] = {Scope: repr, Ask: repr}


@st.cache_resource(ttl=KEPT, max_entries=64, show_spinner=False, hash_funcs=HASHES)
def week(scope: Scope, ask: Ask) -> Week:
    """The figures of a week for this viewer (``qa.gather.week.read_week``)."""
    return read_week(House(database(), settings(), scope), ask, datetime.now(UTC))


def marks(
    scope: Scope, first: int, last: int, place: tuple[int | None, int | None] = (None, None)
) -> tuple[Mark, ...]:
    """What stands beside the chart of the quality score in these days, of a team and a queue, or of all."""
    found = read_marks(House(database(), settings(), scope), first, last, place)
    return tuple(mark for mark in found if mark.kpi in ("", "quality"))


def noted(scope: Scope, first: int, last: int) -> tuple[Annotation, ...]:
    """The annotations of these days with who wrote them."""
    with database().read() as tx:
        return annotations.list_annotations(tx, scope, first, last)


def note(role: Role, user_id: int, new: NewAnnotation) -> None:
    """Write an annotation down.

    Raises:
        PermissionError: this role may not.
        InvalidSetting: the text or the days cannot be; nothing is written.
    """
    ask("weekly.note", role)
    with database().write() as tx:
        annotations.add_annotation(tx, new, user_id)
        audited(tx, Act.SETTING_CHANGED, "annotation:new", step="written")
    week.clear()


def take_back(role: Role, user_id: int, scope: Scope, number: int) -> None:
    """Take an annotation out of the charts.

    Raises:
        PermissionError: this role may not.
        NotFound: there is none of this number.
    """
    ask("weekly.take_back", role)
    with database().write() as tx:
        annotations.remove_annotation(tx, number, scope, user_id)
        audited(tx, Act.SETTING_CHANGED, f"annotation:{number}", step="taken back")
    week.clear()
