"""What an importer is: the fields it knows, and how typed cells become rows of its table."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo
from typing import TYPE_CHECKING, Literal

from qa.store.kinds import ImportKind

if TYPE_CHECKING:
    import polars as pl

Dates = Literal["dmy", "mdy", "jalali", "iso"]
"""How the dates of a file are written: day first, month first, Jalali, or year first."""

Sort = Literal["label", "words", "moment", "day", "clock", "epoch", "number", "seconds", "customer"]
"""What the cells of a field hold.

``label``: a short name, kept as it is. ``words``: free text, kept without personal data. ``moment``: date and
time, in UTC afterwards. ``day`` and ``clock``: the two halves of a moment in columns of their own. ``epoch``:
seconds since 1970. ``number``: digits of any script. ``seconds``: a number or ``h:mm:ss``. ``customer``: a
telephone number or id, kept as a keyed hash.
"""

PROBLEM = "problem"
ROW = "row"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name after ``--map column=``, what its cells hold, and headers that mean it."""

    name: str
    sort: Sort = "label"
    headers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person who imports says, or what was kept from the last time.

    ``mapping`` is from column to field; ``whole``: columns that are not in it are not used, whatever they are
    called. ``scale`` is the highest answer of satisfaction questions.
    """

    mapping: dict[str, str]
    dates: Dates | None = None
    scale: int | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class House:
    """What of the site an import needs: zone, key of customers, country that numbers are read in."""

    zone: tzinfo
    key: bytes
    region: str


@dataclass(frozen=True, slots=True)
class Importer:
    """One kind of file.

    Attributes:
        kind: its name on the command line and in the store.
        fields: every field it knows, in the order headers are matched.
        needs: of each group of fields at least one must have a column.
        shape: typed columns (one a field, null where the file has none; ``row``, ``problem``) to rows of the
            table; a row that cannot be used keeps the reason in ``problem``.
        identity: columns that make a row the same row when it comes a second time; the first of them is the
            file's own number, and where it is there the others do not count.
        when: the field that ``day`` and ``clock`` make together.
        headless: the header of files that telephone systems write without one.
        copies: fields that read the column of another field in their own way.
    """

    kind: ImportKind
    fields: tuple[Field, ...]
    needs: tuple[tuple[str, ...], ...]
    shape: "Callable[[pl.DataFrame, Choices], pl.DataFrame]"
    identity: tuple[str, ...]
    when: str = "time"
    headless: tuple[str, ...] = ()
    copies: tuple[tuple[str, str], ...] = ()
