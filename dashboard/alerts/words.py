"""How rules, states and faults of delivery are named; ``qa.alerts.wording`` words the alerts themselves."""

from dashboard.data.alerts import Alert, AlertState, AlertStep
from dashboard.i18n import N_, _, number

RULES = {
    "kpi": N_("KPI signals"),
    "critical": N_("Critical failures"),
    "abuse": N_("Abuse of agents"),
    "promise": N_("Overdue promises"),
    "burst": N_("Bursts of negative comments"),
}
HELPS = {
    "kpi": N_(
        "The newest whole week is past a control limit, or the eighth in a row on the worse side of the "
        "mean: quality, satisfaction, critical accuracies, abandonment."
    ),
    "critical": N_("A call of the last seven days failed a critical criterion; one alert a team and day."),
    "abuse": N_("A customer insulted the agent in a call of the last seven days; one alert a team and day."),
    "promise": N_("Promises past their time; the alert closes by itself when all of them are decided."),
    "burst": N_(
        "Negative comments of today or yesterday, by count or share, are past the upper limit of eight weeks."
    ),
}
STATES = {
    AlertState.OPEN: N_("open"),
    AlertState.ACKNOWLEDGED: N_("acknowledged"),
    AlertState.CLOSED: N_("closed"),
}
STEPS = {
    AlertStep.RAISED: N_("raised"),
    AlertStep.ACKNOWLEDGED: N_("acknowledged"),
    AlertStep.CLOSED: N_("closed"),
    AlertStep.ENDED: N_("the cause has ended"),
}
FAULTS = {
    "not-set-up": N_("no mail server is set up"),
    "sign-in": N_("the mail server refused the sign-in"),
    "no-encryption": N_("the server offers no encryption"),
    "certificate": N_("the server's certificate is not trusted"),
    "timeout": N_("no answer in time"),
    "no-answer": N_("the server cannot be reached"),
    "file-gone": N_("the file is not there any more"),
    "no-secret": N_("no secret is set"),
}


def fault(code: str | None) -> str:
    """Why a message did not arrive: a known fault, else the number that the server answered with."""
    what = (code or "").partition(":")[2]
    if what in FAULTS:
        return _(FAULTS[what])
    return _("the server answered {code}", code=number(int(what))) if what.isdigit() else _("unknown fault")


def opening(alert: Alert) -> tuple[str, dict[str, str], str]:
    """Where the rows behind an alert are: page, parts of its address, and what the link is called."""
    days = {"from": str(alert.first_day), "to": str(alert.last_day)}
    team = {} if alert.team_id is None else {"team": str(alert.team_id)}
    if alert.rule == "promise":
        return "promises", {"shown": "overdue"} | team, _("Open the overdue promises")
    if alert.rule == "burst":
        wanted = {"sentiment": "negative", "shown": "all"}
        return "comments", days | wanted, _("Open these comments")
    if alert.rule == "kpi":
        return _of_kpi(alert)
    wanted = {"abuse": "yes"} if alert.rule == "abuse" else {"critical": "yes"}
    return "calls", days | team | wanted, _("Open these calls")


def _of_kpi(alert: Alert) -> tuple[str, dict[str, str], str]:
    kpi, first = alert.facts["kpi"], alert.last_day
    week = {"from": str(first), "to": str(first + 6)}
    if kpi == "csat":
        return "surveys", week, _("Open these surveys")
    if kpi == "abandoned":
        return "overview", {"week": str(first)}, _("Open the week")
    return "calls", week | ({} if kpi == "quality" else {"critical": "yes"}), _("Open these calls")
