"""What pages need is loaded beside the first requests, so that the first reader does not wait for it."""

import gc
import importlib
import logging
import pkgutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import dashboard
from qa.logs import about

PAUSE = 1.0
"""Seconds after the start: whoever waits at the sign-in page comes first."""
LIBRARIES = ("pandas", "polars", "plotly.graph_objects", "scipy.stats")
APART = ("dashboard.load", "dashboard.i18n.__main__", "dashboard.assets")
"""Modules that are commands."""
SESSIONS = "streamlit.runtime.scriptrunner_utils.script_run_context"
"""Who warns at every kept table that is filled outside of somebody's session, as here."""

log = logging.getLogger(__name__)


def begin() -> None:
    """Load them in a thread of its own; a process that ends does not wait for it."""
    timer = threading.Timer(PAUSE, ready)
    timer.daemon = True
    timer.start()


def ready() -> None:
    """Warm, and settle."""
    with without_sessions():
        warm()
    settle()


@contextmanager
def without_sessions() -> Iterator[None]:
    """Let this thread fill what pages keep, in nobody's session, without a warning a table in the log of
    whoever starts the desk for the first time. What other threads say is heard.
    """
    here, logger = threading.get_ident(), logging.getLogger(SESSIONS)

    def of_others(record: logging.LogRecord) -> bool:
        return record.thread != here

    logger.addFilter(of_others)
    try:
        yield
    finally:
        logger.removeFilter(of_others)


def warm() -> None:
    """Load, and then work out what everybody's first look asks for at the same moment."""
    load()
    try:
        look()
    except Exception:
        log.exception("the first figures could not be worked out", extra=about("start.not_warmed"))


def settle() -> None:
    """Take what is loaded by now out of the garbage collector's sight: it stays as long as the process does,
    and each full collection went through all of it, two to three tenths of a second in the middle of a page.
    """
    gc.collect()
    gc.freeze()


def look() -> None:
    """The overview and the week as who sees everything has them, in the weeks of each language: the sums stay
    in the process, for others too, and a chart has been drawn.
    """
    from dashboard.data import contacts, weekly
    from dashboard.data.site import Scope
    from dashboard.i18n import LANGUAGES
    from dashboard.i18n.catalogue import SOURCE, catalogue
    from dashboard.overview.reading import read_week, usual_week

    _draw()
    scope = Scope.all()
    for language in LANGUAGES:
        if language != SOURCE:
            catalogue(language)
        first = usual_week(scope, language)
        if first is not None:
            read_week(scope, frozenset(), first, language)
            contacts.weeks(scope, first)
            weekly.week(scope, weekly.Ask(first, language))


def _draw() -> None:
    """Plotly puts half of itself off until the first figure."""
    import plotly.graph_objects as go

    figure = go.Figure()
    figure.add_scatter(x=[0], y=[0], mode="markers", marker={"size": 9, "line": {"width": 1}})
    figure.add_bar(x=[0], y=[0])
    figure.add_hline(0, line={"width": 1})
    figure.add_annotation(x=0, y=0, text="")
    figure.update_xaxes(range=[0, 1])
    figure.to_json()


def load() -> None:
    """Load libraries and the parts that pages share. A part that cannot be loaded is told by its page."""
    parts = (found.name for found in pkgutil.walk_packages(dashboard.__path__, "dashboard."))
    for name in (*LIBRARIES, *(part for part in parts if not part.startswith(APART))):
        try:
            importlib.import_module(name)
        except Exception:
            log.exception("a part could not be loaded", extra=about("start.part_missing"))
