"""What the file holds, where it comes from, and the file itself."""

from dataclasses import dataclass

import streamlit as st

from dashboard.data import imports
from dashboard.data.imports import ImportKind, Upload
from dashboard.i18n import _, language, number
from dashboard.imports.words import KINDS
from dashboard.intake import uploader

MEGABYTES = 200
DEFAULT = "default"
ROUND = "import_round"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A file with its kind and source; ``key`` is the same as long as all three are."""

    kind: ImportKind
    source: str
    upload: Upload | None

    @property
    def key(self) -> str:
        """What a try belongs to."""
        return f"{self.kind.value}/{self.source}/{self.upload.id if self.upload else ''}"


def choose() -> Chosen:
    """Draw kind, source and uploader."""
    left, right = st.columns(2, gap="small")
    with left:
        kind = st.selectbox(
            _("What the file holds"), list(KINDS), format_func=lambda one: _(KINDS[one]), key="import_kind"
        )
    sources, shipped = imports.known_sources(kind)
    titles = {one.name: one.titles[language()] for one in shipped}
    options = list(dict.fromkeys((*(sources or (DEFAULT,)), *titles)))
    with right:
        source = st.selectbox(
            _("Where it comes from"),
            options,
            format_func=lambda name: titles.get(name, name),
            accept_new_options=True,
            placeholder=_("choose or type a name"),
            help=_("How its columns are read is remembered under this name."),
            key=f"import_source_{kind.value}",
        )
    return Chosen(kind, str(source or DEFAULT).strip() or DEFAULT, _dropped())


def _dropped() -> Upload | None:
    texts = {
        "button": _("Choose a file"),
        "limits": _(
            "or drop it here: a table as CSV, XLSX or JSON lines, or a queue log. At most {size} MB.",
            size=number(MEGABYTES),
        ),
        "drop": _("Let go to add the file"),
        "refused": _(
            "Not sent: the kind is not known, or it is larger than {size} MB.", size=number(MEGABYTES)
        ),
    }
    st.html(uploader.STYLES)
    st.html(uploader.sheet(texts))
    file = st.file_uploader(
        _("The file to import"),
        type=None,
        key=f"import_file_{st.session_state.get(ROUND, 0)}",
        max_upload_size=MEGABYTES,
        label_visibility="collapsed",
    )
    return None if file is None else Upload(file.file_id, file.name, file)


def empty() -> None:
    """Empty the uploader, as a callback: the next run draws a new one."""
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
