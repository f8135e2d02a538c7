"""Write a matrix as Markdown: a pipe table, and its quotes below."""

import re
from collections.abc import Iterable

from qda.formats.matrix_files import words
from qda.formats.matrix_files.view import View

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$&!])")
_LINE_START = re.compile(r"^(\s*)(?:([-+=>:])|(\d{1,9})([.)]))")


def markdown_text(view: View) -> str:
    """Return the document in CommonMark with a GitHub table."""
    count = len(view.columns)
    labels = [view.corner, *(one.label for one in view.columns), "N"]
    aligned = "---" if view.shows_words else "---:"
    lines = [
        f"# {_line(view.title)}",
        "",
        _line(view.about),
        "",
        _row(_line(label) for label in labels),
        _row(["---", *[aligned] * count, "---:"]),
    ]
    for at, row in enumerate(view.rows):
        cells = [_cell(view, at, column) for column in range(count)]
        lines.append(_row([f"**{_line(row.label)}**", *cells, _n(view, at)]))
    totals = [
        "" if one.beside else f"{one.n.segments} ({view.small_n(one.n)})" for one in view.columns
    ]
    total = view.export.matrix.total
    lines += [_row(["N", *totals, f"{total.segments} ({view.small_n(total)})"]), ""]
    for note in (view.say(words.N_LEGEND_PLAIN), *view.notes):
        lines += [f"- {_line(note)}"]
    if not view.shows_quotes:
        lines += _quotes(view)
    return "\n".join(lines).rstrip("\n") + "\n"


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _n(view: View, row: int) -> str:
    n = view.rows[row].n
    return f"{n.segments} ({view.small_n(n)})"


def _cell(view: View, row: int, column: int) -> str:
    if not view.shows_quotes or not view.columns[column].counted:
        below = view.below(row, column)
        return _line(view.text(row, column)) + (f" ({below})" if below else "")
    return "<br><br>".join(
        f"{_broken(view.quoted(one))} {_line(view.attribution(one))}".strip()
        for one in view.quotes(row, column)
    )


def _quotes(view: View) -> list[str]:
    """Return the quotes under the headings of their row and column."""
    lines = ["", f"## {_line(view.say(words.SHEET_QUOTES))}"]
    for _at, row, cells in view.sections():
        lines += ["", f"### {_line(row.label)}"]
        for _place, column, quotes in cells:
            lines += ["", f"#### {_line(column.label)}"]
            for one in quotes:
                said = one.lead + "\n> ".join(_hard(view.quoted(one.quote)))
                lines += ["", f"> {said} {_line(view.attribution(one.quote))}".rstrip()]
    return lines


def _hard(text: str) -> list[str]:
    """Return the lines of a text, each but the last ending in a hard break."""
    lines = [_line(line) for line in text.split("\n") if line.strip()]
    return [line + "\\" for line in lines[:-1]] + lines[-1:]


def _broken(text: str) -> str:
    return "<br>".join(_line(line) for line in text.split("\n") if line.strip())


def _line(text: str) -> str:
    escaped = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _LINE_START.sub(_escaped_start, escaped)


def _escaped_start(match: re.Match[str]) -> str:
    if match[2]:
        return f"{match[1]}\\{match[2]}"
    return f"{match[1]}{match[3]}\\{match[4]}"
