"""A draft on past calls: scores now and then, bands, critical failures, the calls that move and why."""

import streamlit as st

from dashboard import still
from dashboard.charts import draw
from dashboard.charts.scores import Spread, spread_chart
from dashboard.data import trying
from dashboard.data.cards import Card, Draft, read_outline
from dashboard.data.scorecards import titles
from dashboard.data.trying import BIN, NONE, Backtest, Moved, Side, Tried
from dashboard.i18n import N_, _, interval, language, ngettext, number, percent
from dashboard.identity import Viewer
from dashboard.parts import Column, Figure, Markup, Row, code, go, panel, row, show, strip, table
from dashboard.scorecards.showing import said, when
from dashboard.words import critical_kind, word
from qa.errors import InvalidScorecard
from qa.records import CriticalKind

Titles = dict[str, str]
POLL = 0.7
SHOWN = 15
CALLS = (100, 500, 2000)
DAYS = {"": N_("whenever they were"), "7": N_("of 7 days"), "30": N_("of 30 days"), "90": N_("of 90 days")}


def draw_trying(viewer: Viewer, card: Card, draft: Draft) -> None:
    """The way to try the stored draft, and the last result."""
    with panel("trying", _("On past calls"), _("nothing of a call is changed"), stretch=False):
        if trying.share(card.id) is not None:
            _progress(card.id)
            return
        _draw_start(viewer, draft)
        named = _titles(card, draft)
        if trying.failed(card.id):
            st.error(_("The try broke off. The log says why; nothing is lost."))
        found = trying.last(card.id, draft, viewer.scope)
        if found:
            _draw_result(found, named)


def _titles(card: Card, draft: Draft) -> Titles:
    """Titles of the criteria on either side, by key."""
    found = titles(card.id, None, language())
    try:
        lines = read_outline(draft.content, card.id).criteria
    except InvalidScorecard:
        return found
    return found | {one.key: said(one.title) for one in lines}


def _draw_start(viewer: Viewer, draft: Draft) -> None:
    count, days, button = st.columns([1, 1, 1.2], vertical_alignment="bottom")
    calls = count.selectbox(_("Newest calls"), CALLS, index=1, format_func=number, key="cards_calls")
    period = days.selectbox(_("Days"), list(DAYS), format_func=lambda value: _(DAYS[value]), key="cards_days")
    if button.button(_("Try the saved draft"), key="cards_try", width="stretch", icon=":material/science:"):
        chosen = int(period) if period else None
        trying.start(viewer.role, viewer.display_name, draft, int(calls), chosen)
        st.rerun()


@still.fragment(run_every=POLL)
def _progress(card: str) -> None:
    share = trying.share(card)
    if share is None:
        st.rerun(scope="app")
    else:
        st.progress(share, text=_("{share} done", share=percent(share)))


def _draw_result(tried: Tried, named: Titles) -> None:
    found = tried.result
    note = _("{time}, {name}", time=when(tried.made_at), name=tried.made_by)
    if not tried.fresh:
        note = _("{made}; the draft was changed since", made=note)
    show(Markup('<p class="sub">{}</p>').format(note))
    if not found.calls:
        text = _("No past call can be judged with it: it needs calls with words in its language.")
        show(Markup('<p class="sub">{}</p>').format(text))
        return
    figures = [
        Figure(_("Calls"), number(found.calls)),
        _figure(_("Mean now"), found.now),
        _figure(_("Mean under the draft"), found.then),
        Figure(
            _("Change band"), number(found.moved_count), interval=percent(found.moved_count / found.calls)
        ),
    ]
    show(strip(figures))
    names = (_("now"), _("under the draft"))
    show(Markup('<p class="cards-key"><i></i>{} <i class="then"></i>{}</p>').format(*names))
    draw(
        spread_chart(Spread(found.now.bins, found.then.bins, BIN, names)),
        key="cards_spread",
        alt=_("Calls by score, now and under the draft"),
    )
    left, right = st.columns(2, gap="small")
    with left:
        show(_counts(found))
    with right:
        show(_verdicts(found, named))
    _draw_moved(found, named)


def _figure(label: str, side: Side) -> Figure:
    if side.mean is None:
        return Figure(label, "–")
    calls = _("n {count}", count=number(side.n))
    between = (
        f"{interval(side.low, side.high)} · {calls}"
        if side.low is not None and side.high is not None
        else calls
    )
    return Figure(label, number(side.mean, 1), interval=between)


def _counts(found: Backtest) -> Markup:
    columns = (Column(_("Calls")), Column(_("now"), True), Column(_("under the draft"), True))
    rows = [
        [
            _("no score") if band == NONE else word(band),
            number(found.now.bands[band]),
            number(found.then.bands[band]),
        ]
        for band in found.now.bands
    ]
    rows += [
        [
            critical_kind(CriticalKind(kind)),
            number(found.now.critical[kind]),
            number(found.then.critical[kind]),
        ]
        for kind in found.now.critical
    ]
    return table(columns, rows, _("Bands and critical failures"))


def _verdicts(found: Backtest, named: Titles) -> Markup:
    columns = (Column(_("Verdicts that differ")), Column(_("Calls"), True))
    rows = [[named.get(key, key), number(count)] for key, count in list(found.verdicts.items())[:8]]
    return table(columns, rows or [[_("none"), "–"]], _("Verdicts that differ"))


def _draw_moved(found: Backtest, named: Titles) -> None:
    if not found.moved:
        return
    count = ngettext("{count} call changes band", "{count} calls change band", found.moved_count)
    show(Markup('<h3 class="cards-s">{}</h3>').format(count))
    for place, one in enumerate(found.moved[:SHOWN]):
        end = _("{now} to {then}", now=_score(one.now), then=_score(one.then))
        bands = _("{now} to {then}", now=_band(one.band_now), then=_band(one.band_then))
        body = Row(
            Markup("{} {}").format(code(one.call), bands), _why(one, named), end, last=place == SHOWN - 1
        )
        go(
            f"moved_{one.call}",
            row(body),
            "call",
            label=_("Open call {call}", call=one.call),
            params={"call": one.call},
        )


def _score(value: float | None) -> str:
    return "–" if value is None else number(value, 1)


def _band(band: str) -> str:
    return _("no score") if band == NONE else word(band)


def _why(one: Moved, named: Titles) -> str:
    if not one.why:
        return _("weights or bands alone")
    parts = [
        Markup("{}: {}").format(
            named.get(key, key), _("{now} to {then}", now=_verdict(now), then=_verdict(then))
        )
        for key, now, then in one.why[:4]
    ]
    return _("; ").join(parts)


def _verdict(verdict: str) -> str:
    return word(verdict) if verdict else _("not asked")
