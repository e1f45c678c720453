"""What stands in front of the pages: the gate, sign-in, recordings, the language of the page shell."""

from starlette.middleware import Middleware
from starlette.routing import Route

from dashboard.server import (
    choices,
    code,
    export,
    first_run,
    health,
    media,
    organisation,
    password,
    push,
    second_factor,
    signin,
)
from dashboard.server.access import AccessLog
from dashboard.server.gate import Gate
from dashboard.server.headers import SecurityHeaders
from dashboard.server.shell import LocaleShell
from dashboard.server.start import lifespan

__all__ = ["lifespan", "middleware", "routes"]


def routes() -> list[Route]:
    """Everything under ``/qa/``."""
    return [
        Route("/healthz", health.live, methods=["GET"]),
        Route("/readyz", health.ready, methods=["GET"]),
        Route("/metrics", health.metrics, methods=["GET"]),
        Route("/qa/login", signin.login, methods=["GET", "POST"]),
        Route("/qa/logout", signin.logout, methods=["POST"]),
        Route("/qa/logout-everywhere", signin.logout_everywhere, methods=["POST"]),
        Route("/qa/code", code.code, methods=["GET", "POST"]),
        Route("/qa/second-factor", second_factor.own, methods=["GET", "POST"]),
        Route("/qa/password", password.change, methods=["GET", "POST"]),
        Route("/qa/first-run", first_run.first_run, methods=["GET", "POST"]),
        Route("/qa/language", choices.language, methods=["GET"]),
        Route("/qa/theme", choices.theme, methods=["GET"]),
        Route("/qa/organisation", organisation.begin, methods=["GET"]),
        Route("/qa/organisation/return", organisation.finish, methods=["GET"]),
        Route("/qa/audio/{call_key}", media.audio, methods=["GET"]),
        Route("/qa/clip/{moment}", media.clip, methods=["GET"]),
        Route("/qa/export/calls.{kind}", export.calls, methods=["GET"]),
        Route("/qa/export/audit.csv", export.audit_log, methods=["GET"]),
        Route("/qa/api/{what}", push.receive, methods=["GET", "POST", "PUT", "PATCH", "DELETE"]),
    ]


def middleware() -> list[Middleware]:
    """Outermost first: the log of requests, headers on every answer, then the gate, then the page shell."""
    return [Middleware(AccessLog), Middleware(SecurityHeaders), Middleware(Gate), Middleware(LocaleShell)]
