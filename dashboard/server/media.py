"""Recordings and moments of them: the one way to hear them, checked for session and call, with ranges for
seeking.
"""

import re

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from dashboard.address import number_of
from dashboard.data import recordings
from dashboard.server.requests import user_of
from qa.errors import StoreUnavailable

KEEP_OUT = {"Cache-Control": "private, no-store", "Content-Disposition": "inline"}
UNWRITTEN = "nobody hears what cannot be written into the audit log; try again"
RANGE = re.compile(r"bytes=(\d{1,9})-(\d{1,9})?")


async def audio(request: Request) -> Response:
    """The recording of a call. A call of somebody else's is answered like one that is not there."""
    user = user_of(request)
    if user is None:
        return PlainTextResponse("sign in first", 401)
    try:
        sound = await to_thread.run_sync(recordings.sound_of, request.path_params["call_key"], user.scope)
    except StoreUnavailable:
        return PlainTextResponse(UNWRITTEN, 503, headers=KEEP_OUT)
    if sound is None:
        return PlainTextResponse("no such recording", 404, headers=KEEP_OUT)
    return FileResponse(sound.path, media_type=sound.type, headers=KEEP_OUT)


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
    return _part(sound, request.headers.get("range", ""))


def _part(sound: bytes, wanted: str) -> Response:
    """The bytes that a browser asks for to seek; all of them for what is no plain range."""
    headers = {**KEEP_OUT, "Accept-Ranges": "bytes"}
    found = RANGE.fullmatch(wanted)
    if found is None:
        return Response(sound, media_type=recordings.COPY_TYPE, headers=headers)
    first = int(found[1])
    last = min(int(found[2]) if found[2] else len(sound) - 1, len(sound) - 1)
    if first > last:
        return Response(status_code=416, headers=headers | {"Content-Range": f"bytes */{len(sound)}"})
    headers |= {"Content-Range": f"bytes {first}-{last}/{len(sound)}"}
    return Response(sound[first : last + 1], 206, headers, recordings.COPY_TYPE)
