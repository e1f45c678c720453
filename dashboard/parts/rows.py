"""A row of a short list: what, about whom, when."""

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Row:
    """``urgent`` puts the red bar before it; ``late`` writes ``end`` in red."""

    title: str | Markup
    detail: str | Markup = ""
    end: str | Markup = ""
    urgent: bool = False
    late: bool = False
    last: bool = False


def row(content: Row) -> Markup:
    """The row as markup, to be shown alone or through ``go``."""
    end = Markup("<b>{}</b>").format(content.end) if content.late else content.end
    return Markup(
        '<div class="row {}"><i class="bar {}"></i><span><b>{}</b><span class="s">{}</span></span>'
        '<span class="t {}">{}</span></div>'
    ).format(
        "last" if content.last else "",
        "" if content.urgent else "soft",
        content.title,
        content.detail,
        "late" if content.late else "",
        end,
    )
