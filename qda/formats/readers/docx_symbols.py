"""Characters of symbol fonts, as Unicode has them."""

_PRIVATE = 0xF000
_WINGDINGS = {
    0x28: "☎", 0x2A: "✉", 0x36: "⌛", 0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x6C: "●", 0x6E: "■",
    0x6F: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x9E: "·", 0x9F: "•", 0xA7: "▪",
    0xA8: "◻", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xF0: "⇨",
    0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_SYMBOL = {
    0x2D: "−", 0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓",
    0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡",
    0xBB: "≈", 0xBC: "…", 0xDE: "⇒", 0xDB: "⇔", 0xD6: "√", 0xE5: "∑",
}  # fmt: skip
_GREEK = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"


def symbol(font: str, code: str) -> str:
    """Return the character `code` (hexadecimal) of `font`, as it is where it is unknown."""
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    if not 0 < point <= 0x10FFFF or 0xD800 <= point <= 0xDFFF:
        return ""
    low = point - _PRIVATE if _PRIVATE <= point <= _PRIVATE + 0xFF else point
    if font.lower() == "wingdings":
        return _WINGDINGS.get(low, chr(point))
    return _greek(low, point) if font.lower() == "symbol" else chr(point)


def _greek(low: int, point: int) -> str:
    if ord("a") <= low <= ord("z"):
        return _GREEK[low - ord("a")]
    if ord("A") <= low <= ord("Z"):
        return _GREEK[low - ord("A")].upper()
    return _SYMBOL.get(low, chr(low) if 0x20 <= low < 0x7F else chr(point))
