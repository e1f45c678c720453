"""Choose, look, map, confirm, try, take in: from a file to rows, one step under the other."""

import streamlit as st

from dashboard.data import imports
from dashboard.data.imports import Choices, Outcome, Prepared, Seen, Upload
from dashboard.i18n import _, ngettext, number
from dashboard.identity import Viewer
from dashboard.imports import choosing, dates, mapping, results
from dashboard.imports.choosing import Chosen
from dashboard.intake.reasons import as_told
from dashboard.parts import Markup, panel, panel_title, show
from qa.errors import BadMetadata, InvalidSetting, WriteFailed

SEEN, TRIED, DONE = "import_seen", "import_tried", "import_done"
STOPS = (BadMetadata, InvalidSetting, WriteFailed)
SCALES = range(2, 11)


def draw_import(viewer: Viewer) -> None:
    """The panel."""
    with panel("import", _("Bring a table in"), _("it is tried first; nothing is stored before you say so")):
        chosen = choosing.choose()
        if chosen.upload is None:
            _draw_done()
            return
        st.session_state.pop(DONE, None)
        try:
            seen = _seen(viewer, chosen, chosen.upload)
            _steps(viewer, chosen, seen)
        except STOPS as error:
            _fault(_("The table cannot be used"), error.message)
        st.button(_("Another file"), key="import_clear", on_click=choosing.empty)


def _seen(viewer: Viewer, chosen: Chosen, upload: Upload) -> Seen:
    """The file as read, kept as long as it is the same."""
    before: tuple[str, Seen] | None = st.session_state.get(SEEN)
    if before is None or before[0] != chosen.key:
        before = (chosen.key, imports.look(viewer.scope, chosen.kind, chosen.source, upload))
        st.session_state[SEEN] = before
        st.session_state.pop(TRIED, None)
    return before[1]


def _steps(viewer: Viewer, chosen: Chosen, seen: Seen) -> None:
    mapping.draw_preview(seen)
    note = (
        _("as the last file of this source")
        if seen.kept
        else _("guessed from the headers; correct what is wrong")
    )
    panel_title(_("Which column is what"), note)
    picked = mapping.draw_mapping(chosen, seen)
    scale = _scale(chosen, seen, picked)
    panel_title(_("Dates"))
    confirmed = dates.confirm(chosen, seen, picked)
    choices = Choices(picked, confirmed.order, scale, whole=True)
    missing = mapping.missing(chosen, picked)
    if missing:
        show(Markup('<p class="sub" role="alert">{}</p>').format(missing))
    if st.button(_("Try it"), key="import_try", disabled=bool(missing) or not confirmed.sure):
        prepared = imports.ready(viewer.scope, seen, chosen.kind, chosen.source, choices)
        st.session_state[TRIED] = ((chosen.key, choices), prepared, imports.tried(prepared))
    tried: tuple[object, Prepared, Outcome] | None = st.session_state.get(TRIED)
    if tried is not None and tried[0] == (chosen.key, choices):
        _offer(viewer, seen, tried[1], tried[2])


def _scale(chosen: Chosen, seen: Seen, picked: dict[str, str]) -> int | None:
    """The top of the scale, asked where satisfaction has none of its own."""
    fields = picked.values()
    if "csat" not in fields or "scale" in fields or chosen.kind is not imports.ImportKind.SURVEYS:
        return None
    label = _("Satisfaction goes from 1 to")
    place = SCALES.index(seen.source.scale or 5)
    with st.columns(3, gap="small")[0]:
        return int(st.selectbox(label, SCALES, place, format_func=number, key=f"import_scale_{chosen.key}"))


def _offer(viewer: Viewer, seen: Seen, prepared: Prepared, found: Outcome) -> None:
    """What would become of the file, and the button that stores it."""
    panel_title(_("What would become of it"))
    results.draw_figures(found, done=False)
    results.draw_rejected(found, "tried")
    if not found.imported + found.already:
        return
    label = ngettext("Take in {count} row", "Take in {count} rows", found.imported + found.already)
    if st.button(label, type="primary", key="import_take"):
        place, rows = st.empty(), max(1, found.imported + found.already)

        def tell(done: int) -> None:
            text = _("{done} of {count} rows", done=number(done), count=number(rows))
            place.progress(min(1.0, done / rows), text=text)

        tell(0)
        person = viewer.display_name or viewer.name
        st.session_state[DONE] = imports.take(viewer.scope, prepared, seen.name, person, tell)
        for key in (SEEN, TRIED):
            st.session_state.pop(key, None)
        choosing.empty()
        st.rerun()


def _draw_done() -> None:
    found: Outcome | None = st.session_state.get(DONE)
    if found is None:
        return
    panel_title(_("The file was taken in"))
    results.draw_figures(found, done=True)
    results.draw_rejected(found, "done")


def _fault(title: str, sentence: str) -> None:
    body = Markup('<div class="fault" role="alert"><span class="kind">{}</span>{}</div>')
    show(body.format(title, as_told(sentence)))
