"""The report as one HTML file: plots, style and font inside, light, ready to print."""

import base64
from html import escape
from itertools import groupby
from pathlib import Path

from qa.report.content import About, Line, Table, interval_text, lines_of, target_text, value_text
from qa.report.fonts import face
from qa.report.heading import heading_of
from qa.report.summary import Summary, summary_of
from qa.report.svg import course_svg
from qa.report.tables import tables_of
from qa.report.words import GROUPS, of, say
from qa.weekly import BY_KEY
from qa.weekly.records import Week

STYLE = Path(__file__).with_name("report.css")
RANGES = {
    "arabic": "U+0600-06FF,U+200C-200E,U+FB50-FDFF,U+FE70-FEFC",
    "latin": "U+0000-02FF,U+2000-200B,U+2010-22FF",
}
"""Which letters each file of the font is for."""


def html_of(week: Week, about: About) -> bytes:
    """The file."""
    language = about.language
    head = heading_of(week, about)
    demo = f'<p><span class="demo">{escape(head.demo)}</span></p>' if head.demo else ""
    body = (
        f"<header><h1>{escape(head.title)}</h1><p>{escape(head.week)}</p>"
        f'<p class="sub">{escape(head.counted)}</p><p class="sub">{escape(head.made)}</p>{demo}</header>'
        f"{_summary(summary_of(week, about), language)}"
        f'<div class="figures"><h2>{escape(say("figures", language))}</h2>{_figures(week, language)}</div>'
        f'<div class="two">{"".join(_table(table, language) for table in tables_of(week, about))}</div>'
        f'<footer class="sub">{escape(say("foot", language))}</footer>'
    )
    style = STYLE.read_text(encoding="utf-8")
    text = (
        f'<!DOCTYPE html><html lang="{language}" dir="{"rtl" if language == "fa" else "ltr"}"><head>'
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(head.title)} · {escape(head.week)}</title><style>{_faces()}{style}</style></head>"
        f"<body>{body}</body></html>"
    )
    return text.encode()


def _faces() -> str:
    out = ""
    for script, scope in (
        ("arabic", "U+0600-06FF,U+200C-200E,U+FB50-FDFF,U+FE70-FEFC"),
        ("latin", "U+0000-02FF,U+2000-22FF"),
    ):
        data = base64.b64encode(face(script)).decode()
        out += (
            "@font-face{font-family:Vazirmatn;font-weight:100 900;"
            f"src:url(data:font/woff2;base64,{data}) format('woff2');unicode-range:{scope}}}"
        )
    return out


def _summary(found: Summary, language: str) -> str:
    parts = (("changed", found.changed), ("why", found.why), ("do", found.todo))
    boxes = "".join(
        f"<section><h3>{escape(say(name, language))}</h3><ul>"
        f"{''.join(f'<li>{escape(text)}</li>' for text in texts)}</ul></section>"
        for name, texts in parts
    )
    return f'<h2>{escape(say("summary", language))}</h2><div class="sum">{boxes}</div>'


def _figures(week: Week, language: str) -> str:
    names = ("kpi", "now", "interval", "n", "target", "before", "change", "course", "says")
    numeric = ("now", "interval", "n", "target", "before", "change")
    head = "".join(
        f'<th scope="col" class="{"num" if name in numeric else ""}">{escape(say(name, language))}</th>'
        for name in names
    )
    rows = ""
    for group, lines in groupby(lines_of(week, language), key=lambda line: BY_KEY[line.key].group):
        rows += f'<tr class="part"><td colspan="9">{escape(of(GROUPS[group], language))}</td></tr>'
        rows += "".join(_line(line, language) for line in lines)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _line(line: Line, language: str) -> str:
    def cell(text: str) -> str:
        return f'<td class="num"><bdi>{escape(text)}</bdi></td>'

    alt = f"{line.label}, {say('course', language)}"
    return (
        f'<tr data-kpi="{line.key}"><td>{escape(line.label)}</td>'
        f'<td class="num"><b>{escape(value_text(line, language))}</b></td>'
        f'<td class="num">{escape(interval_text(line, language))}</td>{cell(line.n.shown(language))}'
        f'<td class="num">{escape(target_text(line, language))}</td>{cell(line.before.shown(language))}'
        f"{cell(line.change.shown(language))}<td>{course_svg(line.course, line.tone, alt)}</td>"
        f'<td class="{line.tone}">{escape(line.says)}</td></tr>'
    )


def _table(table: Table, language: str) -> str:
    wide = ' class="wide"' if len(table.columns) > 5 else ""
    if not table.rows:
        nothing = escape(say("nothing", language))
        return f'<div{wide}><h2>{escape(table.title)}</h2><p class="sub">{nothing}</p></div>'
    kinds = ["num" if column.numeric else "" for column in table.columns]
    head = "".join(
        f'<th scope="col" class="{kind}">{escape(column.title)}</th>'
        for kind, column in zip(kinds, table.columns, strict=True)
    )
    rows = "".join(
        "<tr>"
        + "".join(
            f'<td class="{kind}"><bdi>{escape(cell.shown(language))}</bdi></td>'
            for kind, cell in zip(kinds, row, strict=True)
        )
        + "</tr>"
        for row in table.rows
    )
    return (
        f"<div{wide}><h2>{escape(table.title)}</h2><table><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )
