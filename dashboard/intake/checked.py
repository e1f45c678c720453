"""The table of what was dropped: what each file is, whose call it is and who says so, what will happen."""

from collections.abc import Sequence
from datetime import UTC, datetime

from markupsafe import Markup

from dashboard.data.intake import CheckedFile, Report
from dashboard.data.site import settings
from dashboard.i18n import N_, _, duration, moment, ngettext, number
from dashboard.intake.reasons import as_told, kind_of
from dashboard.parts import Cell, Column, chip, code, show, stack, table

SHOWN = 30
ORDER = ("refused", "again", "twice", "already here", "new")
STANDINGS = {
    "new": N_("ready"),
    "again": N_("tried again"),
    "already here": N_("already here"),
    "twice": N_("twice in this list"),
    "refused": N_("refused"),
}
CHIPS = {"new": "accent", "again": "accent", "refused": "now"}


def draw_checked(report: Report) -> None:
    """The table; files that need a look stand first, and at most thirty are shown."""
    files = sorted(report.files, key=lambda file: ORDER.index(file.standing))
    show(check_table(files[:SHOWN]))
    if len(files) > SHOWN:
        rest = ngettext("{count} more file.", "{count} more files.", len(files) - SHOWN)
        show(Markup('<p class="sub">{}</p>').format(rest))
    for note in report.notes:
        show(Markup('<p class="sub">{}</p>').format(as_told(note)))


def check_table(files: Sequence[CheckedFile]) -> Markup:
    """One line a file."""
    columns = [
        Column(_("File")),
        Column(_("Length"), numeric=True),
        Column(_("Channels"), numeric=True),
        Column(_("Agent")),
        Column(_("Queue")),
        Column(_("Time")),
        Column(_("State")),
    ]
    made = table(columns, [_line(file) for file in files], _("Files to take in"))
    return Markup('<div class="check">{}</div>').format(made)


def _line(file: CheckedFile) -> list[str | Markup | Cell]:
    state = chip(_(STANDINGS[file.standing]), CHIPS.get(file.standing, ""))  # type: ignore[arg-type]
    if file.problem is not None:
        told = Markup('<div class="fault"><span class="kind">{}</span>{}</div>').format(
            kind_of(file.problem), as_told(file.problem)
        )
        return [code(file.name), Cell(told, span=5), state]
    recording = file.recording
    return [
        _named(file),
        duration(recording.duration) if recording and recording.duration else Cell("–", pale=True),
        number(recording.channels) if recording and recording.channels else Cell("–", pale=True),
        _fact(file, "agent_name") if file.facts.agent_name else _fact(file, "agent"),
        _fact(file, "queue"),
        _time(file),
        state,
    ]


def _named(file: CheckedFile) -> Markup:
    if file.words is not None:
        return stack((code(file.name), _from(_("with its transcript"))))
    if file.recording is not None and not file.recording.channels:
        return stack((code(file.name), _from(_("a transcript without a recording"))))
    return code(file.name)


def _fact(file: CheckedFile, name: str) -> Markup | Cell:
    value = getattr(file.facts, name)
    if not value:
        return Cell(_("not known"), pale=True)
    return stack((str(value), _source(file, name)))


def _time(file: CheckedFile) -> Markup | Cell:
    if file.facts.moment is None:
        return Cell(stack((_("not known"), _from(_("the time of taking in counts")))), pale=True)
    told = moment(file.facts.moment, settings().zone, datetime.now(UTC))
    return stack((told, _source(file, "moment")))


def _source(file: CheckedFile, name: str) -> Markup:
    return _from(_("from the table") if name in file.from_table else _("from the file name"))


def _from(text: str) -> Markup:
    return Markup('<span class="from">{}</span>').format(text)
