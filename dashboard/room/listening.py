"""The left side of the room: the clip that plays, what to try aloud, a moment that worked."""

import streamlit as st

from dashboard import plain
from dashboard.data import clips
from dashboard.data.clips import Exemplar, Heard
from dashboard.data.coaching import Session
from dashboard.i18n import _, clock, language, number
from dashboard.identity import Viewer
from dashboard.parts import Markup, panel, show
from dashboard.player.clip import Clip, clip_player
from dashboard.room.hearing import exemplar_clip, moment_clip
from dashboard.words import word


def clips_of(viewer: Viewer, session: Session) -> tuple[Heard, ...]:
    """The moments that are heard together: none of a group's, where each hears own moments alone."""
    return () if len(session.members) > 1 else clips.heard(viewer.scope, session.id)


def listening(session: Session, found: tuple[Heard, ...], place: int, best: Exemplar | None) -> None:
    """The panel."""
    with panel("clip", stretch=False):
        if found:
            _clip(session, found, place)
        elif best is not None:
            _heading(_("A moment that worked"), best.title)
            clip_player(exemplar_clip(best), f"room_best_{best.id}")
        else:
            text = _("There is no moment to hear yet: no call with words has a verdict on this criterion.")
            show(Markup('<p class="sub">{}</p>').format(text))
        _try(session)
        if found and best is not None:
            _best(best)


def _clip(session: Session, found: tuple[Heard, ...], place: int) -> None:
    one = found[place]
    agent = session.members[0].agent.split()[0] if session.members else ""
    clip = moment_clip(one, agent)
    note = _("clip {place} of {count} · {verdict}", place=number(place + 1), count=number(len(found)),
             verdict=word(one.moment.verdict.value))  # fmt: skip
    _heading(_listen(clip), note)
    clip_player(clip, f"room_clip_{one.moment.id}")


def _listen(clip: Clip) -> str:
    if clip.start is None or clip.end is None:
        return _("Read together")
    place = _("{low} to {high}", low=clock(clip.start), high=clock(clip.end))
    return _("Listen: {place}", place=place) if clip.audio else _("Read: {place}", place=place)


def _heading(title: str, note: str) -> None:
    show(Markup('<h2 class="panel-t">{} <small>{}</small></h2>').format(title, note))


def _try(session: Session) -> None:
    """A part a line; what stands before a colon is its name."""
    parts = [line.strip() for line in session.try_aloud.splitlines() if line.strip()]
    if not parts:
        return
    cells = Markup("").join(
        Markup('<div><span class="sub">{}</span><b dir="auto">{}</b></div>').format(
            *(line.split(":", 1) if ":" in line else ("", line))
        )
        for line in parts[:4]
    )
    show(
        Markup('<div class="try"><h3>{}</h3><div class="try-g">{}</div></div>').format(
            _("Try it aloud"), cells
        )
    )


def _best(best: Exemplar) -> None:
    shared = _("shared by {name}", name=best.agent.split()[0]) if best.named and best.agent else ""
    title = _("A moment that worked: {title}", title=best.title)
    with st.expander(plain.label(f"{title} · {shared}" if shared else title)):
        clip_player(exemplar_clip(best), f"room_best_{best.id}")


def best_for(viewer: Viewer, session: Session, found: tuple[Heard, ...]) -> Exemplar | None:
    """The best practice beside the clip, in the language that is spoken."""
    spoken = found[0].transcript.language if found else language()
    return clips.best(viewer.scope, session.criterion, spoken)
