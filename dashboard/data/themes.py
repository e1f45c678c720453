"""What comments are about: counts for the page of themes, the dictionary of aspects, themes it misses."""

from collections.abc import Sequence

import polars as pl
import streamlit as st

from dashboard.data.acting import Act, audited
from dashboard.data.comments import EDITORS, CommentFilter
from dashboard.data.frames import KEPT
from dashboard.data.kinds import Role
from dashboard.data.site import Scope, database, settings
from dashboard.rights import ask
from qa.analytics.themes import Bar, Rise, combined, pareto, rising
from qa.aspects import Aspect, Dictionary, Found, find_themes, parse_dictionary
from qa.feedback.aspects import AT_ONCE, read_aspects, site_dictionary
from qa.gather import said
from qa.store.voice.aspects import is_waiting, keep_dictionary, own_dictionary
from qa.store.voice.comment_themes import themes_frame, unnamed_texts

__all__ = ["EDITORS", "Aspect", "Bar", "Dictionary", "Found", "Rise"]

LONG = 600
"""Seconds that discovered themes are kept."""
READ = 2000
"""Comments that theme discovery looks at, the newest: a third of a second."""


def dictionary() -> Dictionary:
    """The dictionary that counts."""
    return site_dictionary(database())


def is_own() -> bool:
    """True when the site has changed the dictionary."""
    with database().read() as tx:
        return own_dictionary(tx) is not None


def change(role: Role, user_id: int, aspects: Sequence[Aspect] | None) -> None:
    """Keep another dictionary, ``None`` for the shipped one, and read comments anew; the worker reads what a
    page cannot wait for.

    Raises:
        PermissionError: this role may not.
        InvalidSetting: an aspect cannot be used; the sentence says why.
    """
    ask("themes.change", role)
    rows = None if aspects is None else parse_dictionary(Dictionary(tuple(aspects)).rows()).rows()
    with database().write() as tx:
        keep_dictionary(tx, rows, user_id)
        audited(tx, Act.SETTING_CHANGED, "setting:aspects")
    read_aspects(database(), AT_ONCE)
    _read.clear()
    _discovered.clear()


def waits() -> bool:
    """True while comments wait to be read with the newest dictionary."""
    with database().read() as tx:
        return is_waiting(tx)


def rows(scope: Scope, wanted: CommentFilter) -> pl.DataFrame:
    """Comments that were read, alike ones together: ``aspects, day, label, suggestion, n``."""
    return _read(scope, wanted)


@st.cache_resource(ttl=KEPT, max_entries=8, show_spinner=False, hash_funcs={Scope: repr, CommentFilter: repr})
def _read(scope: Scope, wanted: CommentFilter) -> pl.DataFrame:
    zone = settings().zone
    found = said.comments(database(), scope, wanted, zone, said.THEMES)
    if found is None:
        return combined(themes_frame(database(), scope, wanted, zone).lazy()).collect()
    kept = found.filter(pl.col("read") & ~pl.col("hidden")).rename({"local_day": "day"})
    alike = kept.group_by("aspects", "day", "label", "suggestion").agg(pl.col("n").cast(pl.Int64).sum())
    return alike.with_columns(pl.col("aspects", "label").cast(pl.String))


def named(scope: Scope, wanted: CommentFilter) -> pl.DataFrame:
    """Comments and their aspects, one by one: ``id, aspect, day, label, suggestion``."""
    return themes_frame(database(), scope, wanted, settings().zone)


def complaints(found: pl.DataFrame) -> tuple[Bar, ...]:
    """The Pareto of negative comments."""
    return pareto(found.filter(pl.col("label") == "negative").lazy())


def suggestions(found: pl.DataFrame) -> tuple[Bar, ...]:
    """The Pareto of comments that ask for something."""
    return pareto(found.filter("suggestion").lazy())


def rises(found: pl.DataFrame, last_day: int) -> tuple[Rise, ...]:
    """Aspects of the week that ends with a day, against the eight weeks before."""
    return rising(found.lazy(), last_day)


def discovered(scope: Scope, wanted: CommentFilter) -> tuple[tuple[Found, tuple[int, ...]], ...]:
    """Themes in comments without an aspect, each with the numbers of its comments; kept for ten minutes."""
    return _discovered(scope, wanted)


@st.cache_resource(
    ttl=LONG, max_entries=16, show_spinner=False, hash_funcs={Scope: repr, CommentFilter: repr}
)
def _discovered(scope: Scope, wanted: CommentFilter) -> tuple[tuple[Found, tuple[int, ...]], ...]:
    ids, texts = unnamed_texts(database(), scope, wanted, READ)
    return tuple((one, tuple(ids[place] for place in one.texts)) for one in find_themes(texts))
