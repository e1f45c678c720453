"""``/healthz``, ``/readyz`` and ``/metrics``, for machines that watch (docs/operations.md)."""

import hmac

from anyio import to_thread
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from dashboard.data import vitals
from dashboard.data.site import settings
from dashboard.measures import measures
from dashboard.server.site_metrics import SiteMetrics

PATHS = frozenset({"/healthz", "/readyz", "/metrics"})
"""Open without a session; the last one asks for its token."""
FRESH = {"Cache-Control": "no-store"}


async def live(_request: Request) -> Response:
    """The process answers; says nothing of anything else."""
    return PlainTextResponse("ok", headers=FRESH)


async def ready(_request: Request) -> Response:
    """Whether people can be served now: 200, or 503 with what is in the way, by name alone."""
    found = await to_thread.run_sync(vitals.checks)
    fine = all(found.values())
    shape = {"status": "ready" if fine else "not ready", "checks": dict(found)}
    return JSONResponse(shape, 200 if fine else 503, FRESH)


async def metrics(request: Request) -> Response:
    """Prometheus' text, for who brings the token; without a token set there is no such page."""
    token = settings().metrics_token
    if token is None:
        return PlainTextResponse("no such page", 404, FRESH)
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not hmac.compare_digest(given.strip().encode(), token.encode()):
        return PlainTextResponse("bring the token", 401, FRESH | {"WWW-Authenticate": "Bearer"})
    body = await to_thread.run_sync(_text)
    return Response(body, media_type=CONTENT_TYPE_PLAIN_0_0_4, headers=FRESH)


def _text() -> bytes:
    """What this process measured of itself, then what the site's database says, the same at every process."""
    site = CollectorRegistry()
    site.register(SiteMetrics())
    return generate_latest(measures().registry) + generate_latest(site)
