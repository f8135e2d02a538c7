"""Write a matrix as one HTML page that needs nothing else; every number leads to its quotes.

The quotes stand by row and, within it, by column. The number of a column leads to a line above them
that, while it is the target, hides what is of other columns.
"""

import re
from collections.abc import Iterator
from html import escape

from qda.formats.matrix_files import words
from qda.formats.matrix_files.courses import as_svg
from qda.formats.matrix_files.view import Line, View
from qda.model.matrix import MatrixCount, Quote

_ALL = "quotes"
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_STYLE = """
:root { color-scheme: light dark; --ink: #22252a; --muted: #6e7178; --paper: #fff; --line: #e2e0da;
  --pane: #f3f2ee; --accent: #1f5f73; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e4df; --muted: #989ba1; --paper: #1f2225; --line: #33373c; --pane: #222529;
    --accent: #7fc4d6; } }
body { margin: 0; padding: 2.5rem 2rem 5rem; background: var(--paper); color: var(--ink);
  font: 0.95rem/1.5 "Noto Sans", "Segoe UI", system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.6rem; }
h2 { margin: 3rem 0 0; font-size: 1.3rem; }
h3 { margin: 2rem 0 0; padding-top: .6rem; border-top: 1px solid var(--line); font-size: 1.1rem; }
h4 { margin: 1.2rem 0 .4rem; font-size: .95rem; }
.about, .notes, .n { color: var(--muted); }
.about { margin: .25rem 0 1.5rem; }
.notes { margin: 1rem 0 0; padding-left: 1.1rem; font-size: .88rem; max-width: 60rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { padding: .45rem .9rem; border-bottom: 1px solid var(--line); vertical-align: top;
  text-align: right; font-variant-numeric: tabular-nums; }
thead th { vertical-align: bottom; border-bottom: 2px solid var(--ink); background: var(--paper); }
tbody th, thead th:first-child, tfoot th { text-align: left; position: sticky; left: 0;
  background: var(--paper); }
tfoot th, tfoot td { border-bottom: 0; font-weight: normal; }
thead th.group { text-align: center; border-bottom: 1px solid var(--line); }
thead td { border-bottom: 0; }
td a { color: inherit; text-decoration: none; }
td a:hover, td a:focus { color: var(--accent); text-decoration: underline; }
td.text, td.word, table.quotes thead th { text-align: left; }
td.word small { white-space: normal; max-width: 22rem; }
td.text { min-width: 16rem; font-family: Georgia, "Noto Serif", serif; }
td.text p { margin: 0 0 .7em; }
small { display: block; white-space: nowrap; }
.marker { display: inline-block; width: .7em; height: .7em; margin-right: .45em;
  border-radius: .15em; }
blockquote { margin: .5rem 0; padding-left: .9rem; border-left: 3px solid var(--line);
  max-width: 44rem; font-family: Georgia, "Noto Serif", serif; white-space: pre-line; }
.only { display: none; }
.only:target { display: block; }
.who { color: var(--muted); font: .88em "Noto Sans", "Segoe UI", system-ui, sans-serif; }
@media print { @page { size: A4 landscape; margin: 15mm; } body { padding: 0; font-size: 9.5pt; }
  thead { display: table-header-group; } tr, blockquote { break-inside: avoid; }
  h3, h4 { break-after: avoid; } .wide { overflow: visible; } }
"""


def html_text(view: View) -> str:
    """Return the page: the table, the notes, and the quotes by row and column."""
    kind = ' class="quotes"' if view.shows_words else ""
    links = _Links(view)
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{escape(view.language)}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(view.title)}</title>",
        f"<style>{_STYLE}{''.join(links.rules())}</style>",
        "</head>",
        "<body>",
        "<main>",
        f"<h1>{escape(view.title)}</h1>",
        f'<p class="about">{escape(view.about)}</p>',
        '<div class="wide">',
        f"<table{kind}>",
        *_head(view),
        *_body(view, links),
        *_foot(view, links),
        "</table>",
        "</div>",
        '<ul class="notes">',
        *(f"<li>{escape(note)}</li>" for note in (view.say(words.N_LEGEND), *view.notes)),
        "</ul>",
    ]
    if not view.shows_quotes:
        lines += _quotes(view, links)
    return "\n".join([*lines, "</main>", "</body>", "</html>"]) + "\n"


def _head(view: View) -> Iterator[str]:
    groups = view.groups(range(len(view.columns)))
    corner = escape(view.corner)
    if view.spec.sort_by:
        sorted_by = escape(view.say(words.sorted_by(view.spec.sort_by)))
        corner += f'<small class="n">{sorted_by}</small>'
    yield "<thead>"
    if groups:
        outer = "".join(
            f'<th scope="colgroup" colspan="{span}" class="group">{escape(name)}</th>'
            if name
            else f'<td colspan="{span}"></td>'
            for name, span in groups
        )
        yield f"<tr><td></td>{outer}<td></td></tr>"
    yield f'<tr><th scope="col">{corner}</th>'
    for at, column in enumerate(view.columns):
        label = _marker(column) + escape(view.inner_label(at))
        border = f' style="border-bottom-color:{column.color}"' if _colored(column) else ""
        yield f'<th scope="col"{border}>{label}</th>'
    yield '<th scope="col" class="n">N</th>'
    yield "</tr></thead>"


