"""Names that a scorecard may use but cannot check itself, because they belong to later stages."""

from qa.errors import InvalidScorecard
from qa.judge.compiled import all_rules
from qa.measure import MEASURE_NAMES
from qa.redact import KINDS
from qa.scorecard import MeasureRule, PhraseRule, Scorecard, nearest


def check_rules(scorecard: Scorecard) -> None:
    """Every measure and every placeholder that the rules name exists.

    Raises:
        InvalidScorecard: names file, line, field and the nearest known name.
    """
    measures, kinds = tuple(MEASURE_NAMES), tuple(KINDS)
    for rule in all_rules(scorecard):
        if isinstance(rule, MeasureRule) and rule.name not in measures:
            raise _unknown(scorecard, rule.line, "measure.name", (rule.name, "measure"), measures)
        if isinstance(rule, PhraseRule):
            for kind in rule.placeholders:
                if kind not in kinds:
                    raise _unknown(scorecard, rule.line, "placeholders", (kind, "placeholder"), kinds)


def _unknown(
    scorecard: Scorecard, line: int, field: str, name: tuple[str, str], known: tuple[str, ...]
) -> InvalidScorecard:
    place = f"{scorecard.source or scorecard.id}, line {line}"
    return InvalidScorecard(
        f"{place}: {field} names the unknown {name[1]} {name[0]}; {nearest(name[0], known)}."
    )
