r"""Write a matrix as a LaTeX document of standard packages, ready to be taken into a report.

It compiles with pdfLaTeX, XeLaTeX and LuaLaTeX. What pdfLaTeX has no letter for is declared in the
preamble, so that it never stops the run.
"""

import re
from collections.abc import Iterator

from qda.formats.latex_parts import ENGINES, declarations, escape
from qda.formats.matrix_files import words
from qda.formats.matrix_files.page import MARGIN_MM, Part, divide
from qda.formats.matrix_files.view import Line, View
from qda.model.matrix import MatrixCount

_PREAMBLE = (
    r"\documentclass[a4paper,10pt]{article}"
    + ENGINES
    + r"""\usepackage[landscape,margin=%gmm]{geometry}
\usepackage{array}
\usepackage{booktabs}
\usepackage{longtable}
\usepackage{xcolor}
\setlength{\parindent}{0pt}
\setlength{\parskip}{4pt}
\setlength{\tabcolsep}{5pt}
\renewcommand{\arraystretch}{1.25}
\newcolumntype{L}[1]{>{\raggedright\arraybackslash}p{#1}}
\newcolumntype{R}[1]{>{\raggedleft\arraybackslash}p{#1}}
\newcommand{\swatch}[1]{\textcolor[HTML]{#1}{\rule{1.4ex}{1.4ex}}~}
"""
)
_TABCOL_MM = 3.52
_HTML_COLOR = re.compile(r"#([0-9a-fA-F]{6})")


def latex_text(view: View) -> str:
    """Return the document: the table, in parts where it is wide, the notes, and the quotes."""
    body = [
        r"\begin{document}",
        rf"\section*{{{escape(view.title)}}}",
        escape(view.about),
        "",
    ]
    parts = divide(view)
    for number, part in enumerate(parts, start=1):
        body += _table(view, part)
        if number < len(parts):
            body.append("")
    body += [r"\medskip", r"{\small"]
    body += [escape(note) + r"\par" for note in (view.say(words.N_LEGEND), *view.notes)]
    body += ["}"]
    if not view.shows_quotes:
        body += _quotes(view)
    text = "\n".join([*body, r"\end{document}"]) + "\n"
    return _PREAMBLE % MARGIN_MM + declarations(text) + text


def _table(view: View, part: Part) -> Iterator[str]:
    kind = "L" if view.shows_words else "R"
    kinds = ["L", *[kind] * len(part.columns), *(["R"] if part.with_n else [])]
    columns = "".join(
        f"{letter}{{{max(width - _TABCOL_MM, 8):.1f}mm}}"
        for letter, width in zip(kinds, part.widths, strict=True)
    )
    heads = [escape(view.corner)]
    if view.spec.sort_by:
        heads[0] += _small(escape(view.say(words.sorted_by(view.spec.sort_by))))
    heads += [_heading(view.columns[at]) for at in part.columns]
    heads += ["N"] if part.with_n else []
    head = " & ".join(rf"\textbf{{{one}}}" for one in heads) + r" \\"
    yield rf"\begin{{longtable}}{{@{{}}{columns}@{{}}}}"
    yield rf"\toprule {head} \midrule \endfirsthead"
    yield rf"\toprule {head} \midrule \endhead"
    yield r"\bottomrule \endfoot"
    for at, row in enumerate(view.rows):
        label = rf"\textbf{{{_heading(row)}}}"
        if row.sort_value is not None:
            value = row.sort_value
            label += _small(escape(value if isinstance(value, str) else view.number(value)))
        cells = [label, *(_cell(view, at, place) for place in part.columns)]
        yield " & ".join([*cells, *([_n(view, row.n)] if part.with_n else [])]) + r" \\"
    totals = ["N", *(_total(view, view.columns[place]) for place in part.columns)]
    totals += [_n(view, view.export.matrix.total)] if part.with_n else []
    yield r"\midrule " + " & ".join(totals) + r" \\"
    yield r"\end{longtable}"


def _heading(line: Line) -> str:
    color = _HTML_COLOR.fullmatch(line.color)
    swatch = rf"\swatch{{{color[1].upper()}}}" if color else ""
    return swatch + escape(line.label).replace("/", r"/\allowbreak{}")


def _small(text: str) -> str:
    return rf"\newline{{\footnotesize\mdseries {text}}}"


def _n(view: View, n: MatrixCount) -> str:
    return f"{n.segments}" + _small(escape(view.small_n(n)))


def _total(view: View, column: Line) -> str:
    return "" if column.beside is not None else _n(view, column.n)


def _cell(view: View, row: int, column: int) -> str:
    if not view.shows_quotes or not view.columns[column].counted:
        below = view.below(row, column)
        return escape(view.text(row, column)) + (_small(escape(below)) if below else "")
    return r"\par ".join(
        f"{_lines(view.quoted(one))} {escape(view.attribution(one))}".strip()
        for one in view.quotes(row, column)
    )


def _quotes(view: View) -> Iterator[str]:
    yield r"\clearpage"
    yield rf"\section*{{{escape(view.say(words.SHEET_QUOTES))}}}"
    for _at, row, cells in view.sections():
        yield rf"\subsection*{{{_heading(row)}}}"
        for _place, column, quotes in cells:
            yield rf"\subsubsection*{{{_heading(column)}}}"
            for one in quotes:
                yield r"\begin{quote}"
                said, who = _lines(view.quoted(one.quote)), escape(view.attribution(one.quote))
                yield f"{escape(one.lead)}{said} {who}".strip()
                yield r"\end{quote}"


def _lines(text: str) -> str:
    """Escape a text whose line breaks stay."""
    return r"\newline ".join(escape(line) for line in text.split("\n") if line.strip())
