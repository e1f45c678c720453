"""What a person does about a comment: reply, remedy, hand over, close, mark. Each is a step of the ledger."""

import streamlit as st

from dashboard.comments.copying import copy_button
from dashboard.comments.templating import KINDS, manage_templates
from dashboard.comments.words import FEELINGS, channel, service
from dashboard.data import comments
from dashboard.data.comments import CommentRow, CommentStep, NewEvent, Template
from dashboard.i18n import _
from dashboard.identity import Viewer
from dashboard.parts import Markup, show
from qa.errors import InvalidSetting, NotFound

LONGEST, RECORDED = 2000, "replies_recorded_"
ENDS = (
    (CommentStep.RESOLVED, "resolved"),
    (CommentStep.THANKED, "thanked"),
    (CommentStep.UNRESOLVED, "unresolved"),
)


def draft_language(row: CommentRow) -> str:
    """The language of the reply: that of the comment; Persian in Latin letters is answered in Persian."""
    return "en" if row.language == "en" else "fa"


def reply_box(row: CommentRow, viewer: Viewer) -> None:
    """Template, text, and the three ways on."""
    language = draft_language(row)
    found = {one.key: one for one in comments.templates(language)}
    again = st.session_state.get(f"{RECORDED}{row.id}", 0)  # what was recorded does not stand there again
    field, chosen = (f"{name}_{row.id}" + (f"_{again}" if again else "") for name in ("reply", "template"))
    values = {
        "name": viewer.display_name,
        "service": service(row.service or ""),
        "channel": channel(row.channel),
    }

    def fill() -> None:
        picked = found.get(st.session_state[chosen])
        st.session_state[field] = picked.filled(values) if picked else ""

    pick, manage = st.columns([3, 1], vertical_alignment="bottom", gap="small")
    with pick:
        st.selectbox(
            _("Draft from a template"),
            ["", *found],
            format_func=lambda key: _template_name(found.get(key)),
            key=chosen,
            on_change=fill,
        )
    with manage:
        manage_templates(viewer, language)
    with st.container(key=f"box_{field}"):
        st.text_area(_("Reply"), key=field, max_chars=LONGEST, height=110)
    used = found.get(st.session_state.get(chosen, ""))
    show(Markup('<p class="sub">{}</p>').format(_note(used, str(st.session_state.get(field, "")), values)))
    _ways(row, viewer, (field, used.key if used else None))


def _template_name(template: Template | None) -> str:
    if template is None:
        return _("no template")
    return _("{kind}: {name}", kind=_(KINDS[template.kind]), name=template.name)


def _note(used: Template | None, text: str, values: dict[str, str]) -> str:
    plain = _(
        "Nothing is posted from here: copy the reply into its channel, then record it. The ledger keeps it."
    )
    if used is None or not text:
        return plain
    same = text.strip() == used.filled(values).strip()
    begun = (
        _("From the template “{name}”.", name=used.name)
        if same
        else _("From the template “{name}”, edited.", name=used.name)
    )
    return f"{begun} {plain}"


def _ways(row: CommentRow, viewer: Viewer, draft: tuple[str, str | None]) -> None:
    field, template = draft
    text = str(st.session_state.get(field, ""))

    def event(step: CommentStep, words: str = "") -> NewEvent:
        return NewEvent(step, viewer.user_id, words, template=template if words == text else None)

    with st.container(horizontal=True, gap="small"):
        record = st.button(_("Record reply"), key=f"send_{row.id}", type="primary")
        copy_button(f"box_{field}", f"copy_{row.id}")
        offer = st.popover(_("Offer remedy"))
        hand = st.popover(_("Hand over"))
    if record:
        _store(viewer, row, event(CommentStep.REPLIED, text), told=_("Reply recorded"))
    with offer:
        what = st.text_input(_("What is offered"), key=f"remedy_{row.id}", max_chars=300)
        if st.button(_("Record the offer"), key=f"offer_{row.id}", width="stretch"):
            replied = (event(CommentStep.REPLIED, text),) if text.strip() and not row.replied else ()
            _store(viewer, row, *replied, event(CommentStep.OFFERED, what), told=_("Offer recorded"))
    with hand:
        _hand_over(row, viewer)


