"""Security headers on every answer."""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.server.requests import secure

POLICY: Mapping[str, tuple[str, ...]] = {
    "default-src": ("'self'",),
    "script-src": ("'self'", "blob:"),
    "style-src": ("'self'", "'unsafe-inline'"),
    "img-src": ("'self'", "data:", "blob:"),
    "font-src": ("'self'", "data:"),
    "media-src": ("'self'", "blob:"),
    "connect-src": ("'self'",),
    "worker-src": ("'self'", "blob:"),
    "object-src": ("'none'",),
    "base-uri": ("'self'",),
    "form-action": ("'self'",),
    "frame-ancestors": ("'none'",),
}
"""Streamlit writes its styles into the page and loads component scripts as blobs; nothing else is let in."""

FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

TRANSPORT = "max-age=31536000"
"""Of ``Strict-Transport-Security``: a year. Hosts below this one are not ours to speak for."""


def script_hash(body: str) -> str:
    """The source expression that lets exactly this inline script run."""
    return f"'sha256-{b64encode(sha256(body.encode()).digest()).decode()}'"


def policy(scripts: Iterable[str] = ()) -> str:
    """The Content-Security-Policy; ``scripts`` are the inline scripts of the page."""
    allowed = {**POLICY, "script-src": (*POLICY["script-src"], *map(script_hash, scripts))}
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in allowed.items())


class SecurityHeaders:
    """Adds the headers; a policy that the answer brings itself stays."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with the headers added to the answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in FIXED.items():
                    headers[name] = value
                if secure(HTTPConnection(scope)):
                    headers["Strict-Transport-Security"] = TRANSPORT
                headers.setdefault("Content-Security-Policy", policy())
            await send(message)

        await self.app(scope, receive, with_headers)
