"""What every way to sign in with a password ends with: one check at a time, a session, the page asked for."""

from concurrent.futures import ThreadPoolExecutor
from functools import cache

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboard.data.kinds import Role
from dashboard.identity import LANGUAGE_COOKIE
from dashboard.server.requests import keep, next_path, pick_language, start_session

START = {Role.AGENT: "/mine"}
"""Where a role begins that has a page of its own; the others begin on the overview."""


@cache
def one_at_a_time() -> ThreadPoolExecutor:
    """Count, check and record must not overlap with another try; and each check takes 64 MiB."""
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="sign-in")


def entered(request: Request, sid: str, start: str) -> Response:
    """To the page that was asked for, else to ``start``, with the new session."""
    wanted = next_path(request.query_params.get("next"))
    response = RedirectResponse(start if wanted == "/" else wanted, 303)
    start_session(response, sid, request)
    keep(response, LANGUAGE_COOKIE, pick_language(request), request)
    return response
