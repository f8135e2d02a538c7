"""How wide words are, so that they can be set out where no font is at hand.

The widths are those of Helvetica (Adobe Font Metrics, in thousandths of the size) by groups of
characters, with a margin: the faces that a picture is shown in differ a little.
"""

_WIDE = {
    **dict.fromkeys("ijl'|.,:;!Iíìï·", 278),
    **dict.fromkeys("frt()[]/\\-\u2010\u2013 ", 333),
    **dict.fromkeys("ckszvxyJ", 500),
    **dict.fromkeys("mMW%@", 889),
    **dict.fromkeys("wæÆ…\u2014", 778),
    **dict.fromkeys("ABEKPSVXYÅÄ&", 667),
    **dict.fromkeys("CDHNRUGOQØÖ", 750),
}
_USUAL = 567
_BOLD = 1.07
_MARGIN = 1.14
_ROUNDING = 0.01


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return about how wide a line of text is at a size, rather too wide than too narrow."""
    thousandths = sum(_WIDE.get(one, _USUAL) for one in text)
    return thousandths / 1000 * size * _MARGIN * (_BOLD if bold else 1.0)


def elided(text: str, size: float, width: float, *, bold: bool = False) -> str:
    """Return the text, cut and marked with `…` where it is wider than `width`."""
    width += _ROUNDING
    if width_of(text, size, bold=bold) <= width:
        return text
    for end in range(len(text) - 1, 0, -1):
        cut = text[:end].rstrip() + "…"
        if width_of(cut, size, bold=bold) <= width:
            return cut
    return "…"


def widest(texts: list[str], size: float, *, bold: bool = False) -> float:
    """Return the width of the widest of some lines."""
    return max((width_of(text, size, bold=bold) for text in texts), default=0.0)


def wrapped(text: str, size: float, width: float) -> list[str]:
    """Return the text in lines no wider than `width`, but for a single word that is."""
    lines: list[str] = []
    for word in text.split():
        if lines and width_of(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
