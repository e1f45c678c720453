"""How the desk stands: promises, comments, reviews, and how much of the data is in the figures."""

from markupsafe import Markup

from dashboard.data.weekly import Week
from dashboard.i18n import N_, _, interval, ngettext, number, percent
from dashboard.parts import Row, go, panel, row, show
from dashboard.weekly.asking import days, narrowing
from dashboard.weekly.naming import counted
from dashboard.words import left_out_reason
from qa.analytics.intervals import Estimate
from qa.weekly.records import DataQuality

LAYERS = {
    "random": N_("Random sample"),
    "risk": N_("Risk"),
    "targeted": N_("Targeted"),
    None: N_("Out of turn"),
}
SPOKEN = {"fa": N_("Persian"), "en": N_("English"), "": N_("Language not known")}


def draw_promises(week: Week) -> None:
    """Promises made, and what became of those due in the week."""
    told = week.promised
    place = {name: value for name, value in narrowing(week.ask).items() if name != "language"}
    due = place | {"due_from": str(week.ask.week), "due_to": str(week.ask.last)}
    lines: tuple[tuple[str, int, str, dict[str, str]], ...] = (
        (_("Made in calls of the week"), told.made, "", place | {"shown": "all"}),
        (_("Fell due in the week"), told.due, "", due | {"shown": "all"}),
        (_("Kept"), told.kept, "", due | {"shown": "kept"}),
        (_("Broken"), told.broken, "", due | {"shown": "broken"}),
        (_("Still open"), told.waiting, "", due | {"shown": "open"}),
        (_("Overdue at the end of the week"), told.overdue, _("of all weeks"), place | {"shown": "overdue"}),
        (_("Against policy"), told.forbidden, _("made in the week"), place | {"shown": "forbidden"}),
    )
    with panel("weekly_promises", _("Promises"), dense=True):
        for at, (title, count, detail, params) in enumerate(lines):
            urgent = count > 0 and params["shown"] == "overdue"
            _row(f"promise_{at}", Row(title, detail, number(count), urgent=urgent), "promises", params)


def draw_comments(week: Week) -> None:
    """Public comments of the week: replies and recovery."""
    with panel("weekly_comments", _("Public comments"), dense=True):
        found = week.comments
        if found is None:
            show(Markup('<p class="sub">{}</p>').format(_("Comments belong to no team and no queue.")))
            return
        here = {"from": str(week.ask.week), "to": str(week.ask.last)} | narrowing(week.ask)
        replied = _share(found.in_time, "replied_in_time")
        first = "–" if found.first_reply.value is None else number(found.first_reply.value)
        lines = [
            (_("First reply within the target"), replied[1], replied[0], {"shown": "all"}),
            (_("First reply, median (min)"), _range(found.first_reply), first, {"shown": "all"}),
            (
                _("Negative ones recovered"),
                _share(found.recovered, "recovered")[1],
                _share(found.recovered, "recovered")[0],
                {"shown": "all", "sentiment": "negative"},
            ),
            (_("Waiting for a first reply"), "", number(found.waiting), {"shown": "waiting"}),
            (_("Waiting past the target"), "", number(found.late), {"shown": "waiting"}),
        ]
        for place, (title, detail, value, more) in enumerate(lines):
            _row(f"comment_{place}", Row(title, detail, value), "comments", here | more)


def draw_coverage(week: Week) -> None:
    """Reviews of the week's calls, by why they were chosen."""
    with panel("weekly_coverage", _("Reviews of the week's calls"), dense=True):
        reviewed = week.reading("reviewed").figure.now
        value, detail = _share(reviewed, "reviewed")
        _row("coverage", Row(_("Reviewed by a person"), detail, value), "review", {})
        for place, one in enumerate(week.coverage):
            parts = [_("{count} assigned", count=number(one.assigned))]
            if one.overdue:
                parts.append(_("{count} overdue", count=number(one.overdue)))
            _row(
                f"layer_{place}",
                Row(_(LAYERS[one.layer]), " · ".join(parts), _("{count} done", count=number(one.done))),
                "review",
                {},
            )


def draw_data(week: Week) -> None:
    """What is in the figures and what is not."""
    data, here = week.data, days(week.ask)
    span = {"from": str(week.ask.week), "to": str(week.ask.last)}
    with panel("weekly_data", _("Data behind the figures"), dense=True):
        of = _("of {count} received", count=number(data.received))
        _row("data_counted", Row(_("Calls in the figures"), of, number(data.counted)), "calls", here)
        for why, count in data.left_out:
            _row(f"data_{why}", Row(_("Left out"), left_out_reason(why), number(count)), "calls", here)
        _calls(data, here)
        orphans = ngettext("{count} answer of the week", "{count} answers of the week", data.answered)
        lost = Row(_("Answers that belong to no call"), orphans, number(data.orphans))
        _row("data_orphans", lost, "surveys", span)
        if data.unread:
            _row("data_unread", Row(_("Comments not read yet"), "", number(data.unread)), "comments", span)


def _calls(data: DataQuality, here: dict[str, str]) -> None:
    """Calls not heard yet, languages that are not scored, calls that lack a name."""
    if data.received > data.done:
        params = here | {"status": "waiting,running,failed"}
        waits = Row(_("Not heard yet"), "", number(data.received - data.done))
        _row("data_open", waits, "calls", params)
    for code, count, scored in data.languages:
        if scored < count:
            name = _(SPOKEN[code]) if code in SPOKEN else code
            detail = _("{count} not scored", count=number(count - scored))
            params = here | ({"language": code} if code else {})
            _row(f"data_lang_{code}", Row(name, detail, number(count)), "calls", params)
    lacking = (
        (_("Calls without an agent"), _("in no agent's figures"), data.no_agent),
        (_("Calls without a queue"), _("in no queue's figures"), data.no_queue),
        (_("Calls of unknown customers"), _("nobody can tell whether they called again"), data.no_customer),
    )
    for place, (title, detail, count) in enumerate(lacking):
        if count:
            _row(f"data_lacking_{place}", Row(title, detail, number(count)), "calls", here)


def _row(key: str, content: Row, page: str, params: dict[str, str]) -> None:
    label = _("Open what is behind it: {name}", name=str(content.title))
    go(
        f"standing_{''.join(c if c.isalnum() else '_' for c in key)}",
        row(content),
        page,
        label=label,
        params=params,
    )


def _share(one: Estimate, key: str) -> tuple[str, str]:
    """Value, and interval with n."""
    if one.value is None:
        return "–", ""
    count = counted(key, one.n)
    if one.low is None or one.high is None:
        return percent(one.value), count
    return percent(one.value), f"{interval(100 * one.low, 100 * one.high, 0)} · {count}"


def _range(one: Estimate) -> str:
    count = counted("replied_in_time", one.n)
    if one.low is None or one.high is None:
        return count
    return f"{interval(one.low, one.high, 0)} · {count}"
