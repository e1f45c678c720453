"""Whether the work goes on: the worker and the watched folder, and what to do when it does not."""

from collections.abc import Iterable
from datetime import UTC, datetime

from markupsafe import Markup

from dashboard.data.work import Watched, Worker
from dashboard.i18n import _, ago, ngettext
from dashboard.parts import code, panel, show, stack

SIGN = Markup('<div class="sign"><i class="{}" aria-hidden="true"></i><b>{}</b>{}</div>')


def draw_signs(worker: Worker, watched: Watched | None) -> None:
    """The panel beside the work."""
    with panel("signs", _("Worker and folder")):
        show(Markup('<div class="signs">{}</div>').format(stack((_worker(worker), _folder(watched)))))


def _worker(worker: Worker) -> Markup:
    sign = worker.last_sign
    seen = _("No recording has been worked on yet.")
    if sign is not None:
        seen = _("Last sign of life: {when}.", when=ago(sign, datetime.now(UTC)))
    if worker.runs:
        return _sign("on", _("The worker runs"), (seen,))
    how = _filled(
        _("What is queued waits until it does. Start the desk with {run}, or a worker alone with {work}."),
        run="make run",
        work="python -m qa work",
    )
    return _sign("off", _("The worker does not run"), (how, seen))


def _folder(watched: Watched | None) -> Markup:
    if watched is None:
        text = _filled(
            _("The setting {name} is not set. With a folder there, recordings come in by themselves."),
            name="QA_WATCH_FOLDER",
        )
        return _sign("", _("No folder is watched"), (text,))
    place = code(str(watched.folder))
    if not watched.there:
        text = _filled(_("Make the folder or correct the setting {name}."), name="QA_WATCH_FOLDER")
        return _sign("off", _("The watched folder is not there"), (place, text))
    waits = _("No file waits in it.")
    if watched.waiting:
        waits = ngettext("{count} file waits in it.", "{count} files wait in it.", watched.waiting)
    return _sign("on", _("A folder is watched"), (place, waits))


def _sign(kind: str, title: str, lines: Iterable[str | Markup]) -> Markup:
    return SIGN.format(kind, title, stack(Markup("<p>{}</p>").format(line) for line in lines))


def _filled(sentence: str, **names: str) -> Markup:
    return Markup.escape(sentence).format(**{name: code(text) for name, text in names.items()})
