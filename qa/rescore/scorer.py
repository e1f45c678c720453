"""The scorecards of a site and what it takes to judge stored calls with them."""

from dataclasses import dataclass, field

from qa.pipeline import Options, left_out, rescore
from qa.scorecard import Assignment, Scorecard, Traits, assigned, parse_scorecard, pick_scorecard, without
from qa.store.call.findings import StoredEvaluation
from qa.store.card.assignments import rules
from qa.store.card.scorecards import get_version, newest_texts
from qa.store.database import Transaction
from qa.store.desk.trust import left_to_people
from qa.store.work.rescored import Rescored
from qa.store.work.runs import Wanted
from qa.store.work.scorable import Scorable


@dataclass(frozen=True, slots=True)
class Scorer:
    """Chooses a scorecard and judges. ``fixed`` judges every call in its language, and no other.

    ``people_decide`` are (scorecard, criterion) that the machine does not score.
    """

    fixed: Scorecard | None
    texts: dict[str, str]
    assignments: tuple[Assignment, ...]
    options: Options
    people_decide: frozenset[tuple[str, str]] = frozenset()
    _chosen: dict[Traits, Scorecard] = field(default_factory=dict)

    def card_for(self, one: Scorable) -> Scorecard | None:
        """The scorecard of a call; ``None`` when the only one is in another language.

        Raises:
            NotFound: an assignment names a scorecard that is not published.
        """
        language = one.call.transcript.language
        if self.fixed is not None:
            return self.fixed if language == self.fixed.language else None
        traits = Traits(language, one.queue, one.direction)
        if traits not in self._chosen:
            wanted = assigned(self.assignments, traits)
            chosen = pick_scorecard(self.texts, wanted, language)
            self._chosen[traits] = without(chosen, self.people_decide)
        return self._chosen[traits]

    def score(self, one: Scorable, card: Scorecard) -> Rescored:
        """The call judged anew; its words and measures stay as they are."""
        scoring = rescore(one.call, one.measures, card)
        return Rescored(one.call_id, scoring, left_out(one.call, scoring, card, self.options))

    def known(self, one: Scorable, card: Scorecard, stored: StoredEvaluation) -> Rescored:
        """An evaluation that is stored already, with what it means for aggregates."""
        reason = left_out(one.call, stored.scoring, card, self.options)
        return Rescored(one.call_id, stored.scoring, reason)


def open_scorer(tx: Transaction, wanted: Wanted, options: Options) -> Scorer:
    """The scorer of what is asked for.

    Raises:
        NotFound: that scorecard or version is not published.
    """
    fixed = None
    if wanted.scorecard is not None:
        version = get_version(tx, wanted.scorecard, wanted.version)
        fixed = without(parse_scorecard(version.content, version.scorecard), left_to_people(tx))
    return Scorer(fixed, newest_texts(tx), rules(tx), options, left_to_people(tx))
