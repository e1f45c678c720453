"""Recordings and moments of them: the one way to hear them, checked for session and call, with ranges for
seeking.
"""

import io

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from dashboard.address import number_of
from dashboard.data import recordings
from dashboard.data.site import Scope
from dashboard.server.ranges import in_part
from dashboard.server.requests import user_of
from qa.errors import StoreUnavailable

KEEP_OUT = {"Cache-Control": "private, no-store", "Content-Disposition": "inline"}
UNWRITTEN = "nobody hears what cannot be written into the audit log; try again"


async def audio(request: Request) -> Response:
    """The recording of a call. A call of somebody else's is answered like one that is not there."""
    user = user_of(request)
    if user is None:
        return PlainTextResponse("sign in first", 401)
    key, wanted = request.path_params["call_key"], request.headers.get("range", "")
    try:
        answer = await to_thread.run_sync(_heard, key, user.scope, wanted)
    except StoreUnavailable:
        return PlainTextResponse(UNWRITTEN, 503, headers=KEEP_OUT)
    return answer or PlainTextResponse("no such recording", 404, headers=KEEP_OUT)


def _heard(call_key: str, scope: Scope, wanted: str) -> Response | None:
    sound = recordings.sound_of(call_key, scope)
    if sound is None or (file := recordings.opened(sound)) is None:
        return None
    return in_part(file, wanted, sound.type, KEEP_OUT)


async def clip(request: Request) -> Response:
    """The sound of an exemplary moment. One that may not be heard is answered like one that is not there."""
    user = user_of(request)
    if user is None:
        return PlainTextResponse("sign in first", 401)
    number = number_of(request.path_params["moment"])
    sound = None
    if number is not None:
        try:
            sound = await to_thread.run_sync(recordings.clip_of, number, user.scope)
        except StoreUnavailable:
            return PlainTextResponse(UNWRITTEN, 503, headers=KEEP_OUT)
    if sound is None:
        return PlainTextResponse("no such moment", 404, headers=KEEP_OUT)
    return in_part(io.BytesIO(sound), request.headers.get("range", ""), recordings.COPY_TYPE, KEEP_OUT)
