"""The sentiment model of a site: the shipped one, until its people's corrections were learnt from.

It reads comments and answers to surveys. Lines of calls keep the shipped one: no score changes by it.
"""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.errors import NotFound
from qa.sentiment import Model, Seed, installed, read_seeds
from qa.store.site import get_setting, set_setting
from qa.store.types import utc_now
from qa.store.voice.sentiments import corrected_texts, set_waiting

if TYPE_CHECKING:
    from qa.sentiment.retraining import Retrained
    from qa.settings import Settings
    from qa.store.database import Database

SETTING = "sentiment_models"
SHIPPED = 0
"""The version of the shipped model."""


@dataclass(frozen=True, slots=True)
class Version:
    """A model that was trained here, with its figures before and after, each a share."""

    version: int
    key: str
    at: str
    corrections: int
    before: dict[str, float]
    after: dict[str, float]


def model_in_use(database: "Database", settings: "Settings") -> Model:
    """The model that reads texts now; the shipped one where its file is gone."""
    from qa.sentiment.model import load

    used = _used(database)
    kept = load(_path(settings.data_dir, used)) if used != SHIPPED else None
    return installed() if kept is None or kept.vectors != installed().vectors else kept


def versions(database: "Database") -> tuple[int, tuple[Version, ...]]:
    """The version in use (0 for the shipped model), and every one that was trained here."""
    return _used(database), tuple(Version(**row) for row in _kept(database).get("versions", []))


def retrain(database: "Database", settings: "Settings") -> "Retrained":
    """Learn from every correction that is here; nothing is kept.

    Raises:
        NotFound: nobody has corrected anything yet.
    """
    from qa.embed import embedder
    from qa.sentiment.retraining import retrained

    with database.read() as tx:
        corrected = corrected_texts(tx)
    if not corrected:
        raise NotFound("Nobody has corrected a sentiment yet; correct some in the comments desk first.")
    said = [Seed(one.text, one.label.value, one.language or "fa", "comment") for one in corrected]
    return retrained(read_seeds(), said, model_in_use(database, settings), embedder())


def publish(database: "Database", settings: "Settings", made: "Retrained") -> Version:
    """Keep a model as the next version and use it; texts are read again with it."""
    from qa.sentiment.model import save

    kept = _kept(database)
    rows = kept.get("versions", [])
    number = 1 + max((row["version"] for row in rows), default=SHIPPED)
    figures = {"before": asdict(made.before), "after": asdict(made.after)}
    version = Version(number, made.model.key, utc_now().isoformat(), made.corrections, **figures)
    save(made.model, _path(settings.data_dir, number))
    _keep(database, {"used": number, "versions": [*rows, asdict(version)]})
    return version


def use(database: "Database", version: int) -> None:
    """Go to another version, 0 for the shipped model; texts are read again with it.

    Raises:
        NotFound: there is no such version.
    """
    kept = _kept(database)
    rows = kept.get("versions", [])
    if version != SHIPPED and version not in {row["version"] for row in rows}:
        known = ", ".join(str(number) for number in (SHIPPED, *(row["version"] for row in rows)))
        raise NotFound(f"There is no sentiment model {version}; there are {known}.")
    _keep(database, {"used": version, "versions": rows})


def _path(folder: Path, version: int) -> Path:
    return folder / "models" / "sentiment" / f"{version}.npz"


def _used(database: "Database") -> int:
    return int(_kept(database).get("used", SHIPPED))


def _kept(database: "Database") -> dict[str, Any]:
    with database.read() as tx:
        return dict(get_setting(tx, SETTING, {}))


def _keep(database: "Database", value: dict[str, Any]) -> None:
    with database.write() as tx:
        set_setting(tx, SETTING, value)
        set_waiting(tx, waiting=True)
