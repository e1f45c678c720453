"""How a criterion is decided, in words: the rule as it is written, read to a person.

A judge that is not known here is shown with its name and fields, so that a new one needs nothing of this.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dashboard.i18n import N_, _, number, percent, quoted
from dashboard.words import REDACTIONS, word
from qa.scorecard import spoken_example

SHOWN = 3
"""Phrases that are quoted before "and n more"."""
SIDES = {
    "agent": N_("the agent says {what}"),
    "customer": N_("the customer says {what}"),
    "any": N_("somebody says {what}"),
}
IN_OWN_WORDS = {
    "agent": N_("the agent says in own words: {what}"),
    "customer": N_("the customer says in own words: {what}"),
    "any": N_("somebody says in own words: {what}"),
}
INSULTS = {
    "agent": N_("the agent insults or swears"),
    "customer": N_("the customer insults or swears"),
    "any": N_("somebody insults or swears"),
}
MEANT = {
    "closed_unanswered": N_("the end, with the question unanswered"),
    "customer_resolved": N_("it is solved"),
    "customer_unresolved": N_("it is not solved"),
    "empathy": N_("sympathy"),
    "further_help": N_("an offer of more help"),
    "goodbye": N_("goodbye"),
    "greeting": N_("a greeting"),
    "hold_asked": N_("please wait a moment"),
    "next_step": N_("what happens next"),
    "ownership": N_("I take care of it"),
    "probing": N_("a question to understand the need"),
    "recap": N_("what was agreed, once more"),
    "recording_notice": N_("the call is recorded"),
    "solution_given": N_("the way to solve it"),
    "survey": N_("a survey follows"),
    "unrealistic_promise": N_("a promise that nobody can keep"),
}
"""What the sentences of the shipped example sets say; a set of the site's own is shown with its key."""
EDGES = {
    ("first", "seconds"): N_("in the first {count} seconds"),
    ("last", "seconds"): N_("in the last {count} seconds"),
    ("first", "turns"): N_("in the first {count} turns"),
    ("last", "turns"): N_("in the last {count} turns"),
}
LEVELS = {"formal": N_("formal"), "polite": N_("polite"), "warm": N_("warm")}
SHARES = frozenset({"talk_share_agent", "talk_share_customer", "non_talk", "overlap"})
Lexicons = Mapping[str, tuple[str, ...]]


def in_words(rule: Mapping[str, Any], lexicons: Lexicons) -> str:
    """What makes the rule met."""
    name = next((key for key in rule if key != "partly_from"), "")
    body = rule.get(name)
    read = READERS.get(name)
    return read(body, lexicons) if read else f"{name}: {_plain(body)}"


def condition(rule: Mapping[str, Any] | None, lexicons: Lexicons) -> str:
    """When the criterion is asked at all; empty when always."""
    return "" if rule is None else _("Asked only where {rule}.", rule=in_words(rule, lexicons))


def _phrase(body: Mapping[str, Any], lexicons: Lexicons) -> str:
    said = _spoken(body.get("phrases", ()), lexicons)
    kinds = [_(REDACTIONS[kind]) if kind in REDACTIONS else kind for kind in body.get("placeholders", ())]
    what = _(", ").join([*_quotes(said), *kinds])
    if len(said) > SHOWN:
        what = _("{what} or {count} more", what=what, count=number(len(said) - SHOWN))
    text = _where(_(SIDES[body.get("speaker", "agent")], what=what), body)
    if weaker := _quotes(_spoken(body.get("partly_any", ()), lexicons)):
        text = _("{text} (partly: {weaker})", text=text, weaker=_(", ").join(weaker))
    return text


def _example(body: Mapping[str, Any], lexicons: Lexicons) -> str:
    del lexicons
    key = str(body.get("set", ""))
    what = quoted(_(MEANT[key])) if key in MEANT else f"\u2068{key}\u2069"
    return _where(_(IN_OWN_WORDS[body.get("speaker", "agent")], what=what), body)


def _abuse(body: Mapping[str, Any], lexicons: Lexicons) -> str:
    del lexicons
    return _(INSULTS[body.get("speaker", "agent")])


