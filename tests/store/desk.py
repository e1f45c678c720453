"""Scored calls, people and reviews for the tests of the review desk."""

from collections.abc import Mapping
from functools import cache

from qa.records import Evidence, Judgement, Scoring, Verdict
from qa.score import score
from qa.scorecard import Scorecard, default_scorecards
from qa.store.account.users import NewUser, add_user
from qa.store.call.calls import call_id_of, key_of
from qa.store.database import Transaction
from qa.store.desk.assigning import NewReview
from qa.store.desk.marking import Mark
from qa.store.desk.reading import StoredReview
from qa.store.kinds import Layer, Role
from qa.store.made.bulk import FinishedCall, save_finished
from qa.store.people import agent_id, team_id
from qa.store.scope import Scope
from tests.store.samples import new_call, sha


@cache
def card() -> Scorecard:
    return next(card for card in default_scorecards() if card.language == "en")


def scored(verdicts: Mapping[str, Verdict] | None = None, confidence: float = 0.9) -> Scoring:
    """Every criterion met, but for those named."""
    said = dict.fromkeys((c.key for c in card().criteria), Verdict.MET) | dict(verdicts or {})
    proof = (Evidence(0, "hello", None),)
    return score(
        card(), {key: Judgement(v, confidence, proof, "phrase/1", "") for key, v in said.items()}, None
    )


def add_call(
    tx: Transaction, seed: int, verdicts: Mapping[str, Verdict] | None = None, **facts: object
) -> int:
    """A call that is done, with its automatic evaluation; gives its number."""
    call = new_call(seed, language="en", duration=60.0, **facts)
    save_finished(tx, [FinishedCall(call, (), scored(verdicts))])
    return call_id_of(tx, key_of(sha(seed)), Scope.all())


class Centre:
    """Two teams with an agent each, a call of each, and the people of the desk."""

    def __init__(self, tx: Transaction) -> None:
        self.teams = [team_id(tx, name) for name in ("orders", "travel")]
        self.agents = [
            agent_id(tx, name, team=team) for name, team in zip(("Sara", "Omid"), self.teams, strict=True)
        ]
        self.calls = [
            add_call(tx, seed, {"empathy": Verdict.NOT_MET}, agent_id=agent, team_id=team)
            for seed, (agent, team) in enumerate(zip(self.agents, self.teams, strict=True), start=1)
        ]
        self.keys = [key_of(sha(seed)) for seed in (1, 2)]
        self.lead = add_user(tx, NewUser("lead", Role.SUPERVISOR, teams=frozenset(self.teams[:1])))
        self.other = add_user(tx, NewUser("other", Role.SUPERVISOR, teams=frozenset(self.teams[1:])))
        self.boss = add_user(tx, NewUser("boss", Role.MANAGER))
        self.sara = add_user(tx, NewUser("sara", Role.AGENT, agent_id=self.agents[0]))
        self.omid = add_user(tx, NewUser("omid", Role.AGENT, agent_id=self.agents[1]))

    def scope(self, place: int) -> Scope:
        """What the supervisor of a team sees."""
        return Scope.of_teams(self.teams[place : place + 1])

    def review(self, **more: object) -> NewReview:
        """A random-layer review of Sara's call for the supervisor of the team."""
        fields = {"layer": Layer.RANDOM, "week": 20_000, "reviewer_id": self.lead} | more
        return NewReview(self.calls[0], **fields)  # type: ignore[arg-type]


def agreeing(review: StoredReview, **changed: Verdict) -> list[Mark]:
    """Every automatic verdict confirmed, but for those named, whose reason is given."""
    return [
        Mark(v.key, changed.get(v.key, v.automatic), "heard otherwise" if v.key in changed else "")
        for v in review.verdicts
    ]
