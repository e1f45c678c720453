"""A site of its own for a test, its users, and a browser in front of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dashboard import passwords, settings
from dashboard.data import accounts, site
from dashboard.data.kinds import Role
from qa.store.audit.verifying import verify

PASSWORD = "kettle on the moon"
HOST = "http://testserver"


@contextmanager
def site_at(folder: Path) -> Iterator[None]:
    """The data of a folder are the site's, for all code of this process, inside the block."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QA_DATA_DIR", str(folder))
        patch.delenv("QA_DATABASE_URL", raising=False)
        site.forget()
        settings.desk.cache_clear()
        yield
    site.forget()
    settings.desk.cache_clear()


def session_at(folder: Path, role: Role, display_name: str) -> str:
    """A session of a new user ``boss`` of the site in a folder."""
    with site_at(folder):
        user = accounts.add(accounts.NewUser("boss", role, display_name=display_name))
        return accounts.open_session(user, "127.0.0.1")


def session_of(name: str) -> str:
    """A new session of a user of the site."""
    user = accounts.by_name(name)
    assert user is not None
    return accounts.open_session(user.id, "127.0.0.1")


def log_is_sealed() -> bool:
    """True when every entry of the audit log, and there are some, is under a seal."""
    settings = site.settings()
    found = verify(site.database(), settings.keys_dir, settings.data_dir)
    return found.whole and found.sealed == found.entries > 0


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
