"""The colours that codes start from: a series that colour-blind readers can tell apart.

Every two of them differ by at least 6 (CIEDE2000) to readers without red or green cones, by
simulation (Machado, Oliveira and Fernandes 2009); all but two pairs by 8 or more.
"""

import colorsys
import re
from collections.abc import Iterable

SERIES = (
    "#3f6fa8", "#228b4b", "#9a3c7a", "#d9573f", "#b8930b", "#5c99d6",
    "#624918", "#a88f8a", "#2b4950", "#463d34", "#788a9b", "#4e6a5c",
)  # fmt: skip
PATTERN = re.compile(r"#[0-9a-f]{6}")


def is_color(text: str) -> bool:
    """Tell whether a text is a colour as the project keeps it: `#rrggbb` in lower case."""
    return PATTERN.fullmatch(text) is not None


def next_color(used: Iterable[str]) -> str:
    """Return the colour of the series that is used least, the first of them."""
    counts: dict[str, int] = dict.fromkeys(SERIES, 0)
    for color in used:
        if color.lower() in counts:
            counts[color.lower()] += 1
    return min(SERIES, key=lambda color: counts[color])


def shade(color: str, number: int) -> str:
    """Return a shade of a parent's colour for its `number`-th subcode, counted from 0."""
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, light, strength = colorsys.rgb_to_hls(red, green, blue)
    lighter = min(0.62, light + 0.08 + 0.05 * (number % 4))
    shaded = colorsys.hls_to_rgb(hue, lighter, strength * 0.85)
    return "#" + "".join(f"{round(part * 255):02x}" for part in shaded)
