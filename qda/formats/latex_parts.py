"""What every LaTeX file needs: escaped text, and letters that pdfLaTeX does not know."""

import unicodedata

ENGINES = r"""
\usepackage{iftex}
\ifPDFTeX
  \usepackage[utf8]{inputenc}
  \usepackage[T1]{fontenc}
  \usepackage{textcomp}
  \usepackage{lmodern}
\fi
"""
"""What makes a preamble fit pdfLaTeX as well as XeLaTeX and LuaLaTeX; it begins on a new line."""
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
    0x2192: r"\ensuremath{\rightarrow}", 0x03C1: r"\ensuremath{\rho}",
    0x221E: r"\ensuremath{\infty}", 0x2010: "{-}", 0x2011: "{-}", 0x2002: " ", 0x2003: " ",
    0x2009: r"\,", 0x200D: "", 0xFE0F: "",
}  # fmt: skip


def escape(text: str) -> str:
    """Return a text on one line as LaTeX prints it."""
    escaped = unicodedata.normalize("NFC", text).replace("\n", " ").translate(_TABLE)
    return escaped.replace("--", "-{}-").replace("--", "-{}-")


def declarations(text: str) -> str:
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
