"""What became of every file, the newest first."""

from datetime import UTC, datetime

import streamlit as st

from dashboard.data import imports
from dashboard.data.imports import Entry
from dashboard.data.site import settings
from dashboard.i18n import _, moment
from dashboard.identity import Viewer
from dashboard.imports.reasons import reason
from dashboard.imports.results import count
from dashboard.imports.words import KINDS, WAYS
from dashboard.intake.reasons import as_told
from dashboard.parts import Cell, Column, Markup, code, panel, show, stack, table

STEP = 10
LIMIT = "import_history"
SMALL = Markup('<span class="from">{}</span>')


def draw_history(viewer: Viewer) -> None:
    """The panel."""
    with panel(
        "import_history", _("Files that came"), _("from people, commands, the folder and systems that push")
    ):
        limit = st.session_state.get(LIMIT, STEP)
        entries, every = imports.history(viewer.scope, limit)
        if not entries:
            show(Markup('<p class="sub">{}</p>').format(_("No file has come yet.")))
            return
        columns = [
            Column(_("File")),
            Column(_("What and where from")),
            Column(_("Rows read"), numeric=True),
            Column(_("New"), numeric=True),
            Column(_("Here already"), numeric=True),
            Column(_("Refused"), numeric=True),
            Column(_("When")),
        ]
        made = table(columns, [_row(entry) for entry in entries], _("Imported files"))
        show(Markup('<div class="check">{}</div>').format(made))
        if every > limit:
            st.button(_("Show more"), key="import_more", on_click=_more)


def _more() -> None:
    st.session_state[LIMIT] = st.session_state.get(LIMIT, STEP) + STEP


def _row(entry: Entry) -> list[str | Markup | Cell]:
    told = moment(entry.created_at, settings().zone, datetime.now(UTC))
    way = _(WAYS[entry.via]) if entry.via in WAYS else _("by command")
    when = stack(
        (told, SMALL.format(_("{name}, {way}", name=entry.person, way=way) if entry.person else way))
    )
    what = stack((_(KINDS[entry.kind]), SMALL.format(entry.source)))
    if entry.refusal:
        fault = Markup('<div class="fault"><span class="kind">{}</span>{}</div>')
        return [
            code(entry.file_name),
            what,
            Cell(fault.format(_("refused"), as_told(entry.refusal)), span=4),
            when,
        ]
    name = stack((code(entry.file_name), *(SMALL.format(reason(why)) for why, *_rest in entry.reasons[:2])))
    here = count(entry.already + entry.updated)
    refused = count(entry.rejected)
    return [name, what, count(entry.read), count(entry.imported), here, refused, when]
