"""What would become of a file, or became of it; and the rows that could not be used, as a file."""

import streamlit as st

from dashboard.data.imports import Outcome
from dashboard.i18n import _, ngettext, number
from dashboard.imports.reasons import reason
from dashboard.parts import Column, Figure, Markup, show, strip, table
from qa.text.cells import safe_cell, safe_names

SHOWN = 12


def count(value: int) -> str:
    """A count; a Persian zero alone reads as a dot, so it is written as a word."""
    return number(value) if value else _("0")


def draw_figures(found: Outcome, *, done: bool) -> None:
    """Counts in a strip."""
    bad = found.rejected.rows.height
    show(
        strip(
            (
                Figure(_("Rows read"), count(found.read)),
                Figure(_("Imported") if done else _("New"), count(found.imported)),
                Figure(_("Here already"), count(found.already + found.updated)),
                Figure(_("Belong to calls"), count(found.linked)),
                Figure(_("Refused"), count(bad)),
            )
        )
    )
    if done and found.updated:
        _line(
            ngettext(
                "{count} row that was here got its answer or its call.",
                "{count} rows that were here got their answer or their call.",
                found.updated,
            )
        )
    _line(_("The same file again changes nothing: a row counts once, however often it comes."))


def draw_rejected(found: Outcome, key: str) -> None:
    """Reasons with counts, and the rows to download."""
    reasons = found.rejected.reasons
    if not reasons:
        return
    columns = [
        Column(_("Why it is refused")),
        Column(_("Rows"), numeric=True),
        Column(_("The first"), numeric=True),
    ]
    lines = [[reason(why), number(rows), number(first)] for why, rows, first in reasons[:SHOWN]]
    show(table(columns, lines, _("Refused rows by reason")))
    st.download_button(
        _("Download the refused rows (CSV)"),
        rejected_csv(found),
        "rejected.csv",
        "text/csv",
        key=f"rejected_{key}",
    )


def rejected_csv(found: Outcome) -> bytes:
    """The refused rows with their reasons in the viewer's words; UTF-8 with a byte order mark."""
    frame = found.rejected.rows
    known = {why: reason(why) for why in frame["reason"].unique()}
    safe = {
        name: [safe_cell(known[cell] if name == "reason" else cell) for cell in frame[name]]
        for name in frame.columns
        if name != "row"
    }
    titles = {"row": _("Row"), "reason": _("Why it is refused")}
    texts = frame.with_columns(**{name: type(frame[name])(name, cells) for name, cells in safe.items()})
    made = texts.rename({name: title for name, title in titles.items() if title not in texts.columns})
    return "\ufeff".encode() + made.rename(safe_names(made.columns)).write_csv().encode()


def _line(text: str) -> None:
    show(Markup('<p class="sub" role="status">{}</p>').format(text))
