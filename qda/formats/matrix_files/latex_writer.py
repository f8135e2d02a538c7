r"""Write a matrix as a LaTeX document of standard packages, ready to be taken into a report.

It compiles with pdfLaTeX, XeLaTeX and LuaLaTeX. What pdfLaTeX has no letter for is declared in the
preamble, so that it never stops the run.
"""

import re
import unicodedata
from collections.abc import Iterator

from qda.formats.matrix_files import words
from qda.formats.matrix_files.page import MARGIN_MM, Part, divide
from qda.formats.matrix_files.view import Line, View
from qda.model.matrix import MatrixCount

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
    "%": r"\%", "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
    "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}", '"': r"\textquotedbl{}",
    "'": r"\textquotesingle{}", "`": r"\textasciigrave{}",
    "\u00a0": "~", "\u202f": r"\,", "\u00ad": r"\-", "\t": " ", "\u200b": "", "\ufeff": "",
    "\u2028": " ", "\u2029": " ",
}  # fmt: skip
_TABLE = str.maketrans(_SPECIAL)
_KNOWN = frozenset("–—…«»‹›“”‘’‚„•·×÷±°§¶©®™€£¥½¼¾²³¹ºª†‡‰ªµ¬¡¿¢¤¦¨¯´¸ßÿŸŒœŠšŽžĐđŁł")
_SYMBOLS = {
    0x2265: r"\ensuremath{\geq}", 0x2264: r"\ensuremath{\leq}", 0x2212: r"\ensuremath{-}",
    0x2248: r"\ensuremath{\approx}", 0x2260: r"\ensuremath{\neq}",
    0x2192: r"\ensuremath{\rightarrow}",
    0x221E: r"\ensuremath{\infty}", 0x2010: "{-}", 0x2011: "{-}", 0x2002: " ", 0x2003: " ",
    0x2009: r"\,", 0x200D: "", 0xFE0F: "",
}  # fmt: skip
_PREAMBLE = r"""\documentclass[a4paper,10pt]{article}
\usepackage{iftex}
\ifPDFTeX
  \usepackage[utf8]{inputenc}
  \usepackage[T1]{fontenc}
  \usepackage{textcomp}
  \usepackage{lmodern}
\fi
\usepackage[landscape,margin=%gmm]{geometry}
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
_TABCOL_MM = 3.52
_HTML_COLOR = re.compile(r"#([0-9a-fA-F]{6})")


def latex_text(view: View) -> str:
    """Return the document: the table, in parts where it is wide, the notes, and the quotes."""
    body = [
        r"\begin{document}",
        rf"\section*{{{_escape(view.title)}}}",
        _escape(view.about),
        "",
    ]
    parts = divide(view)
    for number, part in enumerate(parts, start=1):
        body += _table(view, part)
        if number < len(parts):
            body.append("")
    body += [r"\medskip", r"{\small"]
    body += [_escape(note) + r"\par" for note in (view.say(words.N_LEGEND), *view.notes)]
    body += ["}"]
    if not view.shows_quotes:
        body += _quotes(view)
    text = "\n".join([*body, r"\end{document}"]) + "\n"
    return _PREAMBLE % MARGIN_MM + _declarations(text) + text


def _table(view: View, part: Part) -> Iterator[str]:
    kind = "L" if view.shows_quotes else "R"
    kinds = ["L", *[kind] * len(part.columns), *(["R"] if part.with_n else [])]
    columns = "".join(
        f"{letter}{{{max(width - _TABCOL_MM, 8):.1f}mm}}"
        for letter, width in zip(kinds, part.widths, strict=True)
    )
    heads = [_escape(view.corner)]
    if view.spec.sort_by:
        heads[0] += _small(_escape(view.say(words.sorted_by(view.spec.sort_by))))
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
            label += _small(_escape(value if isinstance(value, str) else view.number(value)))
        cells = [label, *(_cell(view, at, place) for place in part.columns)]
        yield " & ".join([*cells, *([_n(view, row.n)] if part.with_n else [])]) + r" \\"
    totals = ["N", *(_n(view, view.columns[place].n) for place in part.columns)]
    totals += [_n(view, view.export.matrix.total)] if part.with_n else []
    yield r"\midrule " + " & ".join(totals) + r" \\"
    yield r"\end{longtable}"


def _heading(line: Line) -> str:
    color = _HTML_COLOR.fullmatch(line.color)
    swatch = rf"\swatch{{{color[1].upper()}}}" if color else ""
    return swatch + _escape(line.label).replace("/", r"/\allowbreak{}")


def _small(text: str) -> str:
    return rf"\newline{{\footnotesize\mdseries {text}}}"


def _n(view: View, n: MatrixCount) -> str:
    return f"{n.segments}" + _small(_escape(view.small_n(n)))


def _cell(view: View, row: int, column: int) -> str:
    if not view.shows_quotes:
        return _escape(view.text(row, column))
    return r"\par ".join(
        f"{_lines(view.quoted(one))} {_escape(view.attribution(one))}".strip()
        for one in view.quotes(row, column)
    )


def _quotes(view: View) -> Iterator[str]:
    yield r"\clearpage"
    yield rf"\section*{{{_escape(view.say(words.SHEET_QUOTES))}}}"
    for at, row in enumerate(view.rows):
        if not row.n.segments:
            continue
        yield rf"\subsection*{{{_heading(row)}}}"
        for place, column in enumerate(view.columns):
            quotes = view.quotes(at, place)
            if not quotes:
                continue
            yield rf"\subsubsection*{{{_heading(column)}}}"
            for one in quotes:
                yield r"\begin{quote}"
                yield f"{_lines(view.quoted(one))} {_escape(view.attribution(one))}".strip()
                yield r"\end{quote}"


def _lines(text: str) -> str:
    """Escape a text whose line breaks stay."""
    return r"\newline ".join(_escape(line) for line in text.split("\n") if line.strip())


def _escape(text: str) -> str:
    escaped = unicodedata.normalize("NFC", text).replace("\n", " ").translate(_TABLE)
    return escaped.replace("--", "-{}-").replace("--", "-{}-")


def _declarations(text: str) -> str:
    """Declare what pdfLaTeX does not know: a symbol, or the code point in a small box."""
    unknown = sorted({one for one in text if ord(one) > 0xFF and one not in _KNOWN})
    unknown = [one for one in unknown if not 0x100 <= ord(one) <= 0x17F]
    lines = [
        rf"  \DeclareUnicodeCharacter{{{ord(one):04X}}}"
        f"{{{_SYMBOLS.get(ord(one), _boxed(one))}}}"
        for one in unknown
    ]
    return "\n".join([r"\ifPDFTeX", *lines, r"\fi", ""]) if lines else ""


def _boxed(character: str) -> str:
    return rf"{{\footnotesize\ttfamily [U+{ord(character):04X}]}}"
