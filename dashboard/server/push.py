"""``POST /qa/api/surveys``, ``/comments``, ``/calls``: rows of systems that push (docs/imports.md).

No session: each request brings the key of a source. Answers, faults too, are JSON.
"""

import json
import logging
from typing import Any

from anyio import to_thread
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dashboard.data import push
from dashboard.data.push import Brought, Outcome, PushedCall, PushKey
from dashboard.data.uploads import safe_name
from dashboard.server.rate import Rate
from dashboard.server.requests import address
from qa.errors import QAError, StoreUnavailable

KINDS = ("surveys", "comments", "calls")
PATHS = frozenset(f"/qa/api/{kind}" for kind in KINDS)
ROWS = 10_000
LARGEST, LARGEST_CALL = 10 << 20, 200 << 20
"""Bytes of a body of rows, and of one with a recording."""
JSON_TYPES = ("application/json", "application/x-ndjson", "application/jsonl")
REASONS = 100
requests, refusals = Rate(120), Rate(20)
"""A key's requests, and wrong keys of one address."""
log = logging.getLogger(__name__)


class Refused(Exception):
    """The request is answered with a fault."""

    def __init__(self, status: int, code: str, message: str, wait: int = 0) -> None:
        super().__init__(message)
        headers = {"Retry-After": str(wait)} if wait else {}
        if status == 401:
            headers["WWW-Authenticate"] = "Bearer"
        self.answer = JSONResponse({"error": {"code": code, "message": message}}, status, headers)


async def receive(request: Request) -> Response:
    """Rows in, counts and reasons out."""
    try:
        return await _answered(request)
    except Refused as refusal:
        return refusal.answer
    except StoreUnavailable as error:
        log.warning("%s", error.message)
        return Refused(503, "unavailable", "The desk cannot reach its data; try again.", 10).answer
    except QAError as error:
        return Refused(422, "rows", error.message).answer


async def _answered(request: Request) -> Response:
    what = request.path_params["what"]
    if request.method != "POST" or what not in KINDS:
        status = 405 if what in KINDS else 404
        raise Refused(status, "method", "Send rows with POST to surveys, comments or calls.")
    key = await to_thread.run_sync(_key, request)
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        rows = _rows(await _body(request), request)
        return await to_thread.run_sync(_stored, key, what, rows)
    if what != "calls":
        raise Refused(415, "type", f"Send {what} as application/json or application/x-ndjson.")
    return await _call(request, key)


def _key(request: Request) -> PushKey:
    """The key of the request; its use and wrong ones are counted."""
    client = address(request)
    waits = refusals.wait(client)
    if waits:
        raise Refused(429, "rate", "Too many wrong keys came from this address; wait.", waits)
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    key = push.find(secret.strip()) if scheme.lower() == "bearer" and secret else None
    if key is None:
        refusals.count(client)
        raise Refused(401, "key", "Send a key that is not revoked: Authorization: Bearer KEY.")
    waits = requests.wait(str(key.id))
    if waits:
        raise Refused(429, "rate", f"More than {requests.limit} requests came in a minute; wait.", waits)
    requests.count(str(key.id))
    return key


async def _body(request: Request) -> bytes:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() not in JSON_TYPES:
        raise Refused(415, "type", "Send application/json or application/x-ndjson.")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise Refused(
                413, "size", f"The body is larger than {LARGEST >> 20} MiB; send fewer rows at a time."
            )
    return bytes(body)


def _rows(body: bytes, request: Request) -> list[Any]:
    """The objects of a body: one, a list, or one a line."""
    try:
        text = body.decode("utf-8")
        if request.headers["content-type"].lower().startswith(JSON_TYPES[0]):
            whole = json.loads(text)
            rows = whole if isinstance(whole, list) else [whole]
        else:
            rows = [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError):
        raise Refused(400, "json", "The body is no JSON in UTF-8.") from None
    if not rows or not all(isinstance(row, dict) for row in rows):
        raise Refused(400, "json", "Send an object, a list of objects, or an object on each line.")
    if len(rows) > ROWS:
        raise Refused(413, "size", f"There are {len(rows)} rows; send at most {ROWS} at a time.")
    return rows


def _stored(key: PushKey, what: str, rows: list[Any]) -> Response:
    if what == "calls" and any("transcript" in row for row in rows):
        if len(rows) > 1:
            raise Refused(422, "rows", "Send calls with a transcript one at a time.")
        return _told_call(push.push_one(key, rows[0], None))
    return _told(push.push(key, what, rows))


async def _call(request: Request, key: PushKey) -> Response:
    """A call as a form: ``call`` (JSON) and ``recording`` (a file)."""
    length = request.headers.get("content-length", "")
    if not length.isdigit():
        raise Refused(411, "size", "Say the length of the body with Content-Length.")
    if int(length) > LARGEST_CALL:
        raise Refused(413, "size", f"The body is larger than {LARGEST_CALL >> 20} MiB.")
    async with request.form(max_files=1, max_fields=1, max_part_size=LARGEST) as form:
        told, sound = form.get("call"), form.get("recording")
        if not isinstance(told, str) or not isinstance(sound, UploadFile):
            raise Refused(400, "form", "Send the parts call (JSON) and recording (a file).")
        try:
            row = json.loads(told)
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict):
            raise Refused(400, "json", "The part call is no JSON object.")
        return await to_thread.run_sync(_with_sound, key, row, sound)


def _with_sound(key: PushKey, row: dict[str, Any], sound: UploadFile) -> Response:
    brought = Brought(safe_name(sound.filename or "recording"), sound.file)
    return _told_call(push.push_one(key, row, brought))


def _told(found: Outcome, **more: object) -> Response:
    """Counts and reasons; 422 when not one row could be used."""
    bad = found.rejected.rows
    shape = {
        "read": found.read,
        "imported": found.imported,
        "updated": found.updated,
        "already_here": found.already,
        "rejected": bad.height,
        "linked": found.linked,
        "refused": [
            {"row": row, "reason": why} for row, why in bad.select("row", "reason").head(REASONS).rows()
        ],
    }
    return JSONResponse(shape | more, 422 if found.read and bad.height == found.read else 200)


def _told_call(found: PushedCall) -> Response:
    refused = found.status in ("rejected", "failed")
    shown = {"call": found.call, "status": found.status, "reason": found.reason}
    answer = _told(found.record, **shown)
    answer.status_code = 422 if refused else answer.status_code
    return answer
