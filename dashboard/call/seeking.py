"""The words that a call was found by: where they stand in it, and the way back to all calls with them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from dashboard.call.lines import Hits
from dashboard.calls.query import read_query, words_of
from dashboard.data.listing import marked
from dashboard.i18n import _
from dashboard.registry import streamlit_page
from qa.records import Transcript


@dataclass(frozen=True, slots=True)
class Sought:
    """Words as they were typed, empty for none; ``hits`` are stretches of lines by their id."""

    text: str = ""
    hits: Hits = field(default_factory=dict)


NOTHING = Sought()


def sought_in(params: Mapping[str, str], transcript: Transcript | None) -> Sought:
    """The words of the address, as the list of calls writes them there, in these words."""
    query = read_query(params)
    if not query.filters.search or transcript is None:
        return NOTHING
    return Sought(query.text, marked(transcript.utterances, query.filters.search, query.filters.said))


def back_to_hits(params: Mapping[str, str]) -> None:
    """The link to the list: to all calls, or to those with the same words."""
    words = words_of(read_query(params))
    label = _("All hits") if words else _("All calls")
    st.page_link(streamlit_page("calls"), label=label, query_params=words)
