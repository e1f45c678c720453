"""The rounds a viewer may know of, and the calls that wait to be judged blind."""

from collections.abc import Sequence
from datetime import UTC, datetime

from dashboard.calibration.words import card_name, done, state
from dashboard.data.calibration import Progress, ReviewRow, Round, RoundState
from dashboard.data.site import settings
from dashboard.i18n import _, clock, moment, ngettext, number
from dashboard.parts import Cell, Column, Markup, Row, chip, go, row, table
from dashboard.review.words import due_text


def rounds(found: Sequence[Round]) -> None:
    """A row a round, each a link to it."""
    now, zone = datetime.now(UTC), settings().zone
    for place, one in enumerate(found, start=1):
        due, late = due_text(one.due, now) if one.state is RoundState.OPEN else ("", False)
        parts = [card_name(one.scorecard, one.version), ngettext("{count} call", "{count} calls", one.calls)]
        parts += [done(one), moment(one.made_at, zone, now)]
        parts += [_("made by {name}", name=one.author)] if one.author else []
        parts += [_("generated")] if one.generated else []
        detail = Markup(" · ").join(Markup("<bdi>{}</bdi>").format(part) for part in parts)
        kind = chip(state(one), "accent" if one.state is RoundState.DEBRIEF else "")
        end = Markup("{} {}").format(due, kind) if due else kind
        content = Row(one.name, detail, end, late, late, last=place == len(found))
        go(
            f"round_{one.id}",
            row(content),
            "round",
            label=_("Open the calibration {name}", name=one.name),
            params={"round": str(one.id)},
        )


def waiting(found: Sequence[ReviewRow]) -> None:
    """The calls that the viewer judges blind, each a link to its review. Nothing of a verdict stands here."""
    now, zone = datetime.now(UTC), settings().zone
    for place, one in enumerate(found, start=1):
        when, late = due_text(one.due, now)
        parts = [one.queue or "", moment(one.started_on, zone, now)]
        parts += [clock(one.duration)] if one.duration else []
        parts += [_("begun")] if one.started_at is not None else []
        detail = Markup(" · ").join(Markup("<bdi>{}</bdi>").format(part) for part in parts if part)
        agent = one.agent or _("no agent")
        content = Row(agent, detail, when, late, late, last=place == len(found))
        params = {"call": one.call_key, "review": str(one.id)}
        label = _("Judge blind the call of {agent}, {time}", agent=agent, time=parts[1])
        go(f"blind_{one.id}", row(content), "call", label=label, params=params)


def progress(found: Sequence[Progress]) -> Markup:
    """How far each reviewer is."""
    columns = (Column(_("Reviewer")), Column(_("Done"), numeric=True))
    rows: list[list[str | Markup | Cell]] = [
        [one.reviewer, _("{done} of {assigned}", done=number(one.finished) if one.finished else _("0"),
                         assigned=number(one.assigned))]
        for one in found
    ]  # fmt: skip
    return table(columns, rows, _("Progress of the reviewers"))
