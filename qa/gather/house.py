"""The site as a viewer sees it."""

from dataclasses import dataclass

from qa.settings import Settings
from qa.store.database import Database
from qa.store.scope import Scope


@dataclass(frozen=True, slots=True)
class House:
    """Rows, choices, and what of them this viewer may see."""

    database: Database
    settings: Settings
    scope: Scope
