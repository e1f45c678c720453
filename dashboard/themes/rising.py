"""Themes that rise, and those that no aspect names; each opens its comments."""

from collections.abc import Mapping

from dashboard.data.themes import Found, Rise
from dashboard.i18n import _, interval, ngettext, number, percent
from dashboard.parts import Markup, Row, chip, go, panel, row, show, stack
from dashboard.themes.words import aspect_name

MOST = 6
IDS = 60
"""Comments that a link to a found theme names; an address has room for no more."""


def rising_panel(found: tuple[Rise, ...], names: dict[str, str], params: Mapping[str, str]) -> None:
    """The week against the eight weeks before, the steepest first; where nothing rises it says so."""
    note = _("share of this week's comments against the 8 weeks before")
    with panel("rising", _("What rises"), note, dense=True):
        risen = [one for one in found if one.rising]
        shown = risen or list(found[:3])
        if not shown:
            show(Markup('<p class="sub">{}</p>').format(_("There are not enough weeks to compare yet.")))
        elif not risen:
            show(
                Markup('<p class="sub">{}</p>').format(
                    _("Nothing rises: every topic is within its interval.")
                )
            )
        for place, one in enumerate(shown[:MOST]):
            body = _rise(one, names, last=place == len(shown[:MOST]) - 1)
            mine = dict(params) | {"aspect": one.aspect, "shown": "all"}
            go(f"rise_{one.aspect}", body, "comments", label=_("Open these comments"), params=mine)


def _rise(one: Rise, names: dict[str, str], *, last: bool) -> Markup:
    (now, total), (before, past) = one.now, one.before
    detail = _(
        "{now} of {total} this week, {share} before (n {n})",
        now=number(now),
        total=number(total),
        share=percent(before / past),
        n=number(past),
    )
    change = one.change
    if change.value is None or change.low is None or change.high is None:
        end = ""
    else:
        end = _(
            "{change} points, {interval}",
            change=number(100 * change.value, 0, signed=True),
            interval=interval(100 * change.low, 100 * change.high, 0),
        )
    mark = chip(_("rising"), "accent") if one.rising else ""
    return row(Row(stack((aspect_name(one.aspect, names), " ", mark)), detail, end, last=last))


def found_panel(found: tuple[tuple[Found, tuple[int, ...]], ...]) -> None:
    """Themes among the comments without a known topic."""
    note = _("found by their words among comments without a known topic")
    with panel("found", _("What no topic names"), note, dense=True):
        if not found:
            text = _("Too few comments are without a topic to find themes in them.")
            show(Markup('<p class="sub">{}</p>').format(text))
        for place, (theme, ids) in enumerate(found):
            count = ngettext("{count} comment", "{count} comments", len(ids))
            words = Markup(_(", ")).join(Markup("<bdi>{}</bdi>").format(word) for word in theme.words)
            body = row(Row(words, "", count, last=place == len(found) - 1))
            params = {"ids": ",".join(map(str, ids[:IDS])), "shown": "all"}
            go(f"found_{place}", body, "comments", label=_("Open these comments"), params=params)
