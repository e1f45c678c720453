"""What a reader must know before believing the figures of a call."""

from dashboard.call.roles import told
from dashboard.data.calls import CallDetail
from dashboard.data.site import settings
from dashboard.i18n import N_, _, day_month_year, percent
from dashboard.words import word
from qa.calendar import local_day
from qa.records import Flag, Speaker

SURE_OF_ROLES = 0.8
REASONS = {
    "shorter than the minimum length": N_("the call is shorter than the minimum length"),
    "fewer words than the minimum from a side": N_("one side says too few words"),
    "no speech": N_("no speech was found"),
    "language not supported": N_("the language is neither Persian nor English"),
    "too little could be told": N_("too few criteria could be judged"),
}
REMOVED = {
    "audio": N_("The recording was removed by retention on {day}."),
    "words": N_("The transcript was removed by retention on {day}; quotes and search went with it."),
    "notes": N_("Comments and notes were removed by retention on {day}."),
    "evaluation": N_("Verdicts and reviews were removed by retention on {day}; the score stays."),
}
ROLES = (Speaker.AGENT, Speaker.CUSTOMER)


def notices(detail: CallDetail) -> list[str]:
    """One sentence each, the heaviest first."""
    transcript, head = detail.transcript, detail.head
    out = []
    if head.generated:
        out.append(_("Generated data of the demo centre: this call never took place."))
    out += _removed(detail)
    if transcript and Flag.DRAFT in transcript.flags:
        out.append(_draft(transcript.language, transcript.model))
    if transcript and Flag.LANGUAGE_NOT_SURE in transcript.flags:
        out.append(_("The language of this call was not clear to the machine."))
    out += _who(detail)
    if Flag.BOTH_SAME in head.flags:
        out.append(_("Both channels hold the same sound, so the voices cannot be told apart."))
    if head.abusive:
        out.append(_("The customer was abusive; empathy and answering time are not judged in that part."))
    if head.left_out:
        reason = left_out(head.left_out)
        out.append(_("Left out of all averages: {reason}.", reason=reason))
    return out


def _removed(detail: CallDetail) -> list[str]:
    """What is gone for good, since when and why."""
    zone, gone = settings().zone, detail.removed
    erased = next((one for one in gone if one.cause == "erasure"), None)
    if erased is not None:
        day = day_month_year(local_day(erased.at, zone))
        return [_("Sound and words were erased at the customer's request on {day}; figures stay.", day=day)]
    return [
        _(REMOVED[one.part.value], day=day_month_year(local_day(one.at, zone)))
        for one in gone
        if one.part.value in REMOVED
    ]


def _who(detail: CallDetail) -> list[str]:
    """Who named the voices, and how sure that is."""
    transcript, confidence = detail.transcript, detail.head.roles_confidence
    out = [] if detail.roles_set is None else [told(detail.roles_set)]
    if transcript and Flag.BY_VOICE in transcript.flags and roles_known(detail):
        out.append(_by_voice(None if detail.roles_set else confidence))
    elif transcript and not roles_known(detail):
        out.append(_("The machine cannot tell agent and customer apart; what needs it is not measured."))
    elif confidence is not None and confidence < SURE_OF_ROLES:
        out.append(_("It is not sure who is the agent and who the customer."))
    return out


def _by_voice(confidence: float | None) -> str:
    if confidence is None:
        return _("Both voices share one channel and were told apart by their sound.")
    return _(
        "Both voices share one channel and were told apart by their sound; roles: confidence {share}.",
        share=percent(confidence),
    )


def roles_known(detail: CallDetail) -> bool:
    """True when agent and customer are told apart."""
    said = detail.transcript.utterances if detail.transcript else ()
    return any(u.speaker in ROLES for u in said) or not said


def _draft(language: str, model: str) -> str:
    return _(
        "Draft transcript: the model {model} is too small for {language}; words can be wrong.",
        model=model,
        language=word(language),
    )


def left_out(reason: str) -> str:
    """Why one call stays out of averages."""
    return _(REASONS[reason]) if reason in REASONS else reason
