"""The tile: one number that is never alone."""

from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from dashboard.i18n import _

Tone = Literal["", "signal", "gain"]
FEW = 30
NO_DRAWING = Markup("")


@dataclass(frozen=True, slots=True)
class Change:
    """The change in words: ``size`` is bold ("Up 1.9"), ``meaning`` follows it.

    ``tone``: empty inside normal variation, ``signal`` out on the bad side, ``gain`` on the good side.
    """

    size: str
    meaning: str = ""
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """What a tile says, already in the viewer's words and digits.

    ``value`` empty: no answers. ``count`` under 30 makes the value pale and says so; ``None`` for a
    number that is itself a count. ``interval`` holds interval and n.
    """

    label: str
    value: str
    interval: str
    change: Change
    unit: str = ""
    count: int | None = None
    drawing: Markup = NO_DRAWING
    help: str = ""


def tile(content: Tile) -> Markup:
    """The tile as markup, to be shown through ``go``."""
    few = content.count is not None and content.count < FEW
    none = content.count == 0 or not content.value
    value = _("no answers") if none else content.value
    lines = [content.interval] if content.interval and not none else []
    if few and not none:
        lines.append(_("few answers"))
    change = content.change
    classes = "tile-v none" if none else "tile-v few" if few else "tile-v"
    return Markup(
        '<div class="tile" title="{help}"><div class="tile-l">{label}</div>'
        '<div class="tile-m"><span class="{classes}">{value}{unit}</span>{drawing}</div>'
        '<div class="tile-i">{interval}</div>'
        '<div class="tile-d {tone}"><b>{size}</b> {meaning}</div></div>'
    ).format(
        help=content.help,
        label=content.label,
        classes=classes,
        value=value,
        unit=Markup("<small>{}</small>").format(content.unit) if content.unit and not none else "",
        drawing=content.drawing,
        interval=" · ".join(lines) or "\u00a0",
        tone=change.tone,
        size=change.size,
        meaning=change.meaning,
    )
