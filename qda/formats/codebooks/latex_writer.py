r"""Write a codebook as a LaTeX document of standard packages, for the appendix of a report.

It compiles with pdfLaTeX, XeLaTeX and LuaLaTeX.
"""

from qda.formats.codebooks.labels import labelled_texts, subtitle, title
from qda.formats.latex_parts import ENGINES, declarations, escape
from qda.model.codebook import Codebook, CodebookCode
from qda.model.messages import Translate

_PREAMBLE = (
    r"\documentclass[a4paper,11pt]{article}"
    + ENGINES
    + r"""\usepackage[margin=24mm]{geometry}
\usepackage{xcolor}
\setlength{\parindent}{0pt}
\setlength{\parskip}{6pt}
\newcommand{\swatch}[1]{\textcolor[HTML]{#1}{\rule{1.4ex}{1.4ex}}~}
"""
)
_SECTIONS = ("section", "subsection", "subsubsection", "paragraph", "subparagraph")


def latex_text(codebook: Codebook, translate: Translate) -> str:
    """Return the document: a section for each code, those below it a level down."""
    body = [
        r"\begin{document}",
        rf"{{\Large\bfseries {escape(title(codebook, translate))}\par}}",
        escape(subtitle(codebook, translate)) + r"\par",
        *_paragraphs(codebook.description),
    ]
    for path, code in codebook.walk():
        body.append(_heading(code, len(path)))
        for label, text in labelled_texts(code, translate):
            first, *others = _paragraphs(text)
            body += [rf"\textbf{{{escape(label)}:}} {first}", *others]
    text = "\n\n".join([*body, r"\end{document}"]) + "\n"
    return _PREAMBLE + declarations(text) + text


def _heading(code: CodebookCode, depth: int) -> str:
    level = _SECTIONS[min(depth, len(_SECTIONS)) - 1]
    name = escape(code.name)
    marker = rf"\swatch{{{code.color[1:].upper()}}}" if code.color else ""
    # What goes to the table of contents is the name alone.
    return rf"\{level}*{{{marker}{name}}}"


def _paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text; its single line breaks stay."""
    return [
        r" \\ ".join(escape(line) for line in part.split("\n") if line.strip())
        for part in text.split("\n\n")
        if part.strip()
    ]
