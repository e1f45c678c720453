"""What needs a person now: promises past their time, critical failures of the week, work that stopped."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from markupsafe import Markup

from dashboard.data import attention, promises
from dashboard.data.attention import Critical, Job
from dashboard.data.frames import CallFilter
from dashboard.data.promises import LedgerFilter, LedgerRow
from dashboard.data.site import Scope, settings
from dashboard.i18n import _, moment, ngettext, quoted
from dashboard.identity import Viewer
from dashboard.overview.owed import owed_lines, read_owed
from dashboard.parts import Row, go, may_open, panel, row, show
from dashboard.parts.marks import code
from dashboard.promises.lines import due_words
from dashboard.words import word

MOST = 5
COUNTED = 500  # stopped jobs; a site with more has one reason for all of them
QUOTE = 60  # letters of a quote that fit one line


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits: ``critical`` are the newest of ``total`` calls with a critical failure, ``jobs`` work that
    stopped; ``overdue`` counts promises past their time, ``oldest`` is the longest of them; ``line`` counts
    the calls that wait and those that are being heard, ``abusive`` those with an abusive customer.
    """

    critical: tuple[Critical, ...]
    total: int
    overdue: int
    oldest: LedgerRow | None
    jobs: tuple[Job, ...]
    line: tuple[int, int]
    abusive: int = 0
    days: tuple[int | None, int | None] = (None, None)


def read_waiting(scope: Scope, week: CallFilter) -> Waiting:
    """What waits for a person in these days."""
    critical, total = attention.critical_calls(scope, replace(week, critical=True), MOST)
    late = LedgerFilter(datetime.now(UTC), overdue=True, queues=week.queues)
    overdue = promises.counts(scope, late).overdue
    oldest = promises.page(scope, late, 1).rows if overdue else ()
    first = oldest[0] if oldest else None
    return Waiting(
        critical,
        total,
        overdue,
        first,
        attention.failed_jobs(scope, COUNTED),
        attention.in_line(scope),
        attention.count_calls(scope, replace(week, abusive=True)),
        (week.first_day, week.last_day),
    )


def needs_a_person(viewer: Viewer, waiting: Waiting, names: dict[str, str]) -> None:
    """The panel: newest first, each row opens the call itself; under them how far the machine is."""
    owed = read_owed(viewer)
    count = waiting.total + waiting.overdue + len(waiting.jobs) + waiting.abusive + owed.count
    note = ngettext("{count} open", "{count} open", count) if count else ""
    with panel("now", _("Needs a person now"), note, dense=True):
        if not count:
            show(Markup('<p class="sub">{}</p>').format(_("Nothing waits for a person this week.")))
        if waiting.oldest is not None:
            _overdue(waiting.overdue, waiting.oldest, last=not waiting.jobs and not waiting.critical)
        rows: tuple[Critical | Job, ...] = (*waiting.jobs[: MOST - 1], *waiting.critical)
        rows = rows[:MOST]
        for place, each in enumerate(rows):
            last = place == len(rows) - 1
            if isinstance(each, Critical):
                _critical(each, names, last=last)
            else:
                _job(each, last=last, open_ingest=may_open(viewer.role, "ingest"))
        owed_lines(owed)
        if waiting.abusive:
            _abusive(waiting)
        if any(waiting.line):
            body = Markup('<p class="sub line">{}</p>').format(line_words(*waiting.line))
            go("line", body, "calls", label=_("Open these calls"), params={"status": "waiting,running"})


def _abusive(waiting: Waiting) -> None:
    count = waiting.abusive
    text = ngettext(
        "{count} call with an abusive customer; ask how the agent is.",
        "{count} calls with an abusive customer; ask how the agents are.",
        count,
    )
    first, last = waiting.days
    params = {"abuse": "yes"} | {k: str(v) for k, v in (("from", first), ("to", last)) if v is not None}
    body = Markup('<p class="sub line">{}</p>').format(text)
    go("abuse", body, "calls", label=_("Open these calls"), params=params)


def line_words(waiting: int, running: int) -> str:
    """How many calls the machine still has before it."""
    parts = []
    if waiting:
        parts.append(ngettext("{count} call waits to be heard.", "{count} calls wait to be heard.", waiting))
    if running:
        parts.append(ngettext("{count} is being heard.", "{count} are being heard.", running))
    return " ".join(parts)


def _overdue(count: int, oldest: LedgerRow, *, last: bool) -> None:
    title = ngettext("{count} promise is overdue", "{count} promises are overdue", count)
    detail = " · ".join((oldest.agent or _("no agent"), quoted(_shortened(oldest.quote))))
    body = row(Row(title, detail, due_words(oldest, datetime.now(UTC)), urgent=True, late=True, last=last))
    go("overdue", body, "promises", label=_("Open the overdue promises"), params={"shown": "overdue"})


def _shortened(words: str) -> str:
    return words if len(words) <= QUOTE else words[:QUOTE].rsplit(" ", 1)[0] + "…"


def _critical(found: Critical, names: dict[str, str], *, last: bool) -> None:
    title = _(", ").join(names.get(key, key) for key in found.failed_by)
    words = _shortened(found.quote)
    said = (word("not met"), found.agent or _("no agent"), quoted(words) if words else "")
    detail = " · ".join(part for part in said if part)
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
