"""One call of a debrief: every criterion with what each person and the machine said, and the reference."""

from dataclasses import dataclass
from datetime import UTC, datetime

import streamlit as st

from dashboard import still
from dashboard.call.proofs import numbered
from dashboard.data import calibration
from dashboard.data.calibration import Place, RoundState
from dashboard.data.calls import CallDetail, load_call
from dashboard.data.debrief import Debrief, Heard
from dashboard.data.site import settings
from dashboard.i18n import _, clock, moment, ngettext, number
from dashboard.identity import Viewer
from dashboard.parts import Markup, chip, go, show, verdict_glyph
from dashboard.words import word
from qa.errors import InvalidSetting, NotFound
from qa.records import Verdict

WIDTHS = (8.0, 1.7)
"""The verdicts, and the reference beside them."""


@dataclass(frozen=True, slots=True)
class View:
    """What a row needs: the debrief, the call, the viewer, titles, the second of each criterion."""

    found: Debrief
    call: Heard
    viewer: Viewer
    titles: dict[str, str]
    seconds: dict[str, float]

    @property
    def may_set(self) -> bool:
        """True when the viewer sets references now."""
        planner = self.viewer.role in calibration.PLANNERS
        return planner and self.found.round.state is RoundState.DEBRIEF


def pick(found: Debrief) -> Heard:
    """Which call is looked at; those that people differ most about come first."""

    def apart(call: Heard) -> int:
        return sum(found.disputed(call.id, key) == 2 for key in found.keys)

    def name(call: Heard) -> str:
        differ = ngettext(
            "people differ on {count} criterion", "people differ on {count} criteria", apart(call)
        )
        when = moment(call.started_on, settings().zone, datetime.now(UTC))
        return " · ".join((call.agent or _("no agent"), when, differ))

    ordered = sorted(found.calls, key=lambda call: (-apart(call), call.id))
    by_id = {call.id: call for call in ordered}
    chosen = st.selectbox(
        _("Call"), list(by_id), format_func=lambda each: name(by_id[each]), key="round_call",
        label_visibility="collapsed",
    )  # fmt: skip
    return by_id[chosen]


def view(found: Debrief, call: Heard, viewer: Viewer, titles: dict[str, str]) -> View:
    """All that the rows of one call need."""
    detail = load_call(call.key, viewer.scope)
    seconds = {} if detail is None else _evidence(detail)
    for (_rater, heard), said in found.said.items():
        if heard == call.id:
            seconds |= {key: one.at for key, one in said.items() if one.at is not None}
    return View(found, call, viewer, titles, seconds)


def draw(shown: View) -> None:
    """The scores, then the criteria, disagreements first."""
    with st.container(gap="xxsmall"):
        first = (("cal-h", _heads(shown), _("Reference")), ("", _scores(shown), _agreed(shown)))
        for kind, line, end in first:
            place, last = st.columns(WIDTHS, vertical_alignment="center", gap="small")
            with place:
                show(line)
            with last:
                show(Markup('<div class="cal {}" style="--n:0"><b>{}</b></div>').format(kind, end))
        for key in sorted(shown.found.keys, key=lambda key: -shown.found.disputed(shown.call.id, key)):
            _row(shown, key)


def _row(shown: View, key: str) -> None:
    place, end = st.columns(WIDTHS, vertical_alignment="center", gap="small")
    params = {"call": shown.call.key}
    if key in shown.seconds:
        params["t"] = f"{shown.seconds[key]:.1f}"
    label = _("Hear {criterion} in the call", criterion=shown.titles.get(key, key))
    with place:
        go(f"said_{shown.call.id}_{key}", _line(shown, key), "call", label=label, params=params)
    with end:
        _reference(shown, key)


def _grid(kind: str, cells: list[str | Markup], more: str | Markup = "") -> Markup:
    body = Markup("").join(Markup('<span class="cal-c">{}</span>').format(cell) for cell in cells[1:])
    return Markup('<div class="cal {}" style="--n:{}"><b>{}</b>{}{}</div>').format(
        kind, len(cells) - 1, cells[0], body, more
    )


