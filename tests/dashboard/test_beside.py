"""What happened beside a chart: which week a mark stands at, and that no name is lost."""

from dashboard.charts.beside import put_beside
from dashboard.charts.decor import Decor
from qa.weekly.inputs import Mark, MarkKind

WEEKS = [700, 707, 714]


def drawn(*marks: Mark) -> tuple[list[tuple[float, str]], list[float]]:
    """Place and text of every name, and the places of the lines."""
    decor = Decor()
    put_beside(decor, WEEKS, marks)
    names = [(one["x"], one["hovertext"]) for one in decor.texts]
    return names, [shape["x0"] for shape in decor.shapes]


def note(first: int, last: int, text: str) -> Mark:
    return Mark(first, last, text, text, MarkKind.NOTE)


def test_a_note_stands_at_the_week_it_begins_in() -> None:
    assert drawn(note(709, 709, "New menu")) == ([(1, "New menu")], [1])
    assert drawn(note(709, 720, "Long one")) == ([(1, "Long one")], [1])


def test_one_from_before_the_chart_stands_at_its_first_week() -> None:
    assert drawn(note(690, 702, "Older")) == ([(0, "Older")], [0])
    assert drawn(note(690, 699, "Over")) == ([], [])


def test_holidays_of_a_week_share_a_dot_and_have_no_line() -> None:
    days = [Mark(day, day, name, name, MarkKind.HOLIDAY) for day, name in ((714, "Tasua"), (715, "Ashura"))]
    assert drawn(*days) == ([(2, "Tasua<br>Ashura")], [])


def test_a_long_name_is_cut_in_the_chart_alone() -> None:
    long = "A very long story of what happened in this week"
    decor = Decor()
    room = put_beside(decor, WEEKS, [note(701, 701, long)])
    (written,) = decor.texts
    assert written["text"].endswith("…")
    assert written["hovertext"] == long
    assert room > 10, "room above for the name"
