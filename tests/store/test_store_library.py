"""The library of exemplary moments: heard by others with consent alone, redacted, gone with its call."""

from dataclasses import replace

import pytest
from sqlalchemy import delete, func, select

from qa.errors import InvalidSetting, NotFound
from qa.records import Scoring, Span, Transcript, Verdict, Word
from qa.store import tables
from qa.store.call.calls import register
from qa.store.call.hidden import hidden_in
from qa.store.call.reviews import save_review
from qa.store.call.words import Early, replace_transcript
from qa.store.coaching.library import MomentFilter, count_moments, get_moment, list_moments
from qa.store.coaching.moments import NewMoment, answer, propose, retell, withdraw
from qa.store.database import Database, Transaction
from qa.store.kinds import MomentState
from qa.store.made.bulk import delete_generated
from qa.store.scope import Scope
from tests.store.desk import Centre, scored
from tests.store.samples import new_call, review, sha, transcript

EVERY = frozenset(MomentState)
GOOD = NewMoment(sha(31)[:12], "empathy", Span(2.5, 6.5), "Says sorry first", "Then looks for a flight.")


class Library(Centre):
    """The desk's people, and two calls of Sara with words; the second is generated."""

    def __init__(self, tx: Transaction) -> None:
        super().__init__(tx)
        mine = {"agent_id": self.agents[0], "team_id": self.teams[0]}
        for seed in (31, 32):
            made = register(tx, new_call(seed, generated=seed == 32, **mine))
            save_review(tx, made.call_id, replace(review(seed), scoring=self.judged()))

    @staticmethod
    def judged() -> Scoring:
        return scored({"empathy": Verdict.MET})

    def asked(self, tx: Transaction, new: NewMoment = GOOD) -> int:
        return propose(tx, new, self.lead, self.scope(0))

    def views(self) -> dict[str, Scope]:
        """Who could look."""
        return {
            "lead": self.scope(0),
            "own": Scope.of_agent(self.agents[0]),
            "other lead": self.scope(1),
            "other agent": Scope.of_agent(self.agents[1]),
        }

    def heard_by(self, tx: Transaction) -> set[str]:
        wanted = MomentFilter(states=EVERY)
        return {name for name, scope in self.views().items() if list_moments(tx, scope, wanted)}


def test_only_consent_opens_a_moment_to_others(database: Database) -> None:
    with database.write() as tx:
        people = Library(tx)
        number, own = people.asked(tx), {"lead", "own"}
        assert people.heard_by(tx) == own
        answer(tx, number, people.agents[0], consents=True)
        assert people.heard_by(tx) == own | {"other lead", "other agent"}
        answer(tx, number, people.agents[0], consents=False)  # taken back
        assert people.heard_by(tx) == own
        with pytest.raises(NotFound):
            get_moment(tx, number, people.scope(1))
        answer(tx, number, people.agents[0], consents=True)
        withdraw(tx, number, people.lead, people.scope(0))
        assert people.heard_by(tx) == own
        with pytest.raises(NotFound):  # it is out: the agent cannot put it back
            answer(tx, number, people.agents[0], consents=True)
        assert people.asked(tx) != number  # but may be asked anew


def test_others_learn_neither_the_call_nor_the_name_unless_told(database: Database) -> None:
    with database.write() as tx:
        people = Library(tx)
        number = people.asked(tx)
        for named, told in ((False, None), (True, "Sara")):
            answer(tx, number, people.agents[0], consents=True, named=named)
            for name in ("other lead", "other agent"):
                found = get_moment(tx, number, people.views()[name])
                assert (found.own, found.agent, found.call_key, found.agent_id) == (False, told, None, None)
            found = get_moment(tx, number, people.scope(0))
            assert (found.own, found.agent, found.call_key) == (True, "Sara", GOOD.call_key)


def test_a_moment_holds_the_redacted_words_of_its_stretch(database: Database) -> None:
    with database.write() as tx:
        people = Library(tx)
        number = people.asked(tx)
        said = transcript(31).utterances[1:3]  # turns of 1.75 s, one every 3 s
        found = get_moment(tx, number, people.scope(0))
        assert [(line.utterance, line.text, line.start) for line in found.lines] == [
            (one.id, one.text, one.span.start) for one in said if one.span
        ]
        call_id = tx.scalar(select(tables.calls.c.id).where(tables.calls.c.key == GOOD.call_key)) or 0
        masked = tuple(replace(one, text="<PERSON>") for one in transcript(31).utterances)
        retell(tx, call_id, replace(transcript(31), utterances=masked))
        assert {line.text for line in get_moment(tx, number, people.scope(0)).lines} == {"<PERSON>"}
        # Heard anew, the call tells its moments anew.
        save_review(tx, call_id, replace(review(31), scoring=people.judged()))
        assert get_moment(tx, number, people.scope(0)).lines == found.lines


