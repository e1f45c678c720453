"""What pages need is loaded beside the first requests, so that the first reader does not wait for it."""

import importlib
import logging
import pkgutil
import threading

import dashboard
from qa.logs import about

PAUSE = 1.0
"""Seconds after the start: whoever waits at the sign-in page comes first."""
LIBRARIES = ("pandas", "polars", "plotly.graph_objects", "scipy.stats")
APART = ("dashboard.load", "dashboard.i18n.__main__", "dashboard.assets")
"""Modules that are commands."""

log = logging.getLogger(__name__)


def begin() -> None:
    """Load them in a thread of its own; a process that ends does not wait for it."""
    timer = threading.Timer(PAUSE, load)
    timer.daemon = True
    timer.start()


def load() -> None:
    """Load libraries and the parts that pages share. A part that cannot be loaded is told by its page."""
    parts = (found.name for found in pkgutil.walk_packages(dashboard.__path__, "dashboard."))
    for name in (*LIBRARIES, *(part for part in parts if not part.startswith(APART))):
        try:
            importlib.import_module(name)
        except Exception:
            log.exception("a part could not be loaded", extra=about("start.part_missing"))
