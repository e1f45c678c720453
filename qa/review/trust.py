"""Criteria that the machine and people disagree about are left to people, until they agree better."""

from dataclasses import dataclass
from datetime import datetime

import polars as pl

from qa.analytics.agreement import CriterionAgreement, against_people
from qa.store.database import Database
from qa.store.desk.trust import LeftToPeople, list_left, save_left, verdicts_frame
from qa.store.scope import Scope


@dataclass(frozen=True, slots=True)
class CardAgreement:
    """What the machine and people agree about under one scorecard."""

    scorecard: str
    criteria: tuple[CriterionAgreement, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """What a new look changed: criteria now left to people, and those the machine has back."""

    left: tuple[LeftToPeople, ...]
    back: tuple[LeftToPeople, ...]


def agreements(frame: pl.DataFrame) -> tuple[CardAgreement, ...]:
    """Agreement by scorecard and criterion, from ``qa.frames.VERDICTS_SCHEMA``."""
    return tuple(
        CardAgreement(str(name), against_people(part.lazy()))
        for (name,), part in frame.sort("scorecard").group_by("scorecard", maintain_order=True)
    )


def look_again(database: Database, now: datetime) -> Changed:
    """Compute the agreement over all calls and leave to people what it says; calls scored before stay.

    A criterion that is below the limit with too few calls stays as it was.
    """
    frame = verdicts_frame(database, Scope.all())
    found, made_up = agreements(frame), bool(frame["generated"].any())
    with database.write() as tx:
        before = {(one.scorecard, one.key): one for one in list_left(tx)}
        after = dict(before)
        for card in found:
            for one in card.criteria:
                place = (card.scorecard, one.key)
                if made_up and place in before and not before[place].generated:
                    continue
                if one.people_decide and one.alpha.value is not None:
                    since = before[place].since if place in before else now
                    alpha = round(one.alpha.value, 4)
                    after[place] = LeftToPeople(*place, alpha, one.alpha.n, since, made_up)
                elif one.enough:
                    after.pop(place, None)
        save_left(tx, tuple(after.values()))
    return Changed(
        left=tuple(one for place, one in after.items() if place not in before),
        back=tuple(one for place, one in before.items() if place not in after),
    )
