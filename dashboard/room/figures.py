"""Before and now in big numbers, whose share that is, and the weeks."""

from dashboard.charts import draw
from dashboard.charts.room import RoomCourse, room_chart
from dashboard.coaching.preparing import title_of
from dashboard.coaching.reading import Course
from dashboard.coaching.words import effect_sentence
from dashboard.data.coaching import Session
from dashboard.i18n import _, interval, ngettext, number, rtl
from dashboard.parts import Markup, panel, show
from qa.analytics.intervals import Estimate


def figures(session: Session, course: Course) -> None:
    """The panel beside the clip."""
    with panel("figures", title_of(session.criterion), stretch=False, dense=True):
        show(_numbers(course))
        show(Markup('<p class="sub room-said">{}</p>').format(_said(course)))
        begins = session.held_day
        alt = _("Course of the criterion by week, with the goal")
        draw(
            room_chart(RoomCourse(course.figure, session.goal_value, begins)), key="room", alt=alt, room=True
        )


def _numbers(course: Course) -> Markup:
    now = _big(_("now"), course.now, strong=True)
    if course.before is None or course.before.value is None:
        return Markup('<div class="big-pair">{}</div>').format(now)
    arrow = Markup('<span class="big-to" aria-hidden="true">{}</span>').format("←" if rtl() else "→")
    before = _big(_("before"), course.before, strong=False)
    return Markup('<div class="big-pair">{}{}{}</div>').format(before, arrow, now)


def _big(label: str, value: Estimate, *, strong: bool) -> Markup:
    if value.value is None:
        return Markup('<div><span class="sub">{}</span><p class="big-none">{}</p></div>').format(
            label, _("no calls yet")
        )
    return Markup('<div><span class="sub">{}</span><p class="big {}">{}<small>{}</small></p></div>').format(
        label, "on" if strong else "", number(100 * value.value), _("percent")
    )


def _said(course: Course) -> str:
    now = course.now
    if course.effect is not None:
        return effect_sentence(course.effect)
    if now.value is None:
        return _("No calls in the last eight weeks.")
    calls = ngettext("{count} call", "{count} calls", now.n)
    if now.low is None or now.high is None:
        return _("{calls} in the last eight weeks.", calls=calls)
    span = interval(max(0.0, 100 * now.low), min(100.0, 100 * now.high), 0)
    return _("{interval} % · {calls} in the last eight weeks", interval=span, calls=calls)
