"""Reviews and plans: both verdicts stay, drafts survive, only the right people may write."""

from dataclasses import replace
from datetime import timedelta

import pytest

from qa.errors import InvalidSetting, NotFound
from qa.records import Verdict
from qa.store.call.calls import key_of, register
from qa.store.call.reviews import save_review
from qa.store.database import Database
from qa.store.desk.assigning import Replacement, assign, automatic_of, replace_review
from qa.store.desk.corrections import corrections
from qa.store.desk.marking import Mark, finish, human_scoring, save_draft
from qa.store.desk.plans import NewPlan, find_plan, list_plans, save_plan
from qa.store.desk.reading import ReviewFilter, latest_review, list_reviews, load_review
from qa.store.kinds import ReviewKind, ReviewState
from qa.store.made.bulk import delete_generated
from qa.store.scope import Scope
from qa.store.types import utc_now
from tests.store.desk import Centre, add_call, agreeing, card, scored
from tests.store.samples import new_call, review, sha

ALL = Scope.all()


def test_both_scores_stay_and_each_derives_from_its_verdicts(database: Database) -> None:
    with database.write() as tx:
        centre = Centre(tx)
        made = assign(tx, centre.review(reasons=("random",)))
        before = load_review(tx, made, ALL)
        save_draft(tx, made, (centre.lead, centre.scope(0)), agreeing(before, empathy=Verdict.MET), 42.0)
        human = finish(tx, made, centre.lead, centre.scope(0), card())
        after = load_review(tx, made, ALL)
        automatic = automatic_of(tx, centre.calls[0])
    assert automatic is not None
    assert automatic.scoring == scored({"empathy": Verdict.NOT_MET})
    assert (after.row.auto_score, after.row.human_score) == (automatic.scoring.score, 100.0)
    assert human == human_scoring(card(), {v.key: v.human or v.automatic for v in after.verdicts})
    changed = [v for v in after.verdicts if v.changed]
    assert [(v.key, v.automatic, v.human) for v in changed] == [("empathy", Verdict.NOT_MET, Verdict.MET)]
    assert (after.row.state, after.row.seconds) == (ReviewState.FINISHED, 42.0)


def test_a_draft_is_kept_and_time_never_runs_back(database: Database) -> None:
    with database.write() as tx:
        centre = Centre(tx)
        made = assign(tx, centre.review())
        who = (centre.lead, centre.scope(0))
        save_draft(tx, made, who, [Mark("greeting", Verdict.PARTLY, note="too late", at=3.5)], 30.0)
        save_draft(tx, made, who, [Mark("own_name", Verdict.MET)], 12.0)
        found = load_review(tx, made, ALL)
    marks = {v.key: v for v in found.verdicts}
    assert (marks["greeting"].human, marks["greeting"].note, marks["greeting"].at) == (
        Verdict.PARTLY,
        "too late",
        3.5,
    )
    assert marks["greeting"].changed
    assert not marks["own_name"].changed
    assert (found.row.state, found.row.seconds) == (ReviewState.STARTED, 30.0)


UNFINISHED = {
    # what is said, the word of the sentence
    "a criterion is open": ([Mark("greeting", Verdict.MET)], "no verdict yet"),
    "a change has no reason": ([Mark("empathy", Verdict.MET)], "has no reason"),
    "a change has a blank reason": ([Mark("empathy", Verdict.MET, "  ")], "has no reason"),
}


@pytest.mark.parametrize("said", UNFINISHED.values(), ids=list(UNFINISHED))
def test_a_review_that_is_not_whole_is_not_finished(database: Database, said: tuple[list[Mark], str]) -> None:
    marks, sentence = said
    with database.write() as tx:
        centre = Centre(tx)
        made = assign(tx, centre.review())
        who = (centre.lead, centre.scope(0))
        if sentence == "has no reason":
            save_draft(tx, made, who, agreeing(load_review(tx, made, ALL)), 1.0)
        save_draft(tx, made, who, marks, 1.0)
        with pytest.raises(InvalidSetting, match=sentence):
            finish(tx, made, centre.lead, centre.scope(0), card())
        assert load_review(tx, made, ALL).row.state is ReviewState.STARTED


def test_who_may_work_on_a_review(database: Database) -> None:
    with database.write() as tx:
        centre = Centre(tx)
        made, free = assign(tx, centre.review()), assign(tx, centre.review(reviewer_id=None))
        own = Scope.of_agent(centre.agents[0])
        refused = [  # review, user, what the user sees
            (made, centre.boss, ALL),  # another's review
            (made, centre.lead, centre.scope(1)),  # the team was taken away
            (free, centre.other, centre.scope(1)),  # a free one of another team
            (free, centre.sara, own),  # nobody judges an own call
        ]
        for number, user, scope in refused:
            with pytest.raises(NotFound):
                save_draft(tx, number, (user, scope), [Mark("greeting", Verdict.MET)], 1.0)
        with pytest.raises(NotFound):
            load_review(tx, made, centre.scope(1))
        save_draft(tx, free, (centre.boss, ALL), [], 1.0)
        assert load_review(tx, free, ALL).row.reviewer_id == centre.boss
        with pytest.raises(NotFound):
            finish(tx, free, centre.lead, centre.scope(0), card())