def _sentiment(body: Mapping[str, Any], lexicons: Lexicons) -> str:
    del lexicons
    end, rise = number(body.get("end_at_least", 0.0), 1), number(body.get("rises_by", 0.5), 1)
    return _("the customer's mood ends at {end} or higher, or rises by {rise}", end=end, rise=rise)


def _llm(body: Mapping[str, Any], lexicons: Lexicons) -> str:
    del lexicons
    asked = f"\u2068{quoted(str(body.get('question', '')))}\u2069"
    return _("a language model says yes to {question}", question=asked)


def _where(text: str, body: Mapping[str, Any]) -> str:
    """With the part of the call that counts and how often it must be said."""
    if window := body.get("window"):
        text = f"{text} {_window(window)}"
    if body.get("count", 1) > 1:
        text = _("{text}, {count} times", text=text, count=number(body["count"]))
    return text


def _spoken(phrases: Any, lexicons: Lexicons) -> list[str]:
    found: list[str] = []
    for phrase in phrases:
        found += lexicons.get(phrase[1:], ()) if phrase.startswith("$") else [phrase]
    return list(dict.fromkeys(spoken_example(one) for one in found))


def _quotes(said: list[str]) -> list[str]:
    # Isolated: a Persian phrase in an English sentence, or the other way round, keeps its own direction.
    return [f"\u2068{quoted(one)}\u2069" for one in said[:SHOWN]]


def _window(window: Mapping[str, Any]) -> str:
    end = "first" if "first" in window else "last"
    limits = [
        _(EDGES[end, unit], count=number(window[end][unit]))
        for unit in ("seconds", "turns")
        if unit in window[end]
    ]
    return _(" or ").join(limits)


def _not(body: Mapping[str, Any], lexicons: Lexicons) -> str:
    return _("this does not happen: {rule}", rule=in_words(body, lexicons))


def _all(body: Any, lexicons: Lexicons) -> str:
    return _("; and ").join(in_words(one, lexicons) for one in body)


def _any(body: Any, lexicons: Lexicons) -> str:
    return _("; or ").join(in_words(one, lexicons) for one in body)


def _measure(body: Mapping[str, Any], lexicons: Lexicons) -> str:
    del lexicons
    name = str(body["name"])
    text = _limits(name, body.get("between") or (body.get("at_least"), body.get("at_most")))
    wider = body.get("partly_between") or (body.get("partly_at_least"), body.get("partly_at_most"))
    if wider == (None, None):
        return text
    return _("{text} (partly: {weaker})", text=text, weaker=_limits(name, wider))


def _limits(name: str, limits: Sequence[Any]) -> str:
    low, high = limits
    values = [None if value is None else _value(name, float(value)) for value in (low, high)]
    if values[0] and values[1]:
        return _("{measure} between {low} and {high}", measure=word(name), low=values[0], high=values[1])
    if values[0]:
        return _("{measure} at least {low}", measure=word(name), low=values[0])
    return _("{measure} at most {high}", measure=word(name), high=values[1])


def _value(name: str, value: float) -> str:
    if name in SHARES:
        return percent(value)
    return number(value, 0 if value == int(value) else 1)


def _sequence(body: Mapping[str, Any], lexicons: Lexicons) -> str:
    first, then = in_words(body["first"], lexicons), in_words(body["then"], lexicons)
    return _("first {first}; after that {then}", first=first, then=then)


def _register(body: Mapping[str, Any], lexicons: Lexicons) -> str:
    del lexicons
    level = str(body.get("level", ""))
    said = _(LEVELS[level]) if level in LEVELS else level
    return _("the agent speaks in the manner that the service asks for: {level}", level=said)


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_plain(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        shown = ", ".join(_plain(inner) for inner in value[:SHOWN])
        return f"{shown} …" if len(value) > SHOWN else shown
    return str(value)


READERS: dict[str, Callable[[Any, Lexicons], str]] = {
    "phrase": _phrase,
    "example": _example,
    "abuse": _abuse,
    "sentiment": _sentiment,
    "llm": _llm,
    "measure": _measure,
    "all": _all,
    "any": _any,
    "not": _not,
    "sequence": _sequence,
    "register": _register,
}
"""One reader a judge; a judge without one is shown as it is written."""
