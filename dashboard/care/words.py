"""The words of the care of customers."""

from datetime import UTC, datetime

from dashboard.data.care import FollowUpReason, LeftAlone, SurveyKind
from dashboard.data.site import settings
from dashboard.i18n import N_, _, ngettext, number, quoted
from qa.calendar import local_day

REASONS = {
    FollowUpReason.COMPLAINT: N_("Public complaint"),
    FollowUpReason.CALL_COMPLAINT: N_("Complaint in a call"),
    FollowUpReason.BROKEN_PROMISE: N_("Broken promise"),
    FollowUpReason.LOW_SURVEY: N_("Low survey"),
}
QUESTIONS = {
    SurveyKind.CSAT: N_("How satisfied were you? (1 to 5)"),
    SurveyKind.NPS: N_("How likely are you to recommend us? (0 to 10)"),
    SurveyKind.CES: N_("How easy was it to get this done? (1 to 7, 7 is easiest)"),
}
ASKED = {"csat": N_("Satisfaction"), "nps": N_("Recommendation"), "ces": N_("Ease")}
LETTERS = 140


def said(one: LeftAlone) -> str:
    """What was written or answered, short."""
    words = "" if not one.text else quoted(shortened(one.text))
    if one.asked is None:
        return words
    score = _("{question} {score} of {scale}", question=_(ASKED[one.asked]), score=number(one.score or 0),
              scale=number(one.scale or 0))  # fmt: skip
    return f"{score} {words}".strip()


def call_at(call: str, second: float | None) -> dict[str, str]:
    """The address of a call, at a second where that is known."""
    return {"call": call} if second is None else {"call": call, "t": f"{second:.1f}"}


def shortened(text: str) -> str:
    """The text, cut at a word."""
    return text if len(text) <= LETTERS else text[:LETTERS].rsplit(" ", 1)[0] + "…"


def due_words(day: int) -> tuple[str, bool]:
    """When a follow-up is due, and whether that has passed."""
    left = day - local_day(datetime.now(UTC), settings().zone)
    if left < 0:
        return ngettext("due {count} day ago", "due {count} days ago", -left), True
    return (
        _("due today") if left == 0 else ngettext("due in {count} day", "due in {count} days", left)
    ), False
