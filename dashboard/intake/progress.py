"""What is being done: one row a recording, with its stage in words."""

from datetime import UTC, datetime

from markupsafe import Markup

from dashboard.data.site import settings
from dashboard.data.work import Board, Job, JobState
from dashboard.i18n import _, moment, ngettext, number, percent
from dashboard.parts import code, go, panel, show
from dashboard.words import STAGES, word

ROW = Markup(
    '<div class="row {last}"><i class="bar {kind}"></i><span><b>{title}</b><span class="s">{detail}</span>'
    '</span><span class="t">{end}</span></div>'
)
METER = Markup(
    '<span class="meter" role="progressbar" aria-valuemin="0" aria-valuemax="100" aria-valuenow="{now}" '
    'aria-label="{label}"><i style="width:{now}%"></i></span>'
)


def draw_progress(now: Board) -> None:
    """Running and waiting recordings, then the ones that were done last, which open their calls."""
    with panel("work", _("The work"), _("follows by itself"), dense=True):
        if not now.unfinished and not now.finished:
            _line(_("Nothing is being done. Add recordings above, and their progress stands here."))
            return
        if not now.unfinished:
            _line(_("Nothing waits. All recordings have been worked on."))
        for job in now.unfinished:
            show(_running(job) if job.state is JobState.RUNNING else _queued(job))
        open_count = now.counts[JobState.RUNNING] + now.counts[JobState.QUEUED]
        if open_count > len(now.unfinished):
            _line(ngettext("{count} more waits.", "{count} more wait.", open_count - len(now.unfinished)))
        for place, job in enumerate(now.finished):
            body = _done(job, last=place == len(now.finished) - 1)
            go(f"done_{job.key}", body, "call", label=_("Open the call"), params={"call": job.key})


def _running(job: Job) -> Markup:
    stages = tuple(STAGES)
    if job.stage not in stages:
        return _row(job, "run", _("beginning"), "")
    place = stages.index(job.stage) + 1
    step = _(
        "Step {place} of {count}: {stage}",
        place=number(place),
        count=number(len(stages)),
        stage=word(job.stage),
    )
    share = min(1.0, max(0.0, job.share))
    meter = METER.format(now=f"{share * 100:.0f}", label=step)
    return _row(job, "run", step, Markup("{}{}").format(percent(share), meter))


def _queued(job: Job) -> Markup:
    if job.reason and job.attempts:
        tried = ngettext(
            "tried {count} time, tried again soon", "tried {count} times, tried again soon", job.attempts
        )
        return _row(job, "soft", tried, _when(job.queued_at))
    return _row(job, "soft", word(job.state), _when(job.queued_at))


def _done(job: Job, *, last: bool) -> Markup:
    detail = _("{state} · open the call", state=word(job.state))
    return _row(job, "done", detail, _when(job.finished_at or job.queued_at), last=last)


def _row(job: Job, kind: str, detail: str, end: str | Markup, *, last: bool = False) -> Markup:
    return ROW.format(
        last="last" if last else "", kind=kind, title=code(job.file_name), detail=detail, end=end
    )


def _when(value: datetime) -> str:
    return moment(value, settings().zone, datetime.now(UTC))


def _line(text: str) -> None:
    show(Markup('<p class="sub">{}</p>').format(text))
