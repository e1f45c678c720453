"""Scorecards changed: drafts, new versions, assignments. Who may do it is asked here."""

from dashboard.data.acting import Act, audited
from dashboard.data.cards import Card, problem
from dashboard.data.kinds import Role
from dashboard.data.scorecards import forget_titles
from dashboard.data.site import database
from dashboard.rights import ask
from qa.errors import InvalidScorecard
from qa.scorecard import Assignment, parse_scorecard, with_lexicons
from qa.scorecard.edit import renamed
from qa.store.card import assignments, drafts, scorecards
from qa.store.card.drafts import Draft

__all__ = ["assign", "begin", "discard", "duplicate", "publish", "save", "unassign"]


def begin(role: Role, by: str, card: Card) -> Draft:
    """Begin a draft of the newest version.

    Raises:
        PermissionError: this role may not.
        InvalidScorecard: there is one already.
    """
    ask("drafting.begin", role)
    newest = card.newest
    if newest is None:
        raise InvalidScorecard(f"Scorecard {card.id} was never published; go on with its draft.")
    with database().write() as tx:
        made = drafts.begin_draft(tx, card.id, newest.version, newest.content, by)
        audited(tx, Act.SCORECARD_CHANGED, f"scorecard:{card.id}", step="draft begun")
        return made


def duplicate(role: Role, by: str, source: Card, identifier: str) -> Draft:
    """Begin a new scorecard as a copy.

    Raises:
        PermissionError: this role may not.
        InvalidScorecard: the id is taken or cannot be one.
    """
    ask("drafting.duplicate", role)
    text = source.newest.content if source.newest else source.draft.content if source.draft else ""
    copied = renamed(text, identifier, identifier, 1)
    if fault := problem(copied, identifier):
        raise InvalidScorecard(fault)
    with database().write() as tx:
        if any(one.scorecard == identifier for one in scorecards.list_versions(tx)):
            raise InvalidScorecard(f"There is a scorecard {identifier} already; choose another id.")
        made = drafts.begin_draft(tx, identifier, None, copied, by)
        audited(tx, Act.SCORECARD_CHANGED, f"scorecard:{identifier}", step="draft begun")
        return made


def save(role: Role, by: str, draft: Draft, text: str) -> Draft:
    """Keep a draft's text, also one that is not valid yet: nobody's work is lost.

    Raises:
        PermissionError: this role may not.
        InvalidScorecard: somebody else saved it meanwhile.
        NotFound: it was discarded or published meanwhile.
    """
    ask("drafting.save", role)
    with database().write() as tx:
        return drafts.save_draft(tx, draft.scorecard, text, draft.revision, by)


def discard(role: Role, card: str) -> None:
    """Throw a draft away.

    Raises:
        PermissionError: this role may not.
    """
    ask("drafting.discard", role)
    with database().write() as tx:
        drafts.discard_draft(tx, card)
        audited(tx, Act.SCORECARD_CHANGED, f"scorecard:{card}", step="draft discarded")


def publish(role: Role, by: str, draft: Draft, note: str) -> int:
    """Publish a draft under the next number; gives it. The draft is gone then.

    Raises:
        PermissionError: this role may not.
        InvalidScorecard: it is not valid; or somebody else saved it meanwhile.
        NotFound: it was discarded or published meanwhile.
    """
    ask("drafting.publish", role)
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
        audited(tx, Act.SCORECARD_CHANGED, f"scorecard:{name}", step="published", version=version)
    forget_titles()
    return version


def assign(role: Role, by: str, rule: Assignment) -> None:
    """Say which calls a scorecard judges from now on.

    Raises:
        PermissionError: this role may not.
    """
    ask("drafting.assign", role)
    with database().write() as tx:
        assignments.put_assignment(tx, rule, by)
        audited(tx, Act.SCORECARD_CHANGED, f"scorecard:{rule.scorecard}", step="assigned", **_rule(rule))


def unassign(role: Role, rule: Assignment) -> None:
    """Take a rule away.

    Raises:
        PermissionError: this role may not.
    """
    ask("drafting.unassign", role)
    with database().write() as tx:
        assignments.remove_assignment(tx, rule)
        audited(
            tx, Act.SCORECARD_CHANGED, f"scorecard:{rule.scorecard}", step="assignment removed", **_rule(rule)
        )


def _rule(rule: Assignment) -> dict[str, str | int | None]:
    return {"queue": rule.queue, "direction": rule.direction, "language": rule.language}
