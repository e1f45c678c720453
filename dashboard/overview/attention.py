"""What needs a person now: critical failures of the week, work that stopped."""

from datetime import UTC, datetime

from markupsafe import Markup

from dashboard.data.attention import Critical, Job
from dashboard.data.site import settings
from dashboard.i18n import _, moment, ngettext, quoted
from dashboard.identity import Viewer
from dashboard.parts import Row, go, may_open, panel, row, show
from dashboard.parts.marks import code

MOST = 5
QUOTE = 60  # letters of a quote that fit one line


def needs_a_person(
    viewer: Viewer, critical: tuple[Critical, ...], jobs: tuple[Job, ...], total: int, names: dict[str, str]
) -> None:
    """The panel: newest first, each row opens the call itself."""
    note = ngettext("{count} open", "{count} open", total + len(jobs)) if total + len(jobs) else ""
    with panel("now", _("Needs a person now"), note, dense=True):
        if not critical and not jobs:
            show(Markup('<p class="sub">{}</p>').format(_("Nothing waits for a person this week.")))
            return
        rows: list[Critical | Job] = [*jobs, *critical][:MOST]
        for place, each in enumerate(rows):
            last = place == len(rows) - 1
            if isinstance(each, Critical):
                _critical(each, names, last=last)
            else:
                _job(each, last=last, open_ingest=may_open(viewer.role, "ingest"))


def _critical(found: Critical, names: dict[str, str], *, last: bool) -> None:
    title = _(", ").join(names.get(key, key) for key in found.failed_by)
    words = found.quote if len(found.quote) <= QUOTE else found.quote[:QUOTE].rsplit(" ", 1)[0] + "…"
    detail = " · ".join(
        part for part in (found.agent or _("no agent"), quoted(words) if words else "") if part
    )
    params = {"call": found.key} | ({"t": f"{found.at:.1f}"} if found.at is not None else {})
    body = row(Row(title, detail, _when(found.started_at), urgent=True, last=last))
    go(f"critical_{found.key}", body, "call", label=_("Open the call"), params=params)


def _job(job: Job, *, last: bool, open_ingest: bool) -> None:
    title = _("Recording not heard")
    body = row(
        Row(title, code(job.file_name), _when(job.finished_at or job.queued_at), urgent=True, last=last)
    )
    if open_ingest:
        go(f"job_{job.key}", body, "ingest", label=_("Open recordings in"))
    else:
        go(f"job_{job.key}", body, "call", label=_("Open the call"), params={"call": job.key})


def _when(value: datetime) -> str:
    return moment(value, settings().zone, datetime.now(UTC))
