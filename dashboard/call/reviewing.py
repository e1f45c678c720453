"""A review on the call page: what the player edits, what it sends back, both verdicts afterwards."""

from dataclasses import dataclass
from typing import Any

from dashboard.address import number_of
from dashboard.call import blind
from dashboard.data import calibration, review
from dashboard.data.calls import CallDetail
from dashboard.data.review import Mark, Person, ReviewKind, StoredReview
from dashboard.i18n import _, clock, number
from dashboard.identity import Viewer
from dashboard.parts.marks import VERDICT_CLASS
from dashboard.words import word
from qa.errors import InvalidSetting
from qa.records import Verdict

KEYS = (Verdict.MET, Verdict.PARTLY, Verdict.NOT_MET, Verdict.NOT_APPLICABLE, Verdict.CANNOT_TELL)
"""Verdicts in the order of their keys, 1 to 5."""
LONGEST = 2000
DAY = 86_400


@dataclass(frozen=True, slots=True)
class Desk:
    """``editing`` is the review that the viewer does now, ``human`` what people said before. ``blind`` is
    the open review of a calibration that keeps every verdict on this call from the viewer.
    """

    editing: StoredReview | None = None
    human: StoredReview | None = None
    blind: int | None = None


def person(viewer: Viewer) -> Person:
    """The viewer as the desk asks for it."""
    return Person(viewer.user_id, viewer.scope)


def desk(detail: CallDetail, viewer: Viewer, wanted: str) -> Desk:
    """What the desk has on this call; ``wanted`` is the review in the address."""
    asked, hides = number_of(wanted), calibration.blind_review(detail.head.id, viewer.user_id)
    editing = review.open_review(asked, person(viewer)) if asked is not None else None
    if editing is not None and editing.row.call_id == detail.head.id:
        return Desk(editing=editing, blind=hides)
    if hides is not None:
        return Desk(blind=hides)
    return Desk(human=review.human_of(detail.head.id, viewer.scope))


def content(found: Desk) -> dict[str, Any]:
    """The parts of the player's data that the desk adds; in a blind review the criteria are among them."""
    parts: dict[str, Any] = {
        "review": None if found.editing is None else _editing(found.editing),
        "human": None if found.human is None else _told(found.human),
    }
    if found.editing is not None and _is_blind(found.editing):
        return parts | blind.panel(found.editing)
    return parts if found.blind is None else parts | {"score": blind.told()}


def taken(sent: object) -> tuple[list[Mark], float, bool]:
    """Checked marks, seconds and whether the review is to be finished, from what the browser sent.

    Raises:
        InvalidSetting: a part is not what it should be.
    """
    if not isinstance(sent, dict) or not isinstance(sent.get("marks"), dict):
        raise InvalidSetting("This draft cannot be stored; reload the page.")
    seconds = sent.get("seconds")
    if not isinstance(seconds, int | float) or not 0 <= seconds <= DAY:
        raise InvalidSetting("The time of this draft cannot be; reload the page.")
    marks = [_mark(str(key), parts) for key, parts in sent["marks"].items()]
    return marks, float(seconds), sent.get("finish") is True


def _mark(key: str, parts: object) -> Mark:
    if not isinstance(parts, dict):
        raise InvalidSetting(f"The verdict of {key!r} cannot be stored; reload the page.")
    human, at = parts.get("human"), parts.get("at")
    texts = [parts.get(name) or "" for name in ("reason", "note")]
    good = (
        (human is None or human in list(Verdict))
        and (at is None or (isinstance(at, int | float) and 0 <= at < 10**6))
        and all(isinstance(text, str) and len(text) <= LONGEST for text in texts)
    )
    if not good:
        raise InvalidSetting(f"The verdict of {key!r} cannot be stored; reload the page.")
    return Mark(key, None if human is None else Verdict(human), texts[0], texts[1], at)


def _editing(found: StoredReview) -> dict[str, Any]:
    said = {v.key: v.human for v in found.verdicts if v.human is not None}
    row, hides = found.row, _is_blind(found)
    scoring = review.preview(row.scorecard, row.version, said) if len(said) == len(found.verdicts) else None
    score = "–" if scoring is None or scoring.score is None else points(scoring.score)
    return {
        "id": row.id,
        "blind": hides,
        "options": [[v.value, VERDICT_CLASS[v], word(v.value), number(n)] for n, v in enumerate(KEYS, 1)],
        "marks": {
            v.key: {
                "auto": None if hides or v.automatic is None else v.automatic.value,
                "human": v.human.value if v.human else None,
                "reason": v.reason,
                "note": v.note,
                "at": v.at,
            }
            for v in found.verdicts
        },
        "seconds": row.seconds,
        "score": score,
    }


def _told(found: StoredReview) -> dict[str, Any]:
    row = found.row
    return {
        "score": "–" if row.human_score is None else points(row.human_score),
        "by": _("reviewer · {name}", name=row.reviewer or _("no name")),
        "verdicts": {
            v.key: {
                "glyph": VERDICT_CLASS[v.human],
                "verdict": word(v.human.value),
                "changed": v.changed,
                "reason": v.reason,
                "note": v.note,
                "at": v.at,
                "time": "" if v.at is None else clock(v.at),
            }
            for v in found.verdicts
            if v.human is not None
        },
    }


def _is_blind(found: StoredReview) -> bool:
    return found.row.kind is ReviewKind.CALIBRATION


def points(score: float) -> str:
    """Of 100; zero is a word in Persian, whose figure reads as a dot."""
    return _("0") if round(score) == 0 else number(score)
