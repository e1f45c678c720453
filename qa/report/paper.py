"""A sheet of paper to write on from either side: fpdf2 with Vazirmatn, shaped, mirrored in Persian.

Places are millimetres from the reading edge: the left one in English, the right one in Persian.
"""

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from qa.report.fonts import write_plain

if TYPE_CHECKING:
    from fpdf import FPDF

WIDTH, HEIGHT, MARGIN = 297.0, 210.0, 12.0
INNER = WIDTH - 2 * MARGIN
Colour = tuple[int, int, int]
INK: Colour = (18, 35, 42)
INK2: Colour = (67, 86, 94)
HAIR: Colour = (213, 221, 222)
ACCENT: Colour = (11, 100, 112)
BAD: Colour = (148, 66, 11)
SOFT: Colour = (233, 238, 238)


@dataclass(frozen=True, slots=True)
class Style:
    """How text is written. ``end``: at the far side of its box; ``figure``: digits that run left to right."""

    size: float = 9.0
    bold: bool = False
    colour: Colour = INK
    end: bool = False
    figure: bool = False


@dataclass(slots=True)
class Paper:
    """A document that grows downwards; ``y`` is where the next thing goes."""

    language: str
    title: str
    y: float = MARGIN
    _pdf: "FPDF | None" = field(default=None)
    _folder: "tempfile.TemporaryDirectory[str] | None" = field(default=None)

    @property
    def pdf(self) -> "FPDF":
        """The document, opened at its first use."""
        if self._pdf is None:
            self._folder = tempfile.TemporaryDirectory()  # the shaper reads the fonts as long as it is used
            self._pdf = _open(self.language, self.title, Path(self._folder.name))
        return self._pdf

    def room(self, height: float) -> bool:
        """True when so much fits on this page; else a new page is begun."""
        if self.y + height <= HEIGHT - MARGIN:
            return True
        self.page()
        return False

    def page(self) -> None:
        """Begin a page."""
        self.pdf.add_page()
        self.y = MARGIN

    def text(self, at: float, width: float, height: float, words: str, style: Style) -> None:
        """One line in a box that begins ``at`` millimetres from the reading edge; shortened to its box."""
        pdf = self._ready(style, words)
        pdf.set_xy(self.place(at, width), self.y)
        pdf.cell(width, height, self._fitted(words, width, style), align=self._align(style))

    def lines(self, at: float, width: float, words: str, style: Style) -> float:
        """Text that breaks into lines; gives how high it is and leaves ``y`` alone."""
        pdf = self._ready(style, words)
        pdf.set_xy(self.place(at, width), self.y)
        step = style.size * 0.56
        pdf.multi_cell(width, step, words, align=self._align(style))
        return float(pdf.get_y()) - self.y

    def place(self, at: float, width: float) -> float:
        """From the left edge of the paper, of a box ``at`` so far from the reading edge."""
        return WIDTH - MARGIN - at - width if self.language == "fa" else MARGIN + at

    def rule(self, colour: Colour = HAIR, thick: float = 0.2) -> None:
        """A line over the whole width."""
        self.pdf.set_draw_color(*colour)
        self.pdf.set_line_width(thick)
        self.pdf.line(MARGIN, self.y, WIDTH - MARGIN, self.y)

    def box(self, at: float, width: float, height: float, colour: Colour = SOFT) -> None:
        """A filled box."""
        self.pdf.set_fill_color(*colour)
        self.pdf.rect(self.place(at, width), self.y, width, height, style="F")

    def done(self) -> bytes:
        """The file. Nothing can be written after it."""
        found = bytes(self.pdf.output())
        if self._folder is not None:
            self._folder.cleanup()
        return found

    def _ready(self, style: Style, words: str) -> "FPDF":
        pdf, persian = self.pdf, self.language == "fa"
        # Text that is all in the other script is written in its font: left to the fallback, fpdf2 2.8 forgets
        # which font is in force and writes the next text in the one before.
        first, other = ("arabic", "latin") if _has_persian(words) else ("latin", "arabic")
        pdf.set_font(first, "B" if style.bold else "", style.size)
        pdf.set_fallback_fonts([other], exact_match=False)
        pdf.set_text_color(*style.colour)
        direction = "rtl" if persian and not style.figure else "ltr"
        pdf.set_text_shaping(use_shaping_engine=True, direction=direction)
        return pdf

    def _align(self, style: Style) -> Literal["L", "R"]:
        return "R" if (self.language == "fa") != style.end else "L"

    def _fitted(self, words: str, width: float, style: Style) -> str:
        pdf, room = self._ready(style, words), width - 1.0
        if pdf.get_string_width(words) <= room:
            return words
        while words and pdf.get_string_width(words + "…") > room:
            words = words[:-1]
        return words.rstrip() + "…"


def _has_persian(words: str) -> bool:
    return any("\u0600" <= letter <= "\u06ff" for letter in words)


def _open(language: str, title: str, folder: Path) -> "FPDF":
    from fpdf import FPDF

    pdf = FPDF(orientation="landscape", format="A4")
    pdf.set_auto_page_break(auto=False)
    pdf.set_margin(0)
    pdf.c_margin = 0.5
    pdf.set_title(title)
    pdf.set_lang(language)
    for (script, style), path in write_plain(folder).items():
        pdf.add_font(script, style, path)
    return pdf
