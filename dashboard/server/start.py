"""What happens when the server starts: the database is brought up to date, the terminal says where to go."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.util import find_spec

from anyio import to_thread
from streamlit import config

from dashboard.data import accounts, upkeep
from dashboard.server import token, warming
from dashboard.settings import desk
from qa import logs
from qa.errors import InvalidSetting


def base_url() -> str:
    """The address of this desk as seen from this machine."""
    scheme = "https" if config.get_option("server.sslCertFile") else "http"
    path = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return f"{scheme}://localhost:{config.get_option('server.port')}{'/' + path if path else ''}"


def prepare() -> str:
    """Bring the database up to date; gives the sentence for the terminal."""
    if desk().single_sign_on and not find_spec("authlib"):
        raise InvalidSetting(
            "QA_SINGLE_SIGN_ON needs the package Authlib; run `pip install -r requirements.txt`."
        )
    upkeep.bring_up_to_date()
    if accounts.any_users():
        token.remove()
        return f"Sign in: {base_url()}/qa/login"
    return f"Make the first administrator: {base_url()}/qa/first-run?token={token.read_or_make()}"


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Prepare before the first request; a site that cannot be prepared does not start."""
    logs.set_up()
    logs.adopt()
    sentence = await to_thread.run_sync(prepare)
    sys.stdout.write(f"\n  {sentence}\n\n")
    sys.stdout.flush()
    warming.begin()
    yield