def test_a_replaced_call_keeps_its_reason_and_its_successor(database: Database) -> None:
    with database.write() as tx:
        centre = Centre(tx)
        next_call = add_call(tx, 5, agent_id=centre.agents[0], team_id=centre.teams[0])
        made = assign(tx, centre.review())
        with pytest.raises(InvalidSetting):
            replace_review(tx, made, centre.lead, ALL, Replacement(" "))
        instead = replace(centre.review(), call_id=next_call)
        new = replace_review(tx, made, centre.lead, ALL, Replacement("inaudible", instead))
        old = load_review(tx, made, ALL).row
        listed = list_reviews(tx, ALL, ReviewFilter(reviewer_id=centre.lead))
    assert (old.state, old.replaced_by, old.replaced_reason) == (ReviewState.REPLACED, new, "inaudible")
    assert [row.id for row in listed] == [new]


def test_the_queue_is_in_order_of_what_is_due(database: Database) -> None:
    now = utc_now()
    with database.write() as tx:
        centre = Centre(tx)
        made = [assign(tx, centre.review(due=now + timedelta(days=days))) for days in (3, 1, 2)]
        found = [row.id for row in list_reviews(tx, centre.scope(0), ReviewFilter(reviewer_id=centre.lead))]
        assert list_reviews(tx, centre.scope(1), ReviewFilter()) == ()
    assert found == [made[1], made[2], made[0]]


def test_a_blind_calibration_never_counts_as_what_people_say(database: Database) -> None:
    with database.write() as tx:
        centre = Centre(tx)
        for user in (centre.lead, centre.boss):  # several people on one call
            made = assign(tx, centre.review(kind=ReviewKind.CALIBRATION, reviewer_id=user))
            marks = agreeing(load_review(tx, made, ALL), empathy=Verdict.MET)
            save_draft(tx, made, (user, ALL), marks, 1.0)
            finish(tx, made, user, ALL, card())
        assert latest_review(tx, centre.calls[0], ALL) is None
        assert list(corrections(tx)) == []


def test_corrections_give_the_redacted_words_of_the_evidence(database: Database) -> None:
    with database.write() as tx:
        centre = Centre(tx)
        seed = 9
        call = register(tx, new_call(seed, agent_id=centre.agents[0], team_id=centre.teams[0]))
        whole = review(seed)
        save_review(tx, call.call_id, replace(whole, scoring=scored({"empathy": Verdict.NOT_MET})))
        made = assign(tx, replace(centre.review(), call_id=call.call_id))
        marks = agreeing(load_review(tx, made, ALL), empathy=Verdict.MET)
        noted = [replace(m, note="here", at=7.0) if m.key == "empathy" else m for m in marks]
        save_draft(tx, made, (centre.lead, ALL), noted, 1.0)
        finish(tx, made, centre.lead, ALL, card())
        found = list(corrections(tx))
        assert list(corrections(tx, utc_now() + timedelta(seconds=1))) == []
    said = [u.text for u in whole.transcript.utterances]
    assert [(c.call_key, c.criterion, c.automatic, c.human) for c in found] == [
        (key_of(sha(seed)), "empathy", Verdict.NOT_MET, Verdict.MET)
    ]
    assert found[0].texts == (said[0], said[2])  # the evidence, and what was spoken at second 7


def test_a_week_has_one_plan(database: Database) -> None:
    with database.write() as tx:
        made = save_plan(tx, NewPlan(20_000, {"per_agent": 2}, 2**40, 120))
        with pytest.raises(InvalidSetting):
            save_plan(tx, NewPlan(20_000, {}, 1, 0))
        found = find_plan(tx, 20_000)
        assert list_plans(tx) == (found,)
        assert find_plan(tx, 20_007) is None
    assert found is not None
    assert (found.id, found.seed, found.settings, found.author) == (made, 2**40, {"per_agent": 2}, None)


def test_the_demo_takes_its_reviews_along(database: Database) -> None:
    with database.write() as tx:
        centre = Centre(tx)
        plan = save_plan(tx, NewPlan(20_000, {}, 1, 1, generated=True))
        call = add_call(tx, 7, generated=True, agent_id=centre.agents[0], team_id=centre.teams[0])
        assign(tx, replace(centre.review(plan_id=plan), call_id=call))
        delete_generated(tx)
        assert list_reviews(tx, ALL, ReviewFilter()) == ()
        assert list_plans(tx) == ()
