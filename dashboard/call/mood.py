"""The customer's mood over a call: a dot an utterance, from negative below to positive above."""

from markupsafe import Markup

from dashboard.call.reading import length_of
from dashboard.data.calls import CallDetail
from dashboard.i18n import _, clock, number
from dashboard.parts import panel, show
from dashboard.parts.drawing import image, svg
from dashboard.theme import Tokens, colours
from qa.records import Seconds, Speaker
from qa.sentiment.course import ends

WIDTH, HEIGHT, PAD = 1200.0, 110.0, 12.0
FEWEST = 3
"""Utterances of the customer; fewer have no course."""
MOVED = 0.2
"""A difference between the ends that is no more than how lines are misread."""

Point = tuple[Seconds, float]


def mood_panel(detail: CallDetail) -> None:
    """The course as a drawing, and the same in words; nothing where the customer says too little."""
    points = course(detail)
    if len(points) < FEWEST:
        return
    with panel("mood", _("The customer's mood"), _("read from the words, not from the voice"), stretch=False):
        said = told(points)
        show(Markup('<div class="mood" dir="ltr">{}</div>').format(draw(points, length_of(detail), said)))
        line = _("from {begin} to {end}", begin=clock(points[0][0]), end=clock(points[-1][0]))
        show(Markup('<p class="sub">{} · {}</p>').format(said, line))


def course(detail: CallDetail) -> list[Point]:
    """When the customer said something, and how it sounds from −1 to 1."""
    lines = detail.transcript.utterances if detail.transcript else ()
    scores = {tone.utterance: tone.score for tone in detail.tones}
    return [
        (one.span.start, scores[one.id])
        for one in lines
        if one.speaker is Speaker.CUSTOMER and one.span is not None and one.id in scores
    ]


def told(points: list[Point]) -> str:
    """Where it begins and ends, in words and numbers (the first and the last third)."""
    begin, end = ends([score for _at, score in points])
    figures = {"begin": number(begin, 1), "end": number(end, 1)}
    if end - begin > MOVED:
        return _("The mood rises: {begin} in the first third, {end} in the last", **figures)
    if begin - end > MOVED:
        return _("The mood falls: {begin} in the first third, {end} in the last", **figures)
    return _("The mood stays: {begin} in the first third, {end} in the last", **figures)


def draw(points: list[Point], length: Seconds, alt: str) -> Markup:
    """The drawing; time runs from left to right in both languages, as in the player above it."""
    tokens, middle = colours(), HEIGHT / 2
    places = [(_across(at, length), middle - score * (middle - PAD)) for at, score in points]
    zero = f'<path d="M0 {middle}H{WIDTH}" stroke="{tokens.edge}" stroke-dasharray="3 4"/>'
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    line = f'<polyline points="{path}" fill="none" stroke="{tokens.ink3}" stroke-width="1.6"/>'
    dots = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{_colour(score, tokens)}"/>'
        for (x, y), (_at, score) in zip(places, points, strict=True)
    )
    return image(svg(WIDTH, HEIGHT, zero + line + dots), alt)


def _across(at: Seconds, length: Seconds) -> float:
    return PAD + (WIDTH - 2 * PAD) * min(1.0, at / length) if length else PAD


def _colour(score: float, tokens: Tokens) -> str:
    if abs(score) <= MOVED:
        return tokens.na
    return tokens.met if score > 0 else tokens.notmet
