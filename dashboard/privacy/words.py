"""What kinds of kept things are called, why they are kept, and who looked."""

from dashboard.i18n import N_, _, number

KINDS: dict[str, tuple[str, str]] = {
    "audio": (N_("Recordings"), N_("to hear what was said when a score is doubted")),
    "words": (
        N_("Transcripts, quotes, search"),
        N_("to read and find calls, as evidence of verdicts"),
    ),
    "notes": (N_("Comments and notes on calls"), N_("to explain reviews and disputes")),
    "evaluations": (N_("Evaluations, reviews, disputes"), N_("to coach and to answer for each verdict")),
    "customers": (N_("Customers of calls"), N_("to see who calls again and why")),
    "moments": (N_("Exemplary moments"), N_("to learn from good calls")),
    "surveys": (N_("Words and senders of surveys"), N_("to understand answers and call back")),
    "comments": (N_("Words and authors of comments"), N_("to answer, and to find themes")),
    "orders": (N_("Customers of orders"), N_("to see who stays a customer")),
    "contacts": (N_("Customers of telephone contacts"), N_("to see who was not reached")),
    "queue log": (N_("Customers in the queue log"), N_("to see who was not reached")),
    "refusals": (N_("List of refused recordings"), N_("to see what never came in, and why")),
    "imports": (N_("History of imports"), N_("to see which file brought what")),
    "messages": (N_("Messages that were sent"), N_("to see what was delivered")),
    "sessions": (N_("Sign-in sessions"), N_("to keep people signed in")),
    "sign-ins": (N_("Tries to sign in"), N_("to slow down who guesses passwords")),
    "sums": (N_("Anonymous sums of what was removed"), N_("to keep figures of the past as they were")),
    "playable": (N_("Copies for browsers"), N_("to play what browsers do not know; made again when needed")),
    "quarantine": (N_("Refused files"), N_("to mend and take in again")),
    "import files": (N_("Imported tables and refused rows"), N_("to mend rows and import them again")),
    "reports": (N_("Weekly reports"), N_("to read past weeks")),
    "copies": (N_("Copies of the database from upgrades"), N_("to go back to the version before")),
    "tasks": (N_("Finished tasks of the job engine"), N_("to see what a worker did")),
}

ACTS = {
    "call viewed": N_("Calls opened"),
    "audio played": N_("Recordings heard"),
    "customer viewed": N_("Customers opened"),
    "exported": N_("Files made"),
    "report made": N_("Reports made"),
}
UNITS = (N_("{size} B"), N_("{size} KB"), N_("{size} MB"), N_("{size} GB"), N_("{size} TB"))
STEP = 1000


def title(name: str) -> str:
    """What a kind is called."""
    return _(KINDS[name][0])


def purpose(name: str) -> str:
    """Why it is kept."""
    return _(KINDS[name][1])


def size(count: int | None) -> str:
    """Bytes as people read them."""
    if count is None:
        return "–"
    value, place = float(count), 0
    while value >= STEP and place < len(UNITS) - 1:
        value, place = value / STEP, place + 1
    return _(UNITS[place], size=number(value, 1 if place and value < 10 else 0))
