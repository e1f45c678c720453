"""The list of calls as a file, narrowed and ordered as the page that links here."""

from dataclasses import replace

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from dashboard.audit.asking import read_filter
from dashboard.calls import sheet
from dashboard.calls.query import read_query
from dashboard.data import audit
from dashboard.data.accounts import User
from dashboard.data.acting import Act, audited_alone
from dashboard.data.listing import searched
from dashboard.data.scorecards import common_titles
from dashboard.i18n import LANGUAGES, speaking
from dashboard.server.requests import user_of
from qa.errors import StoreUnavailable

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
UNWRITTEN = "nothing leaves that cannot be written into the audit log; try again"


async def calls(request: Request) -> Response:
    """What the viewer sees in the list, all pages of it."""
    user, kind = user_of(request), request.path_params["kind"]
    if user is None:
        return PlainTextResponse("sign in first", 401)
    if kind not in TYPES:
        return PlainTextResponse("calls.csv or calls.xlsx", 404)
    try:
        body = await to_thread.run_sync(_made, user, dict(request.query_params), kind)
    except StoreUnavailable:
        return PlainTextResponse(UNWRITTEN, 503)
    headers = {
        "Cache-Control": "private, no-store",
        "Content-Disposition": f'attachment; filename="calls.{kind}"',
    }
    return Response(body, media_type=TYPES[kind], headers=headers)


async def audit_log(request: Request) -> Response:
    """The entries of the audit log that the page shows, all pages of it."""
    user = user_of(request)
    if user is None:
        return PlainTextResponse("sign in first", 401)
    try:
        wanted = replace(read_filter(request.query_params), before=None)
        body = await to_thread.run_sync(audit.file, user.role, wanted)
    except PermissionError:
        return PlainTextResponse("not for this role", 403)
    except StoreUnavailable:
        return PlainTextResponse(UNWRITTEN, 503)
    headers = {
        "Cache-Control": "private, no-store",
        "Content-Disposition": 'attachment; filename="audit.csv"',
    }
    return Response(body, media_type=TYPES["csv"], headers=headers)


def _made(user: User, params: dict[str, str], kind: str) -> bytes:
    code = params.get("lang", "")
    with speaking(code if code in LANGUAGES else "en"):
        query = read_query(params)
        rows = sheet.rows_of(query, user.scope, common_titles(code if code in LANGUAGES else "en"))
        audited_alone(Act.EXPORTED, "export:calls", form=kind, rows=len(rows), search=searched(query.filters))
        return sheet.as_csv(rows) if kind == "csv" else sheet.as_xlsx(rows)
