"""A site of its own for a test, its users, and a browser in front of it."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from starlette.testclient import TestClient

from dashboard import passwords
from dashboard.data import accounts
from dashboard.data.kinds import Role

PASSWORD = "kettle on the moon"
HOST = "http://testserver"


@cache
def _hash() -> str:
    return passwords.hashed(PASSWORD)


@dataclass
class Site:
    """One site and its users."""

    folder: Path
    users: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, role: Role = Role.ADMINISTRATOR, **more: object) -> int:
        new = accounts.NewUser(name=name, role=role, password_hash=_hash(), **more)  # type: ignore[arg-type]
        self.users[name] = accounts.add(new)
        return self.users[name]

    def session(self, name: str) -> str:
        return accounts.open_session(self.users[name], "127.0.0.1")


def new_client() -> TestClient:
    """A browser without cookies in front of the whole application."""
    from streamlit_app import app

    return TestClient(app, base_url=HOST, follow_redirects=False, headers={"Origin": HOST})
