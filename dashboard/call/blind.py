"""A call that its viewer judges blind: what of it may reach the browser, and nothing else."""

from typing import Any

from dashboard.data import scorecards
from dashboard.data.review import StoredReview
from dashboard.i18n import _, language, number, rtl

BLANK = "blank"
"""The look of a verdict that is not shown."""


def panel(found: StoredReview) -> dict[str, Any]:
    """The criteria to judge, without verdicts; ``score`` says that the call is judged blind."""
    card = scorecards.card(found.row.scorecard, found.row.version)
    if card is None:
        return {"score": told(), "sections": []}
    titles = scorecards.titles(card.id, card.version, language())
    judged = {one.key for one in found.verdicts}
    sections = [
        {
            "title": titles.get(section.key, section.key),
            "weight": _("weight {weight}", weight=number(section.weight)),
            "score": "",
            "criteria": [
                _criterion(one.key, titles.get(one.key, one.key))
                for one in section.criteria
                if one.key in judged
            ],
        }
        for section in card.sections
    ]
    name = card.title.fa if rtl() else card.title.en
    sub = _("{name}, version {version}", name=name, version=number(card.version))
    return {"score": told(sub), "sections": sections}


def told(sub: str = "") -> dict[str, Any]:
    """What stands in place of the score."""
    text = sub or _("Verdicts are shown once your own review is finished.")
    return {"value": "–", "of": "", "title": _("Blind calibration"), "sub": text, "tone": "none"}


def _criterion(key: str, title: str) -> dict[str, Any]:
    return {
        "key": key,
        "title": title,
        "verdict": "",
        "glyph": BLANK,
        "failed": False,
        "confidence": None,
        "sure": "",
        "proofs": [],
        "more": "",
        "quote": "",
        "critical": "",
        "sought": "",
        "left": "",
        "dir": "rtl" if rtl() else "ltr",
    }
