"""Code points, which everything here counts in, and UTF-16 units, which Qt counts in."""

import re
from bisect import bisect_left

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Utf16Map:
    """Convert offsets of one text between Unicode code points and UTF-16 units.

    Only characters beyond U+FFFF take two units, so the map keeps just their places; a text
    without them is its own map.
    """

    __slots__ = ("_astral", "_astral_units", "_points", "identity")

    def __init__(self, text: str) -> None:
        """Note where `text` has characters of two units."""
        self._points = len(text)
        # Encoding tells ten times sooner than searching that there are none.
        plain = text.isascii() or len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text)
        self._astral = [] if plain else [hit.start() for hit in _ASTRAL.finditer(text)]
        self._astral_units = [offset + index for index, offset in enumerate(self._astral)]
        self.identity = not self._astral
        """Whether both ways of counting agree on every offset of the text."""

    @property
    def points(self) -> int:
        """Return the length of the text in code points."""
        return self._points

    @property
    def units(self) -> int:
        """Return the length of the text in UTF-16 units."""
        return self._points + len(self._astral)

    def to_utf16(self, offset: int) -> int:
        """Return the offset in UTF-16 units of a code point offset."""
        if self.identity:
            return offset
        return offset + bisect_left(self._astral, offset)

    def to_points(self, offset: int) -> int:
        """Return the code point offset of an offset in UTF-16 units.

        An offset between the two units of one character counts as the start of that character.
        """
        if self.identity:
            return offset
        return offset - bisect_left(self._astral_units, offset)
