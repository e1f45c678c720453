"""What the address of the customers' lists asks for."""

from collections.abc import Mapping
from datetime import tzinfo

from dashboard.comments.query import read_query
from dashboard.data.care import CareFilter, FollowUpReason
from dashboard.i18n import N_

LISTS = {
    "alone": N_("Left alone"),
    "first": N_("After the first service"),
    "pressed": N_("Contact pressure"),
}


def list_of(params: Mapping[str, str]) -> str:
    """Which list the address names."""
    name = params.get("list", "alone")
    return name if name in LISTS else "alone"


def read_care(params: Mapping[str, str], zone: tzinfo, user_id: int) -> CareFilter:
    """The filter of an address; days, queue, service and language as on the comments page."""
    wanted = read_query(params, zone).wanted
    reason = params.get("reason", "")
    return CareFilter(
        reasons=frozenset({FollowUpReason(reason)}) if reason in set(FollowUpReason) else frozenset(),
        since=wanted.since,
        until=wanted.until,
        queues=wanted.queues,
        services=wanted.services,
        languages=wanted.languages,
        owner=user_id if params.get("owner") == "me" else None,
    )