def spoken(timed: bool) -> Transcript:
    """Sara says her name in the second turn, at 4.0 s."""
    said = transcript(31)
    words = (Word("I'm", Span(3.0, 3.4), 1.0), Word("Sara.", Span(4.0, 4.5), 1.0)) if timed else ()
    turn = replace(said.utterances[1], text="I'm Sara.", words=words)
    return replace(said, utterances=(said.utterances[0], turn, *said.utterances[2:]))


@pytest.mark.parametrize(
    ("timed", "others"),
    [
        (True, Span(4.0, 4.5)),  # the word
        (False, Span(3.0, 4.75)),  # the turn, where words have no times
    ],
)
def test_what_others_do_not_hear(database: Database, timed: bool, others: Span) -> None:
    card, mail = (
        Span(6.25, 8.5),
        Span(9.0, 10.75),
    )  # a timed redaction, and a turn that holds one without times
    with database.write() as tx:
        people = Library(tx)
        number = people.asked(tx, replace(GOOD, span=Span(2.5, 12.0)))
        call_id = get_moment(tx, number, people.scope(0)).call_id
        replace_transcript(tx, call_id, spoken(timed), Early(None, None))
        reader = people.views()["other agent"]
        for named, hidden in ((False, (others, card, mail)), (True, (card, mail))):
            answer(tx, number, people.agents[0], consents=True, named=named)
            moment = get_moment(tx, number, reader)
            assert hidden_in(tx, moment) == hidden
            assert ("Sara" in " ".join(line.text for line in moment.lines)) == named
        assert hidden_in(tx, get_moment(tx, number, people.scope(0))) == (card, mail)


def test_who_may_propose_answer_and_withdraw(database: Database) -> None:
    with database.write() as tx:
        people = Library(tx)
        for scope in (people.scope(1), people.views()["own"], people.views()["other agent"]):
            with pytest.raises(NotFound):
                propose(tx, GOOD, people.other, scope)
        blind = Scope(teams=frozenset(people.teams), blind=frozenset(people.calls) | {3})
        with pytest.raises(NotFound):  # a verdict that is still to be judged blind is not told
            propose(tx, GOOD, people.lead, blind)
        number = people.asked(tx)
        for agent in (people.agents[1], None):
            with pytest.raises(NotFound):
                answer(tx, number, agent, consents=True)
        for scope in (people.scope(1), people.views()["own"]):
            with pytest.raises(NotFound):
                withdraw(tx, number, people.other, scope)
        answer(tx, number, people.agents[0], consents=True)
        assert list_moments(tx, blind, MomentFilter()) == ()
        assert count_moments(tx, blind, MomentFilter()) == {}
        assert count_moments(tx, people.views()["other agent"], MomentFilter()) == {"empathy": 1}


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"title": " "}, InvalidSetting),
        ({"span": Span(0.0, 121.0)}, InvalidSetting),  # too long
        ({"span": Span(5.0, 5.0)}, InvalidSetting),  # nothing
        ({"span": Span(1.8, 2.9)}, InvalidSetting),  # between two turns
        ({"criterion": "no such"}, NotFound),
        ({"call_key": "nothere"}, NotFound),
        ({}, InvalidSetting),  # the same second twice
    ],
)
def test_what_cannot_be_proposed(
    database: Database, changed: dict[str, object], error: type[Exception]
) -> None:
    with database.write() as tx:
        people = Library(tx)
        people.asked(tx)
        with pytest.raises(error):
            people.asked(tx, replace(GOOD, **changed))  # type: ignore[arg-type]
        kept = list_moments(tx, Scope.all(), MomentFilter(states=EVERY))
        assert [one.title for one in kept] == [GOOD.title]


def test_moments_go_with_their_calls(database: Database) -> None:
    def left(tx: Transaction) -> int:
        return tx.scalar(select(func.count()).select_from(tables.exemplary_moments)) or 0

    with database.write() as tx:
        people = Library(tx)
        people.asked(tx)
        answer(tx, people.asked(tx, replace(GOOD, call_key=sha(32)[:12])), people.agents[0], consents=True)
        delete_generated(tx)
        assert left(tx) == 1
        tx.execute(delete(tables.calls).where(tables.calls.c.key == GOOD.call_key))
        assert left(tx) == 0
