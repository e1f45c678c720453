"""Databases that do not answer or take nothing: told from statements that are wrong, in one sentence."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, DBAPIError, InterfaceError, OperationalError

from qa.errors import StoreUnavailable

REMEDIES = {
    "locked": "another program holds it; try again",
    "full": "free some space",
    "readonly": "give this user the right to write it",
    "unable to open": "check its folder and the rights there",
    "not a database": "move that file away or restore a copy",
    "malformed": "restore a copy",
}
CAUSES = frozenset({"locked", "full", "readonly"})
"""Signs that people are told in words of their own."""


def unavailable(error: DBAPIError, label: str, *, writing: bool = False) -> StoreUnavailable:
    """The sentence for a database that does not answer; never holds a password or a row's values."""
    if _lacks_schema(error):
        return StoreUnavailable(
            f"The database {label} lacks the tables of this version; run `python -m qa init`."
        )
    said = _first_line(error)
    sign = next((sign for sign in REMEDIES if sign in said), "")
    remedy = REMEDIES.get(sign, "check that it runs, and QA_DATABASE_URL")
    found = StoreUnavailable(f"The database {label} does not answer ({said}): {remedy}.", permanent=False)
    found.why, found.writing = sign if sign in CAUSES else "", writing
    return found


@contextmanager
def outages_told(label: str) -> Iterator[None]:
    """For a part that has a connection of its own: its database errors become a sentence.

    Raises:
        StoreUnavailable: the database does not answer.
    """
    try:
        yield
    except DBAPIError as error:
        if is_outage(error):
            raise unavailable(error, label) from error
        raise without_values(error) from None


def is_outage(error: DBAPIError) -> bool:
    """True when the database, not the statement, is at fault."""
    # SQLite reports a damaged file as a plain DatabaseError.
    outage = isinstance(error, OperationalError | InterfaceError) or type(error) is DatabaseError
    return outage or _lacks_schema(error)


def _lacks_schema(error: DBAPIError) -> bool:
    missing = ("no such table", "no such column")
    undefined = ("UndefinedTable", "UndefinedColumn")
    return str(error.orig).startswith(missing) or type(error.orig).__name__ in undefined


def _first_line(error: DBAPIError) -> str:
    return (str(error.orig).strip().splitlines() or [type(error.orig).__name__])[0]


def without_values(error: DBAPIError) -> DBAPIError:
    """The error without the row that it is about."""
    # PostgreSQL adds the failing row to its errors, and rows hold names.
    said = type(error.orig)(_first_line(error)) if error.orig is not None else Exception(_first_line(error))
    return type(error)(error.statement, {}, said, hide_parameters=True)
