"""How one call looks in the list."""

from collections.abc import Iterator
from datetime import UTC, datetime

from markupsafe import Markup

from dashboard.calls.query import Query, words_of
from dashboard.data.listing import CallRow, Excerpt
from dashboard.data.site import settings
from dashboard.i18n import _, clock, moment, number, percent
from dashboard.parts import chip, stack
from dashboard.words import left_out_reason, speaker, word

AROUND = 70  # characters before the first mark; twice as many from it on
HEADS = Markup('<div class="calls-h calls-g">{}</div>')
HEAD = Markup("<span>{}</span>")
LINE = Markup(
    '<div class="row calls-g"><span class="t0">{time}</span>'
    '<span><b>{agent}</b><span class="s">{team}</span></span>'
    '<span class="s">{queue}</span><span class="num s">{length}</span>'
    '<span class="num"><b class="{band}">{score}</b></span><span>{marks}</span></div>'
)


def heads() -> Markup:
    """The names of the columns."""
    names = (_("Time"), _("Agent"), _("Queue"), _("Length"), _("Score"), _("State"))
    return HEADS.format(stack(HEAD.format(name) for name in names))


def name(row: CallRow) -> str:
    """What a screen reader says of the line's link."""
    when = moment(row.started_at, settings().zone, datetime.now(UTC))
    return _("Open the call of {agent}, {time}", agent=row.agent or _("no agent"), time=when)


def line(row: CallRow, criteria: dict[str, str]) -> Markup:
    """One call: when, who, where, how long, the score, and what is to be known of it."""
    return LINE.format(
        time=moment(row.started_at, settings().zone, datetime.now(UTC)),
        agent=row.agent or _("no agent"),
        team=row.team or "",
        queue=row.queue or "",
        length=clock(row.duration) if row.duration is not None else "–",
        band=row.band.value if row.band else "none",
        score=score_text(row),
        marks=stack(marks(row, criteria)),
    )


def place(row: CallRow, found: Excerpt | None, query: Query) -> dict[str, str]:
    """The address of the call, at the second where the words are said, and the words, to be marked there."""
    if found is None:
        return {"call": row.key}
    at = {} if found.start is None else {"t": f"{found.start:.2f}"}
    return {"call": row.key, **at, **words_of(query)}


def excerpt(found: Excerpt) -> Markup:
    """The words that were searched, in the utterance where they stand."""
    start = found.start
    return Markup('<div class="said"><span class="s">{}</span> <bdi>{}</bdi></div>').format(
        speaker(found.speaker.value) if start is None else f"{speaker(found.speaker.value)} {clock(start)}",
        stack(_marked(found)),
    )


def _marked(found: Excerpt) -> Iterator[Markup]:
    """The text around the first mark, its marks highlighted."""
    text, first = found.text, found.marks[0]
    begin = 0 if first[0] <= AROUND else text.find(" ", first[0] - AROUND, first[0]) + 1
    end = (
        len(text) if first[1] + 2 * AROUND >= len(text) else text.rfind(" ", first[1], first[1] + 2 * AROUND)
    )
    end = end if end > 0 else first[1]
    yield Markup("{}").format("… " if begin else "")
    place = begin
    for start, stop in found.marks:
        if stop <= end:
            yield Markup("{}<mark>{}</mark>").format(text[place:start], text[start:stop])
            place = stop
    yield Markup("{}{}").format(text[place:end], " …" if end < len(text) else "")


def score_text(row: CallRow) -> str:
    """The score, a dash without one. Zero is a word in Persian, where the digit reads as a dot."""
    if row.score is None:
        return "–"
    return _("0") if row.score == 0 else number(row.score, 1)


def marks(row: CallRow, criteria: dict[str, str]) -> list[Markup]:
    """Chips: critical failure, progress or failure of the work, why it is left out, generated data."""
    found = [chip(criteria.get(key, key), "now") for key in row.failed_by]
    if row.status.value == "running" and row.share is not None:
        found.append(
            chip(_("{stage}, {share}", stage=word(row.stage or ""), share=percent(row.share)), "accent")
        )
    elif row.status.value != "done":
        found.append(chip(word(row.status.value), "now" if row.status.value == "failed" else "line"))
    elif row.left_out:
        found.append(chip(left_out_reason(row.left_out), "line"))
    if row.abusive:
        found.append(chip(_("abuse"), "line"))
    if row.complained:
        found.append(chip(_("complaint"), "line"))
    if row.generated:
        found.append(chip(_("generated"), "line"))
    return found
