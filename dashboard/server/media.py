"""Recordings: the one way to hear them, checked for session and call, with ranges for seeking."""

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from dashboard.data import recordings
from dashboard.server.requests import user_of

KEEP_OUT = {"Cache-Control": "private, no-store", "Content-Disposition": "inline"}


async def audio(request: Request) -> Response:
    """The recording of a call. A call of somebody else's is answered like one that is not there."""
    user = user_of(request)
    if user is None:
        return PlainTextResponse("sign in first", 401)
    sound = await to_thread.run_sync(recordings.sound_of, request.path_params["call_key"], user.scope)
    if sound is None:
        return PlainTextResponse("no such recording", 404, headers=KEEP_OUT)
    return FileResponse(sound.path, media_type=sound.type, headers=KEEP_OUT)
