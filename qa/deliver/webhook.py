"""A message as a signed JSON post to an address that the site chose."""

import hashlib
import hmac
import json
from datetime import datetime
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from qa.deliver.sending import Undeliverable
from qa.store.alert.outbox import Message

SECONDS = 15.0
PASSING = frozenset({408, 425, 429})
"""Answers of a server that may be different the next time, beside 5xx."""


class _Stay(HTTPRedirectHandler):
    """A redirect would carry the message to an address that nobody chose."""

    def redirect_request(self, *_arguments: Any) -> None:
        """Never follow."""


def send_webhook(message: Message, secret: bytes, now: datetime) -> None:
    """Post the message; 2xx means that it arrived.

    Raises:
        Undeliverable: it did not arrive.
    """
    body = json.dumps(dict(message.payload), ensure_ascii=False, sort_keys=True).encode()
    stamp = str(int(now.timestamp()))
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Shenava",
        "Idempotency-Key": message.key,
        "X-Shenava-Timestamp": stamp,
        "X-Shenava-Signature": f"sha256={signature(secret, stamp, body)}",
    }
    request = Request(message.recipient, body, headers, method="POST")  # noqa: S310 (http or https: check_webhook)
    try:
        with build_opener(_Stay).open(request, timeout=SECONDS):
            return
    except HTTPError as error:
        error.close()
        passing = error.code >= 500 or error.code in PASSING
        raise Undeliverable(f"webhook:{error.code}", final=not passing) from error
    except TimeoutError as error:
        raise Undeliverable("webhook:timeout") from error
    except URLError as error:
        slow = isinstance(error.reason, TimeoutError)
        raise Undeliverable("webhook:timeout" if slow else "webhook:no-answer") from error
    except (OSError, HTTPException) as error:
        raise Undeliverable("webhook:no-answer") from error


def signature(secret: bytes, stamp: str, body: bytes) -> str:
    """HMAC-SHA256 over the time stamp, a full stop and the body, in hex."""
    return hmac.new(secret, stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
