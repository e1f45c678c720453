"""A row of the table of roles."""

from dataclasses import dataclass

from dashboard.data.kinds import Role

ORDER = (Role.ADMINISTRATOR, Role.MANAGER, Role.SUPERVISOR, Role.AGENT)
REACHES = {"A": "all", "T": "own teams", "O": "own", "-": ""}
"""What each letter means."""


@dataclass(frozen=True, slots=True)
class Right:
    """``kind`` is ``page``, ``route`` or ``action``; ``reach`` four letters, one a role (``ORDER``)."""

    kind: str
    name: str
    reach: str

    @property
    def roles(self) -> frozenset[Role]:
        """Those who may at all."""
        return frozenset(role for role, letter in zip(ORDER, self.reach, strict=True) if letter != "-")

    def of(self, role: Role) -> str:
        """The letter of a role."""
        return self.reach[ORDER.index(role)]


def rows(kind: str, table: dict[str, str]) -> tuple[Right, ...]:
    """Rows of one kind, from reach to the names that have it.

    Raises:
        ValueError: a reach is no four letters, or a name stands twice.
    """
    found = [Right(kind, name, reach) for reach, names in table.items() for name in names.split()]
    if any(len(one.reach) != len(ORDER) or set(one.reach) - set(REACHES) for one in found):
        raise ValueError("a reach is four letters of A, T, O and -")
    if len({one.name for one in found}) < len(found):
        raise ValueError("a name stands twice")
    return tuple(found)
