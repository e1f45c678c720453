"""Which call it is: title, line under it."""

from datetime import UTC, datetime

from dashboard.data.calls import CallHead
from dashboard.data.site import settings
from dashboard.i18n import _, duration, moment
from dashboard.parts import Markup, code
from dashboard.words import word


def title(head: CallHead) -> str:
    """Whose call it is, as far as that is known."""
    if head.agent:
        return _("Call of {agent}", agent=head.agent)
    return _("Call without a known agent")


def line(head: CallHead) -> Markup:
    """Customer, queue, when, how long, direction, key."""
    parts: list[str | Markup] = []
    if head.customer_hash:
        mark = code(head.customer_hash[:4].upper())
        parts.append(Markup.escape(_("customer {mark}")).format(mark=mark))
    parts += [text for text in (head.queue, head.team) if text]
    parts.append(moment(head.started_at, settings().zone, datetime.now(UTC)))
    if head.duration:
        parts.append(duration(head.duration))
    if head.direction:
        parts.append(word(head.direction))
    if head.language:
        parts.append(word(head.language))
    parts.append(code(head.key))
    # Each part keeps its own direction: a Latin team must not carry the day beside it away.
    return Markup(" · ").join(Markup("<bdi>{}</bdi>").format(part) for part in parts)
