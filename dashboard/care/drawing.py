"""One customer drawn: figures, the course of sentiment, the timeline."""

from collections.abc import Mapping
from datetime import datetime

from dashboard.care.words import ASKED, REASONS, shortened
from dashboard.comments.words import FEELINGS, channel, service
from dashboard.data.care import (
    PRESSURE_DAYS,
    PRESSURE_LIMIT,
    FollowUpEvent,
    FollowUpReason,
    Happening,
    Pressure,
)
from dashboard.data.site import settings
from dashboard.i18n import N_, _, day_month_year, moment, ngettext, number, quoted
from dashboard.parts import Figure, Markup, Row, chip, code, row, stack, strip
from dashboard.promises.lines import STATES
from dashboard.words import word

KINDS = {
    "call": N_("Call"),
    "complaint": N_("Complaint in a call"),
    "survey": N_("Survey"),
    "comment": N_("Comment"),
    "promise": N_("Promise"),
    "order": N_("Order placed"),
    "contact": N_("Telephone record"),
}
OUTCOMES = {
    "answered": N_("answered"),
    "abandoned": N_("gave up waiting"),
    "busy": N_("busy"),
    "failed": N_("not reached"),
}
EDGES = {"negative": "neg", "positive": "pos"}


def reasons_strip(counted: Mapping[FollowUpReason, int]) -> Markup:
    """How many matters wait for each reason."""
    return strip([Figure(_(REASONS[reason]), number(count)) for reason, count in counted.items()])


def pressed_line(one: Pressure, *, last: bool) -> Markup:
    """A customer who was contacted too often."""
    detail = pressure_words(one)
    total = one.calls + one.invitations
    end = ngettext("{count} contact", "{count} contacts", total)
    return row(Row(stack((_("Customer"), " ", code(one.customer[:6].upper()))), detail, end, last=last))


def pressure_words(one: Pressure) -> str:
    """Calls and invitations of the last days."""
    calls = ngettext("{count} call", "{count} calls", one.calls)
    asked = ngettext("{count} survey invitation", "{count} survey invitations", one.invitations)
    return _("{calls}, {invitations}", calls=calls, invitations=asked)


def customer_strip(events: tuple[Happening, ...], pressure: Pressure) -> Markup:
    """How much there is of each kind, and how often the customer was contacted of late."""
    counts = {kind: sum(1 for one in events if one.kind == kind) for kind in KINDS}
    total = pressure.calls + pressure.invitations
    over = _("over the limit of {limit}", limit=number(PRESSURE_LIMIT)) if total > PRESSURE_LIMIT else ""
    said = _("{what} in {days} days", what=pressure_words(pressure), days=number(PRESSURE_DAYS))
    return strip(
        [
            Figure(_("Calls"), number(counts["call"])),
            Figure(_("Surveys"), number(counts["survey"])),
            Figure(_("Public comments"), number(counts["comment"])),
            Figure(_("Orders"), number(counts["order"])),
            Figure(_("Contact pressure"), number(total), "", " · ".join(p for p in (said, over) if p)),
        ]
    )


def happening(one: Happening, now: datetime, *, first: bool) -> Markup:
    """One event of the timeline as a step on the line."""
    marks = [chip(_("first contact"), "accent")] if first else []
    if one.label:
        marks.append(chip(_(FEELINGS[one.label]), "line"))
    said = Markup("<p><bdi>{}</bdi></p>").format(_words(one)) if one.text else ""
    return Markup(
        '<li class="{}"><span><b>{}</b> <span class="s">{}</span> {}{}</span><span class="t">{}</span></li>'
    ).format(
        "neg" if one.kind == "complaint" else EDGES.get(one.label or "", ""),
        _(KINDS[one.kind]),
        " · ".join(part for part in _about(one) if part),
        stack(marks),
        said,
        moment(one.at, settings().zone, now),
    )


def _words(one: Happening) -> str:
    return one.text or "" if one.kind in ("call", "contact") else quoted(shortened(one.text or ""))


def _about(one: Happening) -> tuple[str, ...]:
    if one.kind == "call":
        score = "" if one.value is None else _("score {score}", score=number(one.value))
        return word(one.what or ""), one.who or "", score
    if one.kind == "survey":
        question = ASKED.get(one.what or "", "")
        if one.value is None:
            return _(question), _("not answered")
        return (
            _("{question} {score} of {scale}", question=_(question), score=number(one.value),
              scale=number(one.scale or 0)),
        )  # fmt: skip
    if one.kind == "comment":
        stars = "" if one.value is None else ngettext("{count} star", "{count} stars", round(one.value))
        return channel(one.what), stars
    if one.kind in ("promise", "complaint", "contact"):
        texts = OUTCOMES | {state.value: text for state, text in STATES.items()}
        return _(texts[one.what]) if one.what else "", one.who or ""
    return service(one.what or ""), "" if one.value is None else _(
        "amount {amount}", amount=number(one.value)
    )


def followed(events: tuple[FollowUpEvent, ...], now: datetime) -> Markup:
    """What was done for the customer, the newest first."""
    lines = []
    for event in events:
        what = _("closed") if event.closed else _("given to {name}", name=event.owner or "")
        if event.due_day is not None:
            what = _("{what}, due {day}", what=what, day=day_month_year(event.due_day))
        about = f"{_(REASONS[event.reason])} · {event.by or ''}"
        lines.append(
            Markup(
                '<li><span><b>{}</b> <span class="s">{}</span>{}</span><span class="t">{}</span></li>'
            ).format(
                what,
                about,
                Markup("<p><bdi>{}</bdi></p>").format(quoted(event.note)) if event.note else "",
                moment(event.created_at, settings().zone, now),
            )
        )
    return Markup('<ol class="steps">{}</ol>').format(stack(lines))
