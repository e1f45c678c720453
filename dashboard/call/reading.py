"""All that the player of one call draws, in the viewer's words and digits."""

from typing import Any

from dashboard.call import lanes, lines, reviewing, silences
from dashboard.call.criteria import score, sections
from dashboard.call.labels import labels, speeds
from dashboard.call.measures import measures, summary
from dashboard.call.notes import LONGEST, may_write, shown
from dashboard.call.notices import notices
from dashboard.call.proofs import Proofs, numbered
from dashboard.call.reviewing import Desk
from dashboard.call.seeking import NOTHING, Sought
from dashboard.data import agreement, scorecards
from dashboard.data.calls import CallDetail
from dashboard.i18n import _, language, number
from dashboard.identity import Viewer
from qa.measure import default_limits
from qa.records import Scoring, Seconds, Transcript

AUDIO = "/qa/audio/"
LIBRARY = "/app/static/vendor/wavesurfer.esm.js"
NO_DESK = Desk()
NO_WORDS = Transcript("", "", "", ())


def content(
    detail: CallDetail,
    viewer: Viewer,
    at: Seconds | None,
    desk: Desk = NO_DESK,
    sought: Sought = NOTHING,
) -> dict[str, Any]:
    """What the player shows; ``at`` is the second it starts at, ``desk`` what the review desk has on it,
    ``sought`` the words it was found by. Safe to send: redacted text only.
    """
    transcript = detail.transcript or NO_WORDS
    scoring = detail.automatic.scoring if detail.automatic else None
    proofs = numbered(scoring, transcript) if scoring else Proofs((), {})
    quiet = silences.silences(detail.measures, default_limits())
    card = scorecards.card(scoring.scorecard, scoring.version) if scoring else None
    return (
        _sound(detail, at)
        | _panel(scoring, proofs)
        | reviewing.content(desk)  # what a blind review shows instead comes last
        | {
            "lang": language(),
            "labels": labels(),
            "speeds": speeds(),
            "digits": "".join(number(figure) for figure in range(10)),
            "notices": notices(detail),
            "summary": summary(detail.measures),
            "silences": [[s.span.start, s.span.end, s.kind, s.label] for s in quiet],
            "overlaps": [[span.start, span.end] for span in silences.overlaps(detail.measures)],
            "pins": [[p.number, number(p.number), p.tone, p.start] for p in proofs.moments],
            "dir": lines.direction(transcript),
            "lines": lines.lines(transcript, proofs.moments, quiet, _marks(detail), sought.hits),
            "sought": sought.text,
            "measures": measures(detail.measures, card),
            "notes": shown(detail.notes, viewer),
            "may_write": may_write(viewer),
            "longest": LONGEST,
        }
    )


def _marks(detail: CallDetail) -> dict[int, str]:
    """What is to be known of a line, by its id."""
    return {one.utterance: _("complaint") for one in detail.complaints}


def length_of(detail: CallDetail) -> Seconds:
    """How long the call is; without a recording, until its last known second."""
    if detail.head.duration:
        return detail.head.duration
    said = detail.transcript.utterances if detail.transcript else ()
    ends = [u.span.end for u in said if u.span]
    ends += [span.end for spans in (detail.speech or {}).values() for span in spans]
    return max(ends, default=0.0)


def _sound(detail: CallDetail, at: Seconds | None) -> dict[str, Any]:
    length = length_of(detail)
    head = detail.head
    return {
        "key": head.key,
        "version": detail.automatic.id if detail.automatic else 0,
        "library": LIBRARY,
        "audio": f"{AUDIO}{head.key}" if head.media else "",
        "missing": "" if head.media else _missing(detail),
        "duration": length,
        "at": None if at is None else min(max(0.0, at), length),
        "lanes": lanes.lanes(detail, length) if length else [],
    }


def _missing(detail: CallDetail) -> str:
    """Why there is no recording."""
    if any(one.part == "audio" for one in detail.removed):
        return "gone"
    return "generated" if detail.head.generated else "imported"


def _panel(scoring: Scoring | None, proofs: Proofs) -> dict[str, Any]:
    if scoring is None:
        return {"score": None, "sections": []}
    card = scorecards.card(scoring.scorecard, scoring.version)
    titles = scorecards.titles(scoring.scorecard, scoring.version, language())
    spoken = card.language if card else "en"
    decided = agreement.left().values()
    left = frozenset(one.key for one in decided if one.scorecard == scoring.scorecard and not one.generated)
    parts = sections(scoring, titles, proofs, spoken, left)
    return {"score": score(scoring, titles, card), "sections": parts}