def _hand_over(row: CommentRow, viewer: Viewer) -> None:
    people = {number: name for number, name in comments.colleagues().items() if number != viewer.user_id}
    if not people:
        show(Markup('<p class="sub">{}</p>').format(_("There is nobody else who leads here yet.")))
        return
    to = st.selectbox(_("To"), list(people), format_func=lambda number: people[number], key=f"to_{row.id}")
    why = st.text_input(_("Note"), key=f"why_{row.id}", max_chars=300)
    if st.button(_("Hand over"), key=f"hand_{row.id}", width="stretch"):
        _store(viewer, row, NewEvent(CommentStep.HANDED, viewer.user_id, why, to), told=_("Handed over"))


def ends(row: CommentRow, viewer: Viewer) -> None:
    """How it ended, and what is rarely needed."""
    labels = {
        CommentStep.RESOLVED: _("Resolved"),
        CommentStep.THANKED: _("Customer thanked us"),
        CommentStep.UNRESOLVED: _("Left unresolved"),
    }
    with st.container(horizontal=True, gap="small"):
        pressed = [step for step, name in ENDS if st.button(labels[step], key=f"{name}_{row.id}")]
        more = st.popover(_("More steps"))
    for step in pressed:
        _store(viewer, row, NewEvent(step, viewer.user_id), told=labels[step])
    with more:
        _sentiment(row, viewer)
        _note_or_hide(row, viewer)


def _sentiment(row: CommentRow, viewer: Viewer) -> None:
    others = [label for label in FEELINGS if label != row.label]
    right = st.selectbox(
        _("The right sentiment"), others, format_func=lambda label: _(FEELINGS[label]), key=f"label_{row.id}"
    )
    if st.button(
        _("Correct the sentiment"), key=f"correct_{row.id}", width="stretch", disabled=row.label is None
    ):
        event = NewEvent(CommentStep.CORRECTED, viewer.user_id, right or "")
        _store(viewer, row, event, told=_("Sentiment corrected"))
    show(
        Markup('<p class="sub">{}</p>').format(
            _("The model learns from corrections when it is trained again.")
        )
    )


def _note_or_hide(row: CommentRow, viewer: Viewer) -> None:
    words = st.text_input(_("Note or reason"), key=f"note_{row.id}", max_chars=300)
    if st.button(_("Add a note"), key=f"add_note_{row.id}", width="stretch"):
        _store(viewer, row, NewEvent(CommentStep.NOTED, viewer.user_id, words), told=_("Note added"))
    if row.hidden:
        if st.button(_("Show again"), key=f"show_{row.id}", width="stretch"):
            _store(viewer, row, NewEvent(CommentStep.SHOWN, viewer.user_id, words), told=_("Shown again"))
        return
    if st.button(_("Hide from the list"), key=f"hide_{row.id}", width="stretch"):
        _store(viewer, row, NewEvent(CommentStep.HIDDEN, viewer.user_id, words), told=_("Hidden"))
    show(Markup('<p class="sub">{}</p>').format(_("Hiding is a mark in the ledger; nothing is deleted.")))


def _store(viewer: Viewer, row: CommentRow, *events: NewEvent, told: str) -> None:
    try:
        comments.add(viewer.scope, row.id, *events)
    except InvalidSetting:
        st.error(_("Write the words first; a step without words says nothing."))
    except NotFound:
        st.error(_("Nothing was changed. Reload the page and try again."))
    else:
        if any(event.step is CommentStep.REPLIED for event in events):
            key = f"{RECORDED}{row.id}"
            st.session_state[key] = st.session_state.get(key, 0) + 1
        st.toast(told)
        st.query_params["comment"] = str(row.id)  # it stays open, even where the list shows it no longer
        st.rerun()
