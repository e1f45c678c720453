"""The score and what it is made of, for the panel beside the transcript."""

from collections.abc import Iterable
from typing import Any

from dashboard.call.lines import PLACEHOLDER
from dashboard.call.proofs import Proof, Proofs
from dashboard.data.scorecards import Scorecard
from dashboard.i18n import _, number, percent, quoted, rtl
from dashboard.parts.marks import VERDICT_CLASS
from dashboard.words import critical_kind, word
from qa.records import CriterionResult, Scoring, ScoringStatus, Verdict

SHOWN = 6
"""So many numbers stand beside a criterion; the rest are on the timeline."""
Titles = dict[str, str]


def score(scoring: Scoring, titles: Titles, card: Scorecard | None) -> dict[str, Any]:
    """The head: the figure, what it means, where it comes from."""
    name = scoring.scorecard if card is None else card.title.fa if rtl() else card.title.en
    source = _("automatic · {name}, version {version}", name=name, version=number(scoring.version))
    if scoring.score is None:
        title = word(scoring.status) if scoring.status is not ScoringStatus.SCORED else _("no score")
        return {"value": "–", "of": "", "title": title[:1].upper() + title[1:], "sub": source, "tone": "none"}
    if scoring.failed_by:
        causes = _(", ").join(titles.get(key, key) for key in scoring.failed_by)
        before = scoring.score_before_critical
        note = "" if before is None else _("{score} before that", score=number(before))
        return {
            "value": _points(0.0),
            "of": _("of 100"),
            "title": _("Failed by: {criterion}", criterion=causes),
            "sub": " · ".join(text for text in (note, source) if text),
            "tone": "now",
        }
    band = word(scoring.band) if scoring.band else ""
    return {
        "value": _points(scoring.score / 100),
        "of": _("of 100"),
        "title": band[:1].upper() + band[1:],
        "sub": source,
        "tone": scoring.band or "",
    }


def sections(
    scoring: Scoring, titles: Titles, proofs: Proofs, spoken: str, left: frozenset[str] = frozenset()
) -> list[dict[str, Any]]:
    """Sections in order, each with its criteria. ``spoken`` is the language of what was looked for,
    ``left`` are the criteria that people decide.
    """
    by_number = {proof.number: proof for proof in proofs.moments}
    return [
        {
            "title": titles.get(section.key, section.key),
            "weight": _("weight {weight}", weight=number(section.weight)),
            "score": _points(section.score),
            "criteria": [
                _criterion(result, scoring, titles, [by_number[n] for n in proofs.of.get(result.key, ())])
                | {"dir": "rtl" if spoken == "fa" else "ltr", "left": _left(result, left)}
                for result in scoring.criteria
                if result.section == section.key
            ],
        }
        for section in scoring.sections
    ]


def _points(share: float | None) -> str:
    """Of 100; zero is a word in Persian, whose figure reads as a dot."""
    if share is None:
        return "–"
    return _("0") if round(share * 100) == 0 else number(share * 100)


def _criterion(
    result: CriterionResult, scoring: Scoring, titles: Titles, proofs: list[Proof]
) -> dict[str, Any]:
    judgement = result.judgement
    failed = result.key in scoring.failed_by
    sure = judgement.verdict not in (Verdict.CANNOT_TELL, Verdict.NOT_APPLICABLE)
    return {
        "key": result.key,
        "title": titles.get(result.key, result.key),
        "verdict": word(judgement.verdict),
        "glyph": VERDICT_CLASS[judgement.verdict],
        "failed": failed,
        "confidence": round(judgement.confidence, 3) if sure else None,
        "sure": _("confidence {share}", share=percent(judgement.confidence)) if sure else "",
        "proofs": [[proof.number, number(proof.number), proof.tone, proof.start] for proof in proofs[:SHOWN]],
        "more": _("and {count} more", count=number(len(proofs) - SHOWN)) if len(proofs) > SHOWN else "",
        "quote": _quote(proofs),
        "critical": _critical(result) if failed else "",
        # A rule that was met needs no explanation beyond its evidence.
        "sought": judgement.looked_for if judgement.verdict is not Verdict.MET else "",
    }


def _quote(proofs: Iterable[Proof]) -> str:
    first = next((proof.quote for proof in proofs if proof.quote), "")
    return _masked(quoted(first)) if first else ""


def _masked(text: str) -> str:
    return PLACEHOLDER.sub(lambda found: word(found.group(1)), text)


def _left(result: CriterionResult, left: frozenset[str]) -> str:
    """Calls scored before a criterion was left to people still count it."""
    if result.key not in left or result.applied_weight:
        return ""
    return _("People decide: counts for nothing in the automatic score.")


def _critical(result: CriterionResult) -> str:
    kind = critical_kind(result.critical) if result.critical else ""
    return _("Critical ({kind}): the call scores zero.", kind=kind)
