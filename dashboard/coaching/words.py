"""Sentences of coaching: what a session is about, where it stands, what an effect says."""

from dashboard.data.coaching import CoachingState, Session
from dashboard.i18n import N_, _, day_month, interval, ngettext, number
from qa.analytics.effect import Effect, NoEffect
from qa.analytics.gain import Suggestion
from qa.analytics.intervals import Estimate

FOCUS = {
    "greeting": N_("Begin with a full greeting"),
    "own_name": N_("Say your name at the start"),
    "recording_notice": N_("Say that the call is recorded"),
    "identity_check": N_("Ask who it is before you open an account"),
    "hold_etiquette": N_("Ask before you put somebody on hold, and thank after it"),
    "no_interruption": N_("Let the customer finish"),
    "dead_air": N_("Say what you are doing before it gets quiet"),
    "talk_balance": N_("Leave half of the call to the customer"),
    "empathy": N_("Answer the feeling first, then the question"),
    "probing": N_("Ask one question more before you answer"),
    "register": N_("Keep the level of speech that the service asks for"),
    "ownership": N_("Say what you yourself will do"),
    "no_unrealistic_promise": N_("Promise only what you can keep"),
    "no_full_card_or_id_readout": N_("Never read a whole number aloud"),
    "no_rude_words": N_("Stay polite when it gets hard"),
    "recap_next_step": N_("Say the next step before you close"),
    "further_help": N_("Ask whether there is anything else"),
    "survey_announced": N_("Announce the survey before you close"),
    "goodbye": N_("Close with a goodbye"),
}
"""One sentence for each canonical criterion; it stands over the coaching room and can be changed."""

TRY = {
    "recap_next_step": N_("Who: …\nDoes what: …\nBy when: …"),
    "empathy": N_("What happened: …\nHow that feels: …\nWhat I do now: …"),
    "dead_air": N_("What I look up: …\nHow long it takes: …"),
    "hold_etiquette": N_("May I put you on hold: …\nFor how long: …\nThank you for waiting: …"),
    "ownership": N_("I will: …\nBy: …"),
    "probing": N_("Since when: …\nWhat was tried: …"),
}
"""What to try aloud, to be filled by the two of them: a part a line, its name before the colon."""

STATES = {
    CoachingState.PREPARED: N_("prepared"),
    CoachingState.HELD: N_("waits for the agent"),
    CoachingState.ACKNOWLEDGED: N_("acknowledged"),
}
REASONS = {
    NoEffect.NOT_YET: N_("Not enough calls yet."),
    NoEffect.BEFORE: N_("Not enough calls before the coaching."),
    NoEffect.NOBODY: N_("Too few comparable agents."),
}


def names(session: Session) -> str:
    """Who is coached."""
    return _(", ").join(member.agent for member in session.members)


def standing(session: Session, today: int) -> tuple[str, bool]:
    """Where a session stands, and whether somebody is late."""
    if session.state is CoachingState.PREPARED:
        if session.planned_day is None:
            return _("no day yet"), False
        return _("planned {day}", day=day_month(session.planned_day)), session.planned_day < today
    if session.followed_up_at is not None:
        return _("followed up"), False
    if session.due(today) and session.due_day is not None:
        late = today - session.due_day
        told = ngettext("follow-up {count} day late", "follow-up {count} days late", late)
        return (told, True) if late else (_("follow-up is due today"), True)
    if session.state is CoachingState.HELD:
        return _(STATES[session.state]), False
    return _("follow-up {day}", day=day_month(session.due_day or today)), False


def why(one: Suggestion) -> str:
    """The evidence of a suggestion: as counted, the team's level, the distance with its interval."""
    calls = ngettext("{count} call", "{count} calls", one.distance.n)
    return _(
        "Met in {raw} % of {calls}, the team in {level} %. {points} below it: {interval}.",
        raw=number(100 * one.raw),
        calls=calls,
        level=number(100 * one.level),
        points=points(-100 * (one.distance.value or 0.0)),
        interval=interval(-100 * (one.distance.high or 0.0), -100 * (one.distance.low or 0.0)),
    )


def points(value: float) -> str:
    """How many points, in words."""
    return ngettext("{count} point", "{count} points", round(value))


def gain(estimate: Estimate) -> tuple[str, str]:
    """The expected gain of the score, and its interval."""
    return number(estimate.value or 0.0, 1, signed=True), interval(estimate.low or 0.0, estimate.high or 0.0)


def share(value: float | None) -> str:
    """A share as its number of per cent."""
    return "–" if value is None else number(100 * value)


def effect_sentence(effect: Effect) -> str:
    """What of the change is the agent's own, with its interval; or why that cannot be told yet."""
    if effect.reason is not None:
        return _(REASONS[effect.reason])
    moved, own = 100 * (effect.comparable.value or 0.0), 100 * (effect.difference.value or 0.0)
    low, high = 100 * (effect.difference.low or 0.0), 100 * (effect.difference.high or 0.0)
    others = _others(moved)
    if low <= 0 <= high:
        said = _("The rest, {points}, is within normal variation: {interval}.",
                 points=_signed(own), interval=interval(low, high, 0))  # fmt: skip
    elif own > 0:
        said = _("So {points} are yours: {interval}.", points=points(own), interval=interval(low, high, 0))
    else:
        said = _("So it fell by {points} beside them: {interval}.",
                 points=points(-own), interval=interval(-high, -low, 0))  # fmt: skip
    return f"{others} {said}"


def _others(moved: float) -> str:
    if round(moved) == 0:
        return _("Comparable agents stayed where they were.")
    if moved > 0:
        return _("Comparable agents rose {points}.", points=number(moved))
    return _("Comparable agents fell {points}.", points=number(-moved))


def _signed(value: float) -> str:
    return number(value, 0, signed=True)
