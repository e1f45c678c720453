"""The draw: strata, the seed alone decides, nobody twice, shared evenly."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from qa.analytics.sampling import RISKS, Aim, Candidate, Drawn, Sizes, draw, order, share_out

QUEUES = st.none() | st.integers(1, 3)
calls = st.lists(
    st.builds(
        Candidate,
        call_id=st.integers(1, 10_000),
        key=st.uuids().map(lambda found: found.hex[:12]),
        agent_id=st.none() | st.integers(1, 6),
        team_id=st.integers(1, 3),
        queue_id=QUEUES,
        risks=st.frozensets(st.sampled_from(sorted(RISKS))),
        lost=st.frozensets(st.sampled_from(["empathy", "greeting"])),
        agent_days=st.integers(0, 60),
    ),
    max_size=60,
    unique_by=(lambda call: call.call_id, lambda call: call.key),
)
sizes = st.builds(Sizes, st.integers(0, 5), st.integers(0, 20), st.integers(0, 20))
aims = st.builds(Aim, QUEUES, st.sampled_from(["", "empathy"]), st.sampled_from([0, 30]))
seeds = st.integers(0, 2**48)


@given(calls, sizes, aims, seeds)
def test_each_agent_gets_the_number_and_no_call_comes_twice(
    population: list[Candidate], size: Sizes, aim: Aim, seed: int
) -> None:
    drawn = draw(population, size, aim, seed)
    ids = [one.call.call_id for one in drawn]
    assert len(ids) == len(set(ids))
    assert {one.call for one in drawn} <= set(population)
    have = Counter(call.agent_id for call in population if call.agent_id is not None)
    got = Counter(one.call.agent_id for one in drawn if one.layer == "random")
    assert got == Counter({agent: min(n, size.per_agent) for agent, n in have.items() if size.per_agent})
    layers = Counter(one.layer for one in drawn)
    assert layers["risk"] <= size.risk
    assert layers["targeted"] <= size.targeted
    for one in drawn:
        assert one.layer != "risk" or set(one.reasons) == one.call.risks != set()
        assert one.layer != "targeted" or aim.hits(one.call)


@given(calls, sizes, aims, seeds, st.randoms())
def test_the_same_seed_draws_the_same_whatever_the_order(
    population: list[Candidate], size: Sizes, aim: Aim, seed: int, shuffler: object
) -> None:
    turned = list(population)
    shuffler.shuffle(turned)  # type: ignore[attr-defined]
    assert draw(population, size, aim, seed) == draw(turned, size, aim, seed)


@given(calls, st.integers(1, 4), seeds)
def test_a_larger_sample_holds_the_smaller_one(
    population: list[Candidate], per_agent: int, seed: int
) -> None:
    small, large = (
        {one.call.call_id for one in draw(population, Sizes(n), Aim(), seed)}
        for n in (per_agent, per_agent + 1)
    )
    assert small <= large


@given(calls, seeds)
def test_the_heaviest_risks_come_first(population: list[Candidate], seed: int) -> None:
    drawn = draw(population, Sizes(0, 5), Aim(), seed)
    weights = [sum(RISKS[risk] for risk in one.call.risks) for one in drawn]
    left = [call for call in population if call.risks and call not in [one.call for one in drawn]]
    assert weights == sorted(weights, reverse=True)
    assert all(sum(RISKS[risk] for risk in call.risks) <= min(weights, default=0) for call in left)


@given(calls, st.integers(1, 5), seeds)
def test_everybody_gets_as_many(population: list[Candidate], people: int, seed: int) -> None:
    drawn = draw(population, Sizes(3, 10), Aim(), seed)
    every = frozenset(range(people))
    shared = share_out(drawn, {one.call.call_id: every for one in drawn})
    count = Counter(shared.values())
    assert sum(count.values()) == len(drawn)
    assert max(count.values(), default=0) - min((count[n] for n in every), default=0) <= 1


@given(calls, seeds)
def test_only_who_may_gets_a_call(population: list[Candidate], seed: int) -> None:
    drawn = draw(population, Sizes(3), Aim(), seed)
    able = {one.call.call_id: frozenset({one.call.team_id or 0} - {3}) for one in drawn}
    for call_id, reviewer in share_out(drawn, able).items():
        assert reviewer in able[call_id] if able[call_id] else reviewer is None


def test_every_call_of_an_agent_has_the_same_chance() -> None:
    population = [Candidate(n, f"call{n:08d}", 1, 1) for n in range(10)]
    hits = Counter(
        one.call.call_id for seed in range(2000) for one in draw(population, Sizes(3), Aim(), seed)
    )
    # 600 expected each, standard deviation 20: five of them
    assert all(500 < hits[n] < 700 for n in range(10)), hits


def test_the_documented_order() -> None:
    # sha256(b"7:0a1b2c3d4e5f"), as docs/review.md tells an auditor to compute it
    import hashlib

    assert order(7, "0a1b2c3d4e5f") == hashlib.sha256(b"7:0a1b2c3d4e5f").hexdigest()
    assert draw([], Sizes(2, 2, 2), Aim(), 1) == ()
    one = Candidate(1, "a", 1, 1, risks=frozenset({"critical", "low score"}))
    assert draw([one], Sizes(0, 1), Aim(), 1) == (Drawn(one, "risk", ("critical", "low score")),)
