"""The chosen comment: what it says, what was done by whom, what is still to come, the customer's calls."""

from datetime import datetime, timedelta

from dashboard.comments.words import FEELINGS, STEPS, channel, service
from dashboard.data.comments import CommentEvent, CommentRow, CommentStep, LinkedCall
from dashboard.data.site import settings
from dashboard.i18n import _, moment, number, quoted
from dashboard.parts import Markup, chip, code, stack

TO_COME = (CommentStep.REPLIED, CommentStep.OFFERED, CommentStep.RESOLVED)
TITLE = 64  # letters


def title(row: CommentRow) -> Markup:
    """The first words of the comment, whose it is, and the whole text where they are not all."""
    words = row.text if len(row.text) <= TITLE else row.text[:TITLE].rsplit(" ", 1)[0] + "…"
    whose = Markup("")
    if row.customer:
        whose = Markup("<small>{} {}</small>").format(_("customer"), code(row.customer[:6].upper()))
    made = chip(_("generated"), "line") if row.generated else ""
    head = Markup('<h2 class="panel-t"><span dir="auto">{}</span> {} {}</h2>').format(words, whose, made)
    if len(row.text) <= TITLE:
        return head
    return head + Markup('<p class="said" dir="auto">{}</p>').format(row.text)


def steps(row: CommentRow, events: tuple[CommentEvent, ...], target: timedelta, now: datetime) -> Markup:
    """Posted, every event with who and when, then what is still to come."""
    lines = [_posted(row, now)]
    settled = row.replied or row.closed or row.hidden or row.last_word
    if row.posted_at is not None and not settled:
        due = row.posted_at + target
        late = due < now
        what = _("Reply due, passed") if late else _("Reply due")
        lines.append(_line("now" if late else "todo", what, when=moment(due, settings().zone, now)))
    lines += [_event(event, now) for event in events]
    done = {event.step for event in events}
    if row.last_word and not done:
        return Markup('<ol class="steps">{}</ol>').format(stack(lines))
    lines += [_line("todo", _(STEPS[step])) for step in TO_COME if step not in done and not row.closed]
    if not done & {CommentStep.THANKED, CommentStep.UNRESOLVED}:
        lines.append(_line("todo", _("Thanked, or left unresolved")))
    return Markup('<ol class="steps">{}</ol>').format(stack(lines))


def _posted(row: CommentRow, now: datetime) -> Markup:
    when = _("without a time") if row.posted_at is None else moment(row.posted_at, settings().zone, now)
    about = (channel(row.channel), row.product or "", service(row.service or ""))
    return _line("", _("Posted"), " · ".join(part for part in about if part), when)


def _event(event: CommentEvent, now: datetime) -> Markup:
    by = event.by or (_("imported") if event.step is CommentStep.REPLIED else _("the command line"))
    if event.to:
        by = _("{name}, to {other}", name=by, other=event.to)
    when = _("without a time") if event.at is None else moment(event.at, settings().zone, now)
    said = event.text
    if event.step is CommentStep.CORRECTED:
        said = _(FEELINGS.get(said, said))
    elif said:
        said = quoted(said)
    return _line("", _(STEPS[event.step]), by, when, said)


def _line(kind: str, what: str, by: str = "", when: str = "", said: str = "") -> Markup:
    body = Markup("<p><bdi>{}</bdi></p>").format(said) if said else ""
    detail = Markup(' <span class="s">{}</span>').format(by) if by else ""
    what_ = Markup("<b>{}</b>").format(what) if kind != "todo" else Markup.escape(what)
    return Markup('<li class="{}"><span>{}{}{}</span><span class="t">{}</span></li>').format(
        kind, what_, detail, body, when
    )


def customer_line() -> Markup:
    """The way to everything that is known of the customer."""
    return Markup('<p class="sub link">{}</p>').format(_("Everything about this customer"))


def linked_head() -> Markup:
    """The heads over the lines of linked calls."""
    heads = (_("Linked calls"), _("Agent"), _("Score"))
    return Markup('<div class="linked linked-h">{}</div>').format(
        stack(Markup("<span>{}</span>").format(head) for head in heads)
    )


def linked_line(call: LinkedCall, now: datetime) -> Markup:
    """A call of the customer, to be shown through ``go``."""
    score = "–" if call.score is None else number(call.score)
    return Markup(
        '<div class="linked row"><span>{}</span><span>{}</span><span class="num">{}</span></div>'
    ).format(moment(call.started_at, settings().zone, now), call.agent or _("no agent"), score)
