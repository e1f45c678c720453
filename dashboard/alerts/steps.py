"""What happened to an alert: who took it on, and the whole course."""

from collections.abc import Sequence
from datetime import datetime

from dashboard.alerts.words import STEPS
from dashboard.data.alerts import AlertEvent, AlertStep
from dashboard.data.site import settings
from dashboard.i18n import _, moment, quoted
from dashboard.parts import Markup

Steps = Sequence[AlertEvent]


def handled(steps: Steps) -> str:
    """Who took it on last, and with which note."""
    mine = [step for step in steps if step.step in (AlertStep.ACKNOWLEDGED, AlertStep.CLOSED)]
    if not mine:
        return ""
    last = mine[-1]
    who = _("{step} by {name}", step=_(STEPS[last.step]), name=last.by or _("the command line"))
    return " ".join((who, quoted(last.note))) if last.note else who


def history(steps: Steps, now: datetime) -> Markup:
    """What happened to it, the first first."""
    lines = []
    for step in steps:
        parts = (
            moment(step.created_at, settings().zone, now),
            _(STEPS[step.step]),
            step.by or "",
            step.note,
        )
        lines.append(Markup("<li>{}</li>").format(" · ".join(part for part in parts if part)))
    return Markup('<ul class="sub">{}</ul>').format(Markup("").join(lines))
