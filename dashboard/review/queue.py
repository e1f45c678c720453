"""What is to review: a row a call with why it was chosen and when it is due."""

from collections.abc import Sequence
from datetime import UTC, datetime

from dashboard.data.review import ReviewRow, ReviewState
from dashboard.data.site import settings
from dashboard.i18n import _, clock, moment, number
from dashboard.parts import Markup, Row, go, row, show
from dashboard.review.words import due_text, why

SHOWN = 25


def rows(found: Sequence[ReviewRow]) -> None:
    """The rows, each a link to its review."""
    now, zone = datetime.now(UTC), settings().zone
    for place, one in enumerate(found[:SHOWN], start=1):
        when, late = due_text(one.due, now)
        parts = [why(one.layer, one.reasons), one.queue or "", moment(one.started_on, zone, now)]
        parts += [clock(one.duration)] if one.duration else []
        parts += [_("begun")] if one.state is ReviewState.STARTED else []
        detail = Markup(" · ").join(Markup("<bdi>{}</bdi>").format(part) for part in parts if part)
        content = Row(
            one.agent or _("no agent"), detail, when, late, late, last=place == min(len(found), SHOWN)
        )
        label = _("Review the call of {agent}, {time}", agent=one.agent or _("no agent"), time=parts[2])
        params = {"call": one.call_key, "review": str(one.id)}
        go(f"review_{one.id}", row(content), "call", label=label, params=params)
    if len(found) > SHOWN:
        more = _("{count} more, due later", count=number(len(found) - SHOWN))
        show(Markup('<p class="sub">{}</p>').format(more))
