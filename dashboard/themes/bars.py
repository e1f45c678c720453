"""The two Paretos, and the way to the comments behind a bar."""

import streamlit as st

from dashboard.charts import draw, picked
from dashboard.charts.pareto import Part, pareto_chart
from dashboard.data.themes import Bar
from dashboard.i18n import _, ngettext
from dashboard.parts import Markup, panel, show
from dashboard.registry import streamlit_page
from dashboard.themes.words import aspect_name


def bars_panel(key: str, title: str, bars: tuple[Bar, ...], names: dict[str, str]) -> str | None:
    """A Pareto in its panel; gives the aspect whose bar was clicked."""
    count = bars[0].share.n if bars else 0
    note = ngettext("{count} comment; the bar opens them", "{count} comments; a bar opens its own", count)
    with panel(key, title, note if bars else ""):
        if not bars:
            show(Markup('<p class="sub">{}</p>').format(_("None in these days.")))
            return None
        parts = [
            Part(
                bar.aspect,
                aspect_name(bar.aspect, names),
                bar.count,
                ((bar.share.low or 0.0) * count, (bar.share.high or 0.0) * count),
                bar.reach,
            )
            for bar in bars
        ]
        clicked = picked(draw(pareto_chart(parts), key=key, alt=title, clickable=True))
        said = _("After the number: the share that this bar and those above it reach together.")
        show(Markup('<p class="sub">{}</p>').format(said))
    return clicked if isinstance(clicked, str) else None


def open_comments(**params: str) -> None:
    """Go to the comments behind something."""
    st.switch_page(streamlit_page("comments"), query_params={"shown": "all", "order": "newest"} | params)