def _body(view: View, links: "_Links") -> Iterator[str]:
    yield "<tbody>"
    for at, row in enumerate(view.rows):
        label = _marker(row) + escape(row.label)
        if row.sort_value is not None:
            value = row.sort_value
            text = value if isinstance(value, str) else view.number(value)
            label += f'<small class="n">{escape(text)}</small>'
        cells = "".join(_cell(view, links, at, place) for place in range(len(view.columns)))
        yield f'<tr><th scope="row">{label}</th>{cells}{_n(view, row.n, links.of_row(at))}</tr>'
    yield "</tbody>"


def _foot(view: View, links: "_Links") -> Iterator[str]:
    cells = "".join(
        "<td></td>" if column.beside else _n(view, column.n, links.of_column(at))
        for at, column in enumerate(view.columns)
    )
    yield '<tfoot><tr><th scope="row" class="n">N</th>'
    yield f"{cells}{_n(view, view.export.matrix.total, links.of_all())}</tr></tfoot>"


def _n(view: View, n: MatrixCount, link: str = "") -> str:
    number = _linked(str(n.segments), link)
    return f'<td class="n">{number}<small>{view.small_n(n)}</small></td>'


def _linked(text: str, link: str) -> str:
    return f'<a href="#{link}">{text}</a>' if link else text


class _Links:
    """Where the numbers of lines lead; empty where no quotes stand behind them."""

    def __init__(self, view: View) -> None:
        """Find which rows and columns have quotes below the table."""
        places = () if view.shows_quotes else range(len(view.columns))
        has = [
            (row, column)
            for row in range(len(view.rows))
            for column in places
            if view.quotes(row, column)
        ]
        self._view = view
        self._rows = {row for row, _column in has}
        self.columns = sorted({column for _row, column in has})

    def of_all(self) -> str:
        """Return where all quotes stand."""
        return _ALL if self.columns else ""

    def of_row(self, row: int) -> str:
        """Return where the quotes of a whole row stand."""
        if self._view.rows[row].total:
            return self.of_all()
        return _row_anchor(row) if row in self._rows else ""

    def of_column(self, column: int) -> str:
        """Return where the quotes of a whole column are shown, without the others."""
        if self._view.columns[column].total:
            return self.of_all()
        return _column_anchor(column) if column in self.columns else ""

    def rules(self) -> Iterator[str]:
        """Yield the rules that hide the quotes of other columns; rows that are left empty too."""
        for at in self.columns:
            target = f"#{_column_anchor(at)}:target ~ section"
            yield f"{target} > div:not(.{_column_class(at)}) {{ display: none; }}\n"
            # In a rule of its own: a browser that does not know it leaves the whole rule out.
            yield f"{target}:not(:has(> .{_column_class(at)})) {{ display: none; }}\n"


def _cell(view: View, links: _Links, row: int, column: int) -> str:
    if view.shows_quotes and view.columns[column].counted:
        quotes = "".join(f"<p>{_quote(view, one)}</p>" for one in view.quotes(row, column))
        return f'<td class="text">{quotes}</td>'
    text = escape(view.text(row, column))
    if months := view.months(row, column):
        last = escape(view.number(months[-1][1]))
        return f"<td>{as_svg(months, view.text(row, column))} {last}</td>"
    if view.quotes(row, column):
        text = _linked(text, _anchor(row, column))
    elif view.rows[row].total and view.columns[column].beside is None:
        text = _linked(text, links.of_column(column))
    elif view.columns[column].total:
        text = _linked(text, links.of_row(row))
    below = view.below(row, column)
    count = f'<small class="n">{escape(below)}</small>' if below else ""
    if view.shows_words and view.columns[column].counted:
        kind = "text" if view.shows_texts else "word"
        return f'<td class="{kind}">{text}{count}</td>'
    return f"<td>{text}{count}</td>"


def _quote(view: View, quote: Quote) -> str:
    text = escape(view.quoted(quote))
    who = escape(view.attribution(quote))
    return f'{text} <span class="who">{who}</span>' if who else text


def _quotes(view: View, links: "_Links") -> Iterator[str]:
    yield f'<h2 id="{_ALL}">{escape(view.say(words.SHEET_QUOTES))}</h2>'
    for at in links.columns:
        column = view.columns[at]
        label = f"{_marker(column)}{escape(column.label)}"
        shown = escape(view.say(words.ONLY_COLUMN))
        back = escape(view.say(words.SHOW_ALL))
        yield (
            f'<p class="only" id="{_column_anchor(at)}"><strong>{label}</strong> · {shown} '
            f'<a href="#{_ALL}">{back}</a></p>'
        )
    for at, row, cells in view.sections():
        yield f'<section><h3 id="{_row_anchor(at)}">{escape(row.label)}</h3>'
        for place, column, quotes in cells:
            yield f'<div class="{_column_class(place)}">'
            yield f'<h4 id="{_anchor(at, place)}">{_marker(column)}{escape(column.label)}</h4>'
            for one in quotes:
                yield f"<blockquote>{escape(one.lead)}{_quote(view, one.quote)}</blockquote>"
            yield "</div>"
        yield "</section>"


def _column_anchor(column: int) -> str:
    return f"column-{column + 1}"


def _column_class(column: int) -> str:
    return f"c{column + 1}"


def _row_anchor(row: int) -> str:
    return f"row-{row + 1}"


def _anchor(row: int, column: int) -> str:
    return f"cell-{row + 1}-{column + 1}"


def _colored(line: Line) -> bool:
    return bool(_COLOR.fullmatch(line.color))


def _marker(line: Line) -> str:
    if not _colored(line):
        return ""
    return f'<span class="marker" style="background:{line.color}" aria-hidden="true"></span>'
