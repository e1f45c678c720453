"""Scorecards as their page needs them: versions, drafts, assignments. Who may change them is asked here."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from dashboard.data.kinds import Role
from dashboard.data.scorecards import forget_titles
from dashboard.data.site import database
from qa.errors import InvalidScorecard
from qa.judge import check_rules
from qa.scorecard import (
    Assignment,
    Outline,
    default_scorecards,
    outline,
    parse_scorecard,
    shipped_texts,
    with_lexicons,
)
from qa.scorecard.edit import renamed
from qa.store import assignments, drafts, scorecards
from qa.store.assignments import StoredAssignment
from qa.store.drafts import Draft
from qa.store.scorecards import ScorecardVersion, counts_by_version

__all__ = [
    "EDITORS",
    "Assignment",
    "Card",
    "Draft",
    "Outline",
    "StoredAssignment",
    "assign",
    "begin",
    "cards",
    "discard",
    "duplicate",
    "problem",
    "publish",
    "save",
    "unassign",
    "version_outline",
    "version_text",
]

EDITORS = frozenset({Role.MANAGER, Role.ADMINISTRATOR})


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
        counts = counts_by_version(tx)
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


def begin(role: Role, by: str, card: Card) -> Draft:
    """Begin a draft of the newest version.

    Raises:
        PermissionError: this role may not.
        InvalidScorecard: there is one already.
    """
    _allowed(role)
    newest = card.newest
    if newest is None:
        raise InvalidScorecard(f"Scorecard {card.id} was never published; go on with its draft.")
    with database().write() as tx:
        return drafts.begin_draft(tx, card.id, newest.version, newest.content, by)


def duplicate(role: Role, by: str, source: Card, identifier: str) -> Draft:
    """Begin a new scorecard as a copy.

    Raises:
        PermissionError: this role may not.
        InvalidScorecard: the id is taken or cannot be one.
    """
    _allowed(role)
    text = source.newest.content if source.newest else source.draft.content if source.draft else ""
    copied = renamed(text, identifier, identifier, 1)
    if fault := problem(copied, identifier):
        raise InvalidScorecard(fault)
    with database().write() as tx:
        if any(one.scorecard == identifier for one in scorecards.list_versions(tx)):
            raise InvalidScorecard(f"There is a scorecard {identifier} already; choose another id.")
        return drafts.begin_draft(tx, identifier, None, copied, by)


def save(role: Role, by: str, draft: Draft, text: str) -> Draft:
    """Keep a draft's text, also one that is not valid yet: nobody's work is lost.

    Raises:
        PermissionError: this role may not.
        InvalidScorecard: somebody else saved it meanwhile.
        NotFound: it was discarded or published meanwhile.
    """
    _allowed(role)
    with database().write() as tx:
        return drafts.save_draft(tx, draft.scorecard, text, draft.revision, by)


def discard(role: Role, card: str) -> None:
    """Throw a draft away.

    Raises:
        PermissionError: this role may not.
    """
    _allowed(role)
    with database().write() as tx:
        drafts.discard_draft(tx, card)


def publish(role: Role, by: str, draft: Draft, note: str) -> int:
    """Publish a draft under the next number; gives it. The draft is gone then.

    Raises:
        PermissionError: this role may not.
        InvalidScorecard: it is not valid; or somebody else saved it meanwhile.
        NotFound: it was discarded or published meanwhile.
    """
    _allowed(role)
    if fault := problem(draft.content, draft.scorecard):
        raise InvalidScorecard(fault)
    name = draft.scorecard
    with database().write() as tx:
        drafts.save_draft(tx, name, draft.content, draft.revision, by)
        known = [one.version for one in scorecards.list_versions(tx) if one.scorecard == name]
        version = max(known, default=0) + 1
        text = with_lexicons(renamed(draft.content, name, name, version), name)
        scorecards.publish(tx, name, version, text, language=parse_scorecard(text, name).language)
        scorecards.sign(tx, name, version, by, note)
        drafts.discard_draft(tx, name)
    forget_titles()
    return version


def assign(role: Role, by: str, rule: Assignment) -> None:
    """Say which calls a scorecard judges from now on.

    Raises:
        PermissionError: this role may not.
    """
    _allowed(role)
    with database().write() as tx:
        assignments.put_assignment(tx, rule, by)


def unassign(role: Role, rule: Assignment) -> None:
    """Take a rule away.

    Raises:
        PermissionError: this role may not.
    """
    _allowed(role)
    with database().write() as tx:
        assignments.remove_assignment(tx, rule)


def _allowed(role: Role) -> None:
    if role not in EDITORS:
        raise PermissionError("this role may not change scorecards")


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
