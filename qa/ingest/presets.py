"""Names that telephone systems give to recordings.

Asterisk, Issabel and FreePBX write ``kind-destination-source-date-time-uniqueid``: destination is who was
called, source who called (the dial plan ``sub-record-check`` of the FreePBX module *callrecording*). What
that means for queue, agent and customer depends on the kind:

========================  ==========================  ===============
kind                      destination                 source
========================  ==========================  ===============
q, rg, group              the queue or ring group     the customer
out                       the customer                the agent
exten, force              whoever is no extension     the other one
external                  the agent                   the customer
internal                  the agent who was called    another agent
in, generic               the centre's own number     the customer
========================  ==========================  ===============

The agent of a queue call is not in its name: it comes from the metadata table.
"""

import re
from dataclasses import replace

from qa.ingest.facts import Direction, Facts

LONGEST_EXTENSION = 6
"""Digits. Iranian subscriber numbers have 8, mobiles 11, so a number up to this long is an extension."""

_ASTERISK = (
    r"(?P<kind>{kind})-(?P<destination>[^-]*)-(?P<source>[^-]*)"
    r"-(?P<date>\d{{8}})-(?P<time>\d{{6}})(?:-(?P<uniqueid>\d{{9,10}}\.\d+))?(?:-\w+)?"
)
_KINDS = "q|rg|group|out|exten|external|internal|in|generic|force"

PRESETS: tuple[re.Pattern[str], ...] = (
    re.compile(_ASTERISK.format(kind=_KINDS), re.IGNORECASE),
    # Asterisk without FreePBX and old Elastix: the moment and the unique id alone.
    re.compile(r"(?:auto-)?(?P<date>\d{8})-(?P<time>\d{6})-(?P<uniqueid>\d{9,10}\.\d+)"),
    # Amazon Connect: the contact id and the moment in UTC.
    re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}_(?P<time>\d{8}T\d\d:?\d\d_?UTC)", re.IGNORECASE),
    # Amazon's post-call analytics samples: parts that announce themselves.
    re.compile(
        r".*?(?:_GUID_(?P<uniqueid>[^_]+))?(?:_CUST_(?P<number>[^_]+))?_AGENT_(?P<agent>[^_]+)"
        r"(?:_DT_(?P<time>\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}))?(?:_.*)?",
        re.IGNORECASE,
    ),
)


def is_extension(number: str) -> bool:
    """A number inside the centre, by its length."""
    return number.isascii() and number.isdigit() and len(number) <= LONGEST_EXTENSION


def parties(kind: str, destination: str, source: str) -> Facts:
    """Queue, agent, customer and direction of an Asterisk name; empty and unknown numbers give nothing."""
    called, caller = _known(destination), _known(source)
    match kind.lower():
        case "q" | "rg" | "group":
            return Facts(queue=called, customer=caller, direction="inbound")
        case "out":
            return Facts(agent=caller, customer=called, direction="outbound")
        case "external":
            return Facts(agent=called, customer=caller, direction="inbound")
        case "internal":
            return Facts(agent=called, direction="internal")
        case "in" | "generic":
            return Facts(customer=caller, direction="inbound")
        case _:
            return _by_length(called, caller)


def _known(number: str) -> str | None:
    return None if number.lower() in ("", "unknown", "anonymous", "unavailable", "s") else number


def _by_length(called: str | None, caller: str | None) -> Facts:
    inside_called = called is not None and is_extension(called)
    inside_caller = caller is not None and is_extension(caller)
    direction: Direction
    if inside_called and inside_caller:
        return Facts(agent=called, direction="internal")
    if inside_caller:
        return Facts(agent=caller, customer=called, direction="outbound")
    direction = "inbound"
    facts = Facts(customer=caller, direction=direction)
    return replace(facts, agent=called) if inside_called else facts
