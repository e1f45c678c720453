"""A scorecard as people read it: sections, criteria, weights and what each is worth of the 100 points.

Unlike ``Scorecard`` it keeps criteria that are switched off, and rules as they are written, whichever judges
there are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from qa.records import Points
from qa.scorecard.forms import ScorecardForm, SectionForm
from qa.scorecard.lexicons import Lexicons, shared_lexicons
from qa.scorecard.model import Bands, Minimum, Title
from qa.scorecard.read import checked, parse_scorecard

_KNOWN = frozenset({"key", "title", "weight", "rule", "critical", "applies_when", "enabled"})
Rule = Mapping[str, Any]
"""A rule as it is written: one name with its fields."""


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """One criterion. ``share`` is what it is worth of 100 points when every criterion counts; ``other``
    are fields that change neither weight nor rule, as they are written.
    """

    key: str
    section: str
    title: Title
    weight: float
    share: Points
    critical: str | None
    enabled: bool
    rule: Rule
    applies_when: Rule | None
    other: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SectionLine:
    """One section and its share of the 100 points."""

    key: str
    title: Title
    weight: float
    share: Points
    criteria: tuple[CriterionLine, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """The whole scorecard; ``lexicons`` are all word lists that its rules may name."""

    id: str
    version: int
    language: str
    title: Title
    bands: Bands
    minimum: Minimum | None
    sections: tuple[SectionLine, ...]
    lexicons: Lexicons

    @property
    def criteria(self) -> tuple[CriterionLine, ...]:
        """The criteria of all sections, in order."""
        return tuple(one for section in self.sections for one in section.criteria)


def outline(text: str, name: str) -> Outline:
    """The outline of a scorecard's text; ``name`` is for messages.

    Raises:
        InvalidScorecard: the text is no valid scorecard; names line and field.
    """
    card = parse_scorecard(text, name)
    document, form = checked(text, name)
    assert isinstance(document.value, dict)  # noqa: S101 (a form was made of it)
    shares = _shares(form)
    written: list[Any] = document.value["sections"]
    return Outline(
        id=card.id,
        version=card.version,
        language=card.language,
        title=card.title,
        bands=card.bands,
        minimum=card.minimum,
        sections=tuple(_section(one, raw, shares) for one, raw in zip(form.sections, written, strict=True)),
        lexicons={
            **shared_lexicons(form.language),
            **{key: tuple(own) for key, own in form.lexicons.items()},
        },
    )


def _section(form: SectionForm, raw: Any, shares: Mapping[str, Points]) -> SectionLine:
    criteria = tuple(
        CriterionLine(
            key=one.key,
            section=form.key,
            title=Title(one.title.en, one.title.fa),
            weight=one.weight,
            share=shares[one.key],
            critical=one.critical,
            enabled=one.enabled,
            rule=plain["rule"],
            applies_when=plain.get("applies_when"),
            other={name: value for name, value in plain.items() if name not in _KNOWN},
        )
        for one, plain in zip(form.criteria, raw["criteria"], strict=True)
    )
    share = sum((one.share for one in criteria), 0.0)
    return SectionLine(form.key, Title(form.title.en, form.title.fa), form.weight, share, criteria)


def _shares(form: ScorecardForm) -> dict[str, Points]:
    """100 · (W / Σ W) · (w / Σ w) over what is switched on."""
    sums = {one.key: sum(c.weight for c in one.criteria if c.enabled) for one in form.sections}
    whole = sum(one.weight for one in form.sections if sums[one.key] > 0)
    shares = {}
    for section in form.sections:
        for one in section.criteria:
            counts = one.enabled and sums[section.key] > 0 and whole > 0
            part = one.weight / sums[section.key] if counts else 0.0
            shares[one.key] = 100 * section.weight / whole * part if counts else 0.0
    return shares
