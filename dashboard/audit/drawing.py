"""The list of entries, and whether the log is whole."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from urllib.parse import urlencode

import streamlit as st

from dashboard.audit.words import BREAKS, act_word, detail_words, subject_words
from dashboard.data import audit
from dashboard.data.audit import Line, Standing
from dashboard.data.site import settings
from dashboard.i18n import _, language, moment, number
from dashboard.identity import Viewer
from dashboard.parts import Cell, Column, Figure, Markup, chip, code, panel, show, strip, table
from dashboard.roles import Role, role_label
from qa.errors import QAError

NAMED = Markup('<bdi>{}</bdi> <span class="s"><bdi>{}</bdi></span>')
SHORT = 12
"""Letters of a key that are shown; its link and the file have all of them."""


def draw_standing(found: Standing, viewer: Viewer) -> None:
    """The state of the chain, and the button that looks at all of it."""
    last, now, zone = found.last, datetime.now(UTC), settings().zone
    if last is None:
        state, told = _("not looked at yet"), _("the worker looks once a day")
    elif last.broken is None:
        state = _("whole")
        told = _(
            "{count} entries, looked at {time}", count=number(last.entries), time=moment(last.at, zone, now)
        )
    else:
        state = _("not whole")
        place = number(last.broken.position)
        told = _("at entry {place}: {why}", place=place, why=_(BREAKS[last.broken.why]))
    sealed = number(last.sealed) if last else "–"
    with st.container(horizontal=True, vertical_alignment="center", key="audit_state"):
        show(
            strip(
                [
                    Figure(_("Entries"), number(found.entries)),
                    Figure(_("Chain"), state, "", told),
                    Figure(_("Sealed up to entry"), sealed),
                ]
            )
        )
        if st.button(_("Check now"), key="audit_check"):
            _look(viewer)
    if last is not None and last.broken is not None:
        text = _("Keep the data folder as it is and compare it with a back-up before anything else is done.")
        show(
            Markup('<div class="fault" role="alert"><span class="kind">{}</span>{}</div>').format(told, text)
        )


def _look(viewer: Viewer) -> None:
    try:
        audit.look(viewer.role)
    except QAError:
        st.toast(_("The log could not be looked at. Try again; the worker's log says why."))
        return
    st.rerun()


def draw_entries(lines: Sequence[Line], people: Mapping[int, str]) -> None:
    """The entries of a page; ``people`` are the names of users by number."""
    columns = [
        Column(_("Entry"), numeric=True),
        Column(_("When")),
        Column(_("Who")),
        Column(_("What")),
        Column(_("Of what")),
        Column(_("Details")),
    ]
    with panel("audit", stretch=False):
        made = table(columns, [_row(line, people) for line in lines], _("Entries of the audit log"))
        show(Markup('<div class="log">{}</div>').format(made))


def file_link(params: Mapping[str, str]) -> Markup:
    """The link to these entries as a file."""
    query = urlencode([(k, v) for k, v in params.items() if k not in ("before", "lang")])
    link = Markup('<div class="files"><a class="button" href="/qa/export/audit.csv?{}" download>{}</a></div>')
    return link.format(query, _("CSV"))


def _row(line: Line, people: Mapping[int, str]) -> list[str | Markup | Cell]:
    now, zone = datetime.now(UTC), settings().zone
    at = line.at.astimezone(zone).isoformat(timespec="seconds")
    return [
        Cell(number(line.position), pale=True),
        Markup('<time datetime="{}" title="{}">{}</time>').format(at, at, moment(line.at, zone, now)),
        _who(line),
        act_word(line.act),
        _subject(line, people),
        detail_words(line.detail),
    ]


def _who(line: Line) -> str | Markup:
    if line.name is not None:
        role = role_label(Role(line.role)) if line.role in set(Role) else line.role or ""
        return NAMED.format(line.name, role)
    if line.user_id is not None:
        return _("user {number}, removed", number=number(line.user_id))
    if line.detail.get("by") == "command":
        account = line.detail.get("account")
        command = _("by command")
        return NAMED.format(command, account) if account else command
    return chip(_("the desk"), "line") if line.detail.get("by") == "system" else _("nobody signed in")


def _subject(line: Line, people: Mapping[int, str]) -> str | Markup:
    kind, key = subject_words(line.subject)
    if line.subject.startswith("user:") and key.isdigit() and int(key) in people:
        return NAMED.format(people[int(key)], kind)
    if call := audit.call_of(line):
        link = Markup('{} <a href="/call?{}" target="_self">{}</a>')
        return link.format(kind, urlencode({"call": call, "lang": language()}), code(call[:SHORT]))
    return Markup("{} {}").format(kind, code(key[:40])) if key else kind
