"""The product's own words for what the store and the stages hold: one term, one word, everywhere.

``word(value)`` translates a value of a closed set (a verdict, a status, a measure name, a reason).
"""

from dashboard.i18n import N_, _

VERDICTS = {
    "met": N_("met"),
    "partly": N_("partly"),
    "not met": N_("not met"),
    "not applicable": N_("not applicable"),
    "cannot tell": N_("cannot tell"),
}
SPEAKERS = {
    "agent": N_("Agent"),
    "customer": N_("Customer"),
    "speaker 1": N_("Speaker 1"),
    "speaker 2": N_("Speaker 2"),
    "system": N_("Announcement"),
}
CALL_STATUSES = {
    "waiting": N_("waiting"),
    "running": N_("in progress"),
    "done": N_("done"),
    "failed": N_("failed"),
    "queued": N_("waiting"),
    "dead": N_("failed"),
    "rejected": N_("rejected"),
    "already here": N_("already here"),
}
SCORING_STATUSES = {
    "scored": N_("scored"),
    "insufficient": N_("not enough heard"),
    "no speech": N_("no speech"),
    "language not supported": N_("language not supported"),
}
BANDS = {"pass": N_("pass"), "coach": N_("to coach"), "flag": N_("flagged")}
CRITICAL_KINDS = {
    "customer": N_("critical for the customer"),
    "business": N_("critical for the business"),
    "compliance": N_("compliance"),
}
REASONS = {
    text: text
    for text in (
        N_("the transcript has no times"),
        N_("one channel, voices not separable"),
        N_("one channel, overlapping voices not separable"),
        N_("less than 5 s of speech"),
        N_("no words from this side"),
        N_("the agent never follows the customer"),
        N_("the model is too small for this language"),
    )
}
MEASURES = {
    "conversation_duration": N_("Conversation"),
    "talk_share_agent": N_("Agent's talk share"),
    "talk_share_customer": N_("Customer's talk share"),
    "non_talk": N_("Nobody speaks"),
    "overlap": N_("Both speak"),
    "dead_air_seconds": N_("Dead air"),
    "dead_air_count": N_("Dead air, times"),
    "interruptions_agent": N_("Interruptions by the agent"),
    "interruptions_customer": N_("Interruptions by the customer"),
    "response_latency_median": N_("Response latency, median"),
    "response_latency_p90": N_("Response latency, 90th percentile"),
    "speech_rate_agent": N_("Agent's speech rate"),
    "speech_rate_customer": N_("Customer's speech rate"),
    "longest_monologue_agent": N_("Agent's longest monologue"),
    "longest_monologue_customer": N_("Customer's longest monologue"),
    "longest_silence": N_("Longest silence"),
}
REDACTIONS = {
    "CARD_NUMBER": N_("card number"),
    "NATIONAL_CODE": N_("national code"),
    "SHEBA": N_("Sheba"),
    "IBAN": N_("IBAN"),
    "MOBILE": N_("mobile number"),
    "LANDLINE": N_("phone number"),
    "EMAIL": N_("e-mail address"),
    "POSTAL_CODE": N_("postal code"),
    "DIGITS": N_("digits"),
    "NAME": N_("name"),
}
STAGES = {
    "decode": N_("reading the file"),
    "speech": N_("finding speech"),
    "transcribe": N_("writing down"),
    "diarise": N_("telling voices apart"),
    "redact": N_("masking personal data"),
    "measure": N_("measuring"),
    "judge": N_("judging"),
    "score": N_("scoring"),
}
SPOKEN_LANGUAGES = {"fa": N_("Persian"), "en": N_("English")}
DIRECTIONS = {"inbound": N_("inbound"), "outbound": N_("outbound"), "internal": N_("internal")}

LEFT_OUT = {
    "shorter than the minimum length": N_("too short"),
    "fewer words than the minimum from a side": N_("with too few words"),
    "no speech": N_("without speech"),
    "language not supported": N_("in another language"),
    "too little could be told": N_("not enough heard"),
}

WORDS: dict[str, str] = (
    VERDICTS
    | CALL_STATUSES
    | SCORING_STATUSES
    | BANDS
    | REASONS
    | MEASURES
    | REDACTIONS
    | STAGES
    | SPOKEN_LANGUAGES
    | DIRECTIONS
)


def word(value: str) -> str:
    """A value of a closed set in the viewer's language; an unknown one stays as it is."""
    return _(WORDS[value]) if value in WORDS else value


def speaker(value: str) -> str:
    """Who speaks, in the viewer's language."""
    return _(SPEAKERS[value]) if value in SPEAKERS else value


def critical_kind(value: str) -> str:
    """Who is harmed by a critical failure."""
    return _(CRITICAL_KINDS[value]) if value in CRITICAL_KINDS else value


def left_out_reason(value: str) -> str:
    """Why calls stay out of aggregates, to stand after their number: "31 too short"."""
    return _(LEFT_OUT[value]) if value in LEFT_OUT else value
