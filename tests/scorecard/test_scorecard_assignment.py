"""Which scorecard a call gets: the most specific rule wins, order does not matter."""

from itertools import permutations

import pytest

from qa.scorecard import Assignment, Traits, assigned

QUEUE = Assignment("queue", queue=1)
QUEUE_OUT = Assignment("queue-out", queue=1, direction="outbound")
QUEUE_FA = Assignment("queue-fa", queue=1, language="fa")
OUT = Assignment("out", direction="outbound")
OUT_EN = Assignment("out-en", direction="outbound", language="en")
ENGLISH = Assignment("english", language="en")
RULES = (QUEUE, QUEUE_OUT, QUEUE_FA, OUT, OUT_EN, ENGLISH)
CASES = [
    (Traits("fa", 2, "inbound"), None),  # no rule: the default of the language
    (Traits("en", 2, "inbound"), "english"),
    (Traits("fa", 2, "outbound"), "out"),
    (Traits("en", 2, "outbound"), "out-en"),  # two marks beat one
    (Traits("en", 1, "inbound"), "queue"),  # a queue beats a language
    (Traits("fa", 1, "inbound"), "queue-fa"),
    (Traits("fa", 1, "outbound"), "queue-out"),  # beside a queue, a direction beats a language
    (Traits("en", None, None), "english"),  # a call of which nothing is known
]


@pytest.mark.parametrize(("traits", "wanted"), CASES)
def test_the_most_specific_rule(traits: Traits, wanted: str | None) -> None:
    for rules in permutations(RULES, 6):
        assert assigned(rules, traits) == wanted
