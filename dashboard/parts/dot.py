"""A figure and its interval on a short line, with a mark at the limit that matters."""

from markupsafe import Markup


def dot(value: float, ends: tuple[float, float], limit: float, label: str) -> Markup:
    """``value`` and ``ends`` on a line from 0 to 1; what lies outside stands at its end. ``label`` says the
    same in words. The line runs from left to right in both languages, as number lines do.
    """
    parts = [Markup('<u style="left:{:.1f}%"></u>').format(_place(limit))]
    low, high = _place(ends[0]), _place(ends[1])
    parts.append(Markup('<i style="left:{:.1f}%;width:{:.1f}%"></i>').format(low, max(1.0, high - low)))
    kind = "under" if value < limit else ""
    parts.append(Markup('<b class="{}" style="left:{:.1f}%"></b>').format(kind, _place(value)))
    return Markup('<span class="dot" dir="ltr" role="img" aria-label="{}">{}</span>').format(
        label, Markup("").join(parts)
    )


def _place(value: float) -> float:
    return 100 * max(0.0, min(1.0, value))
