"""Scorecards as their page needs them: versions, drafts, assignments."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import streamlit as st

from dashboard.data.acting import Act, audited_as
from dashboard.data.frames import KEPT
from dashboard.data.site import database
from dashboard.rights import allowed
from qa.errors import InvalidScorecard
from qa.gather.counting import scored_with
from qa.judge import check_rules
from qa.scorecard import (
    Assignment,
    Outline,
    default_scorecards,
    outline,
    parse_scorecard,
    shipped_texts,
)
from qa.store.card import assignments, drafts, scorecards
from qa.store.card.assignments import StoredAssignment
from qa.store.card.drafts import Draft
from qa.store.card.scorecards import ScorecardVersion

__all__ = [
    "EDITORS",
    "Assignment",
    "Card",
    "Draft",
    "Outline",
    "StoredAssignment",
    "cards",
    "problem",
    "read_outline",
    "version_outline",
    "version_text",
]

EDITORS = allowed("action", "drafting.save")


@dataclass(frozen=True, slots=True)
class Card:
    """One scorecard: versions the newest first, its draft, what it is used for, calls by version."""

    id: str
    language: str
    versions: tuple[ScorecardVersion, ...]
    draft: Draft | None
    assignments: tuple[StoredAssignment, ...]
    calls: dict[int, int]
    default: bool

    @property
    def newest(self) -> ScorecardVersion | None:
        """The newest published version; ``None`` for one that was never published."""
        return self.versions[0] if self.versions else None


def cards() -> tuple[Card, ...]:
    """Every scorecard that is published, shipped or being written."""
    _publish_shipped()
    with database().read() as tx:
        versions = scorecards.list_versions(tx)
        written = {draft.scorecard: draft for draft in drafts.list_drafts(tx)}
        rules = assignments.list_assignments(tx)
    counts = _counts()
    shipped = {card.id: card.language for card in default_scorecards()}
    found = []
    for name in sorted({*(one.scorecard for one in versions), *written}):
        own = tuple(one for one in versions if one.scorecard == name)
        text = own[0].content if own else written[name].content
        found.append(
            Card(
                id=name,
                language=(own[0].language if own else None) or _language(text),
                versions=own,
                draft=written.get(name),
                assignments=tuple(rule for rule in rules if rule.rule.scorecard == name),
                calls={version: count for (card, version), count in counts.items() if card == name},
                default=name in shipped,
            )
        )
    return tuple(found)


@st.cache_resource(ttl=KEPT, max_entries=1, show_spinner=False)
def _counts() -> dict[tuple[str, int], int]:
    """Calls by scorecard and version; kept a moment, for a site without sums counts evaluations."""
    return scored_with(database())


def version_text(card: str, version: int) -> str:
    """The published text of a version.

    Raises:
        NotFound: it was never published.
    """
    with database().read() as tx:
        return scorecards.get_version(tx, card, version).content


def version_outline(card: str, version: int) -> Outline:
    """A published version as people read it.

    Raises:
        NotFound: it was never published.
    """
    return read_outline(version_text(card, version), card)


@lru_cache(maxsize=64)
def read_outline(text: str, name: str) -> Outline:
    """A text as people read it.

    Raises:
        InvalidScorecard: it is no valid scorecard; names line and field.
    """
    return outline(text, name)


@lru_cache(maxsize=64)
def problem(text: str, name: str) -> str:
    """What keeps a draft from being published, with its line; empty when nothing does."""
    try:
        card = parse_scorecard(text, name)
        check_rules(card)
        outline(text, name)
    except InvalidScorecard as error:
        return error.message
    if card.id != name:
        return f"{name}: the id is {card.id}; write {name}, or duplicate the scorecard under another id."
    return ""


def _language(text: str) -> str:
    try:
        return parse_scorecard(text, "draft").language
    except InvalidScorecard:
        return "en"


def _publish_shipped() -> None:
    # A desk that was started without the command line has the shipped scorecards too.
    with database().read() as tx:
        known = Counter((one.scorecard, one.version) for one in scorecards.list_versions(tx))
    missing = [card for card in default_scorecards() if (card.id, card.version) not in known]
    if missing:
        texts = shipped_texts()
        with database().write() as tx:
            for card in missing:
                scorecards.publish(tx, card.id, card.version, texts[card.id], language=card.language)
                subject = f"scorecard:{card.id}"
                audited_as(tx, None, Act.SCORECARD_CHANGED, subject, step="shipped", version=card.version)