def _heads(shown: View) -> Markup:
    return _grid("cal-h", [_("Criterion"), *shown.found.people.values(), _("the machine")])


def _scores(shown: View) -> Markup:
    found, call = shown.found, shown.call.id
    cells: list[str | Markup] = [_score(found.scores.get((rater, call))) for rater in found.people]
    return _grid("", [_("Score"), *cells, _score(found.machine_scores.get(call))])


def _agreed(shown: View) -> str:
    score = shown.found.reference_scores.get(shown.call.id)
    return "–" if score is None else _points(score)


def _line(shown: View, key: str) -> Markup:
    found, call = shown.found, shown.call.id
    said = found.verdicts(call, key)
    cells: list[str | Markup] = [_verdict(said.get(rater)) for rater in found.people]
    cells.append(_verdict(found.machine.get(call, {}).get(key)))
    apart = found.disputed(call, key)
    names = {2: chip(_("people differ"), "now"), 1: chip(_("the machine differs"), "")}
    title = Markup("{} {}").format(shown.titles.get(key, key), names.get(apart, ""))
    return _grid("", [title, *cells], _notes(shown, key))


def _notes(shown: View, key: str) -> Markup:
    lines = []
    for rater, name in shown.found.people.items():
        one = shown.found.said.get((rater, shown.call.id), {}).get(key)
        if one is None:
            continue
        text = " · ".join(part for part in (one.reason, one.note) if part)
        at = "" if one.at is None else clock(one.at)
        if text or at:
            lines.append(Markup("<p><bdi>{}</bdi> {} <bdi>{}</bdi></p>").format(name, at, text))
    return Markup("").join(lines)


def _verdict(verdict: Verdict | None) -> str | Markup:
    return (
        "–"
        if verdict is None
        else Markup("{}{}").format(verdict_glyph(verdict, word(verdict)), word(verdict))
    )


def _score(score: float | None) -> str | Markup:
    return "–" if score is None else Markup("<b>{}</b>").format(_points(score))


def _points(score: float) -> str:
    return number(score, 1) if round(score, 1) else _("0")


def _reference(shown: View, key: str) -> None:
    kept = shown.found.references.get((shown.call.id, key))
    if not shown.may_set:
        show(Markup('<p class="sub">{}</p>').format(word(kept.verdict) if kept else _("no reference")))
        return
    where = f"reference_{shown.call.id}_{key}"
    st.session_state[where] = kept.verdict.value if kept else ""
    st.selectbox(
        _("Reference: {criterion}", criterion=shown.titles.get(key, key)),
        ["", *(verdict.value for verdict in Verdict)],
        format_func=lambda verdict: word(verdict) if verdict else _("no reference"),
        key=where,
        label_visibility="collapsed",
        help=_("set by {name}", name=kept.author) if kept else None,
        on_change=still.callback(_set),
        args=(shown, key, where),
    )


def _set(shown: View, key: str, where: str) -> None:
    chosen = st.session_state[where]
    who = (shown.viewer.role, shown.viewer.user_id)
    try:
        calibration.set_reference(
            who, Place(shown.found.round.id, shown.call.id, key), Verdict(chosen) if chosen else None
        )
    except (InvalidSetting, NotFound):
        st.toast(_("Nothing was changed. Reload the page and try again."))


def _evidence(detail: CallDetail) -> dict[str, float]:
    """The first second of the machine's evidence for each criterion."""
    if detail.automatic is None or detail.transcript is None:
        return {}
    proofs = numbered(detail.automatic.scoring, detail.transcript)
    starts = {moment.number: moment.start for moment in proofs.moments}
    return {
        key: start
        for key, numbers in proofs.of.items()
        if numbers and (start := starts[numbers[0]]) is not None
    }
