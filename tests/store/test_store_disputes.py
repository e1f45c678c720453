"""Disputes: the agent's own, three rounds, every step kept, the original verdict beside the outcome."""

import pytest

from qa.errors import InvalidSetting, NotFound
from qa.records import Verdict
from qa.store.database import Database, Transaction
from qa.store.desk.answering import Answer, answer, answerers
from qa.store.desk.assigning import assign, automatic_of
from qa.store.desk.contested import Dispute, DisputeFilter, get_dispute, list_disputes, list_steps
from qa.store.desk.corrections import corrections
from qa.store.desk.disputes import NewDispute, close, open_dispute, reopen
from qa.store.desk.marking import finish, save_draft
from qa.store.desk.reading import latest_review, load_review
from qa.store.kinds import DisputeOutcome, DisputeState, EvaluationSource, ReviewKind
from qa.store.scope import Scope
from tests.store.desk import Centre, agreeing, card, scored

ALL = Scope.all()
YES = Answer(DisputeOutcome.ACCEPTED, "She did say sorry.", Verdict.MET)
HALF = Answer(DisputeOutcome.PARTLY, "Only once.", Verdict.PARTLY)
NO = Answer(DisputeOutcome.REJECTED, "It is not in the call.")


def contest(tx: Transaction, centre: Centre, criterion: str = "empathy") -> int:
    new = NewDispute(centre.keys[0], criterion, "I said sorry at the start.")
    return open_dispute(tx, new, centre.sara, centre.agents[0])


def told(tx: Transaction, number: int) -> Dispute:
    return get_dispute(tx, number, ALL)


def test_an_accepted_dispute_changes_the_human_score_alone(database: Database) -> None:
    with database.write() as tx:
        centre = Centre(tx)
        number = contest(tx, centre)
        state = answer(tx, number, (centre.lead, centre.scope(0)), YES, card())
        found, human = told(tx, number), latest_review(tx, centre.calls[0], ALL)
        automatic = automatic_of(tx, centre.calls[0])
        fixed = [(c.criterion, c.automatic, c.human) for c in corrections(tx)]
    assert state is DisputeState.CLOSED
    assert (found.original, found.source, found.verdict, found.outcome) == (
        Verdict.NOT_MET,
        EvaluationSource.AUTO,
        Verdict.MET,
        DisputeOutcome.ACCEPTED,
    )
    assert automatic is not None
    assert human is not None
    assert automatic.scoring == scored({"empathy": Verdict.NOT_MET})
    assert (human.row.kind, human.row.human_score) == (ReviewKind.DISPUTE, 100.0)
    assert fixed == [("empathy", Verdict.NOT_MET, Verdict.MET)]


def test_three_rounds_and_no_more(database: Database) -> None:
    with database.write() as tx:
        centre = Centre(tx)
        number, sara = contest(tx, centre), (centre.sara, centre.agents[0])
        with pytest.raises(NotFound):
            reopen(tx, number, sara, "again", 5)  # nothing is answered yet
        answer(tx, number, (centre.lead, ALL), NO, card())
        assert reopen(tx, number, sara, "Listen at 0:05.", 5) == 2
        answer(tx, number, (centre.boss, ALL), HALF, card())
        assert reopen(tx, number, sara, "Twice, in fact.", 5) == 3
        answer(tx, number, (centre.lead, ALL), NO, card())
        found = told(tx, number)
        with pytest.raises(NotFound):
            reopen(tx, number, sara, "once more", 5)
        steps = list_steps(tx, [number])[number]
        assert answerers(tx, number) == {centre.lead, centre.boss}
    assert (found.state, found.round) == (DisputeState.CLOSED, 3)
    # A later round takes nothing back.
    assert (found.outcome, found.verdict) == (DisputeOutcome.PARTLY, Verdict.PARTLY)
    assert [(s.round, s.step.value, s.author) for s in steps] == [
        (1, "opened", "sara"),
        (1, "answered", "lead"),
        (2, "reopened", "sara"),
        (2, "answered", "boss"),
        (3, "reopened", "sara"),
        (3, "answered", "lead"),
    ]


def test_the_agent_may_leave_it_at_the_answer(database: Database) -> None:
    with database.write() as tx:
        centre = Centre(tx)
        number = contest(tx, centre)
        answer(tx, number, (centre.lead, ALL), NO, card())
        with pytest.raises(NotFound):
            close(tx, number, (centre.omid, centre.agents[1]))
        close(tx, number, (centre.sara, centre.agents[0]))
        assert told(tx, number).state is DisputeState.CLOSED


def test_a_verdict_of_a_person_is_contested_as_theirs(database: Database) -> None:
    with database.write() as tx:
        centre = Centre(tx)
        made = assign(tx, centre.review())
        marks = agreeing(load_review(tx, made, ALL), greeting=Verdict.NOT_MET)
        save_draft(tx, made, (centre.lead, ALL), marks, 1.0)
        finish(tx, made, centre.lead, ALL, card())
        number = contest(tx, centre, "greeting")
        found = told(tx, number)
        answer(tx, number, (centre.boss, ALL), Answer(DisputeOutcome.ACCEPTED, "Yes.", Verdict.MET), card())
        human = latest_review(tx, centre.calls[0], ALL)
    assert (found.original, found.source, found.contested) == (
        Verdict.NOT_MET,
        EvaluationSource.HUMAN,
        "lead",
    )
    assert human is not None
    verdicts = {v.key: v.human for v in human.verdicts}
    assert (verdicts["greeting"], verdicts["empathy"]) == (Verdict.MET, Verdict.NOT_MET)


def test_who_may_contest_answer_and_see(database: Database) -> None:
    with database.write() as tx:
        centre = Centre(tx)
        for user, agent in ((centre.omid, centre.agents[1]), (centre.boss, None)):
            with pytest.raises(NotFound):  # not their own call
                open_dispute(tx, NewDispute(centre.keys[0], "empathy", "why"), user, agent)
        number = contest(tx, centre)
        refused = [
            (centre.other, centre.scope(1)),  # another team
            (centre.sara, Scope.of_agent(centre.agents[0])),  # the agent's own
            (centre.omid, Scope.of_agent(centre.agents[1])),
        ]
        for user, scope in refused:
            with pytest.raises(NotFound):
                answer(tx, number, (user, scope), YES, card())
        seen = [len(list_disputes(tx, centre.scope(place), DisputeFilter())) for place in (0, 1)]
        own = [len(list_disputes(tx, Scope.of_agent(agent), DisputeFilter())) for agent in centre.agents]
        with pytest.raises(NotFound):
            get_dispute(tx, number, Scope.of_agent(centre.agents[1]))
    assert (seen, own) == ([1, 0], [1, 0])


def test_words_are_asked_for(database: Database) -> None:
    with database.write() as tx:
        centre = Centre(tx)
        with pytest.raises(InvalidSetting):
            open_dispute(tx, NewDispute(centre.keys[0], "empathy", " "), centre.sara, centre.agents[0])
        number = contest(tx, centre)
        with pytest.raises(InvalidSetting):  # one dispute a criterion, with rounds
            contest(tx, centre)
        wrong = [Answer(DisputeOutcome.REJECTED, ""), Answer(DisputeOutcome.ACCEPTED, "yes"),
                 Answer(DisputeOutcome.ACCEPTED, "yes", Verdict.NOT_MET)]  # fmt: skip
        for said in wrong:
            with pytest.raises(InvalidSetting):
                answer(tx, number, (centre.lead, ALL), said, card())
        assert told(tx, number).state is DisputeState.OPEN
