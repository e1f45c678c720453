"""Which pages are timed, with an address that shows something."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from dashboard.data import accounts, frames, listing
from dashboard.data.frames import CallFilter
from dashboard.data.kinds import Role
from dashboard.data.site import Scope
from dashboard.registry import present

TIMER = "page-timer"
NEEDS_MORE = frozenset({"round", "room"})
"""Pages about one calibration or coaching session; the generated centre has none."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A page as somebody opens it: its file, the parts of its address, the session of who asks."""

    file: str
    session: str
    address: dict[str, str] = field(default_factory=dict)


def asked(language: str, only: frozenset[str] = frozenset()) -> Iterator[Asked]:
    """Every page (or these) as an administrator, and an agent's own page as that agent."""
    newest = next(
        iter(listing.page(Scope.all(), CallFilter(), listing.PageOf(limit=1, count=False)).rows), None
    )
    about = {} if newest is None else _about(newest)
    lead = _session(TIMER, Role.ADMINISTRATOR, None)
    agent = _session(f"{TIMER}-agent", Role.AGENT, None if newest is None else newest.agent_id)
    for page in present():
        if page.file in NEEDS_MORE or (only and page.file not in only):
            continue
        own = {name: value for name, value in about.items() if name == page.file}
        yield Asked(page.file, lead if page.allows(Role.ADMINISTRATOR) else agent, {"lang": language, **own})


def _about(newest: listing.CallRow) -> dict[str, str]:
    """Parts of addresses, by the page that they are for."""
    last = frames.calls(Scope.all(), CallFilter(first_day=newest.local_day, last_day=newest.local_day))
    customers = last["customer_hash"].drop_nulls()
    about = {"call": newest.key, "agent": str(newest.agent_id or "")}
    return about | {"customer": customers[0]} if len(customers) else about


def _session(name: str, role: Role, agent_id: int | None) -> str:
    user = accounts.by_name(name)
    made = accounts.add(accounts.NewUser(name, role, agent_id=agent_id)) if user is None else user.id
    return accounts.open_session(made, "127.0.0.1")
