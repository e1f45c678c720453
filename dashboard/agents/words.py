"""What the agents page writes into its cells."""

from dashboard.agents.reading import FEWEST, Criterion
from dashboard.charts.grid import Cell
from dashboard.charts.league import ink
from dashboard.i18n import N_, _, interval, isolated, ngettext, number, percent
from dashboard.theme import colours
from qa.analytics.intervals import Estimate
from qa.analytics.league import League, Place

SHORT = {
    "greeting": N_("Greeting"),
    "own_name": N_("Name"),
    "recording_notice": N_("Notice"),
    "identity_check": N_("Identity"),
    "hold_etiquette": N_("Hold"),
    "no_interruption": N_("Listens"),
    "dead_air": N_("Silences"),
    "talk_balance": N_("Balance"),
    "empathy": N_("Empathy"),
    "probing": N_("Asks"),
    "register": N_("Register"),
    "ownership": N_("Owns it"),
    "no_unrealistic_promise": N_("Promises"),
    "no_full_card_or_id_readout": N_("Card data"),
    "no_rude_words": N_("Polite"),
    "recap_next_step": N_("Next step"),
    "further_help": N_("More help"),
    "survey_announced": N_("Survey"),
    "goodbye": N_("Goodbye"),
}
"""Names of the canonical criteria that fit over a narrow column; the pointer says the whole title."""

NONE = "–"
SMALL = '<br><span style="font-size:10px;color:{}">{}</span>'


def short(key: str, title: str) -> str:
    """What stands over the column of a criterion."""
    return _(SHORT[key]) if key in SHORT else title


def counted(n: int) -> str:
    """How many calls."""
    return ngettext("{count} call", "{count} calls", n)


def place_hint(name: str, place: Place) -> str:
    """All of a place in words: shrunken, interval, raw, n."""
    shrunk = place.shrunk
    found = [f"{name}: {number(shrunk.value or 0.0, 1)}"]
    if shrunk.low is not None and shrunk.high is not None:
        found.append(_("95 %: {interval}", interval=interval(shrunk.low, shrunk.high)))
    found.append(_("raw mean {value}", value=number(place.raw, 1)))
    return " · ".join([*found, counted(shrunk.n)])


def criterion_cell(one: Criterion, title: str, agent: int, opens: object) -> Cell:
    """Share met of one agent; pale without a colour when few verdicts carry it."""
    if agent not in one.met:
        return Cell(opens, NONE, _("{criterion}: not asked in these calls", criterion=title), colours().ink3)
    value, n = one.met[agent]
    hint = f"{title}: {percent(value)} · {counted(n)}"
    if n < FEWEST:
        hint += " · " + _("too few to compare")
        return Cell(opens, number(100 * value), hint, colours().ink3, 10)
    far = one.far(agent)
    if far is not None:
        points = number(far, 1, signed=True)
        hint += " · " + _("{points} points from the mean, queues and chance taken out", points=points)
    return Cell(opens, number(100 * value), hint, colours().ink if far is None else ink(far))


def figure_cell(one: Estimate | None, opens: object, form: tuple[float, int, str], counted_as: str) -> Cell:
    """A figure with its interval under it. ``form``: scale, places and unit; ``counted_as``: label and n."""
    scale, places, unit = form
    if one is None or one.value is None:
        return Cell(opens, NONE, counted_as, colours().ink3)
    shown = f"<b>{number(one.value * scale, places)}</b>{unit}"
    if one.low is None or one.high is None:
        return Cell(
            opens, shown + SMALL.format(colours().ink3, isolated(_("too few"))), counted_as, colours().ink2
        )
    sure = interval(one.low * scale, one.high * scale, places)
    return Cell(opens, shown + SMALL.format(colours().ink2, isolated(sure)), counted_as)


def count_cell(n: int, opens: object, hint: str) -> Cell:
    """A plain count; nothing is a dot."""
    return Cell(opens, number(n) if n else NONE, hint, colours().ink if n else colours().ink3)


def leaning(league: League, names: dict[int, str], most: int = 2) -> list[str]:
    """Sentences on agents whose score leans on the mean more than on their own calls."""
    if not league.compared:
        return []
    lean = sorted(
        (p for p in league.places if p.weight < 0.5 and league.between > 0), key=lambda p: p.shrunk.n
    )
    return [
        _("{name}: {calls}, so the score leans on the mean.", name=names[p.agent], calls=counted(p.shrunk.n))
        for p in lean[:most]
    ]
