"""The file behind a call, for those who may hear it."""

from pathlib import Path

from dashboard.data.site import Scope, database, settings
from qa.errors import NotFound
from qa.store.detail import load_head
from qa.store.recordings import Recordings


def path_for(call_key: str, scope: Scope) -> Path | None:
    """The recording of a call; ``None`` when there is none that this viewer may hear."""
    try:
        with database().read() as tx:
            media = load_head(tx, call_key, scope).media
        return Recordings(settings().recordings_dir).path(media) if media else None
    except NotFound:
        return None
