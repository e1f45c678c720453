"""The names of aspects in the viewer's language."""

from dashboard.data import themes
from dashboard.i18n import _, language
from qa.analytics.themes import NONE


def aspect_names() -> dict[str, str]:
    """Every aspect of the site by key."""
    return {one.key: one.name(language()) for one in themes.dictionary().aspects}


def aspect_name(key: str, names: dict[str, str]) -> str:
    """An aspect in words; comments without one have a name too."""
    return _("No known topic") if key == NONE else names.get(key, key)
