"""Colours of codes and what becomes of them on paper: bands, contrast, the series for new codes."""

import colorsys
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from qda.model.shades import contrast, mix, rgb, to_hex
from qda.operations.colors import SERIES

if TYPE_CHECKING:
    from qda.gui.theme import Theme

CODE_COLORS: tuple[str, ...] = tuple(color.upper() for color in SERIES)
"""What new codes are coloured with, in turn."""
_ON_DARK = dict(
    zip(
        CODE_COLORS,
        (
            "#5F88D3", "#3FB679", "#D19FC0", "#E25F32", "#F3B630", "#82ADED",
            "#E9D2A5", "#B9AAA7", "#C7DDE6", "#DED8CF", "#7C8A98", "#63927A",
        ),
        strict=True,
    )
)  # fmt: skip
"""How the series is shown on dark paper: of like hue, and as far apart to the colour-blind."""

INK_CONTRAST = 7.0
MUTED_CONTRAST = 4.5
_DARK_CODE_CONTRAST = 6.5
_DARK_SATURATION = 0.58
_NEUTRAL = "#808080"


@lru_cache(maxsize=2048)
def code_color(color: str, theme: "Theme") -> str:
    """Return a code's colour as it is shown: lightened for dark paper, else as it is.

    A colour that cannot be read is shown as grey.
    """
    shown = color.upper() if is_color(color) else _NEUTRAL
    if not theme.dark:
        return shown
    if shown in _ON_DARK:
        return _ON_DARK[shown]
    hue, lightness, saturation = colorsys.rgb_to_hls(*rgb(shown))
    saturation = min(_DARK_SATURATION, saturation * 1.3)
    while contrast(shown, theme.paper) < _DARK_CODE_CONTRAST and lightness < 1.0:
        lightness = min(1.0, lightness + 0.01)
        shown = to_hex(colorsys.hls_to_rgb(hue, lightness, saturation))
    return shown


@lru_cache(maxsize=2048)
def subcode_color(color: str, theme: "Theme") -> str:
    """Return the paler tint that marks a code below another one in a tree."""
    return mix(code_color(color, theme), theme.pane, 0.55)


def band_color(colors: Sequence[str], theme: "Theme") -> str:
    """Return what the paper is tinted with under text that is coded with `colors`.

    Every coding lays a tint of the theme's strength over the others, so that depth shows. The
    tint stays so weak that ink keeps 7:1 and muted ink 4.5:1 on it.
    """
    return _band(tuple(sorted(colors)), theme) if colors else theme.paper


@lru_cache(maxsize=8192)
def _band(colors: tuple[str, ...], theme: "Theme") -> str:
    parts = [rgb(code_color(color, theme)) for color in colors]
    count = len(parts)
    red, green, blue = (sum(channel) / count for channel in zip(*parts, strict=True))
    tint = to_hex((red, green, blue))
    strength = 1 - (1 - theme.band_strength) ** min(count, 4)
    band = mix(tint, theme.paper, strength)
    while strength > 0 and not _readable_on(band, theme):
        strength -= 0.01
        band = mix(tint, theme.paper, max(strength, 0.0))
    return band


def _readable_on(band: str, theme: "Theme") -> bool:
    return (
        contrast(theme.ink, band) >= INK_CONTRAST
        and contrast(theme.muted_tinted, band) >= MUTED_CONTRAST
    )


def next_code_color(existing: Iterable[str]) -> str:
    """Return the colour for one more code: the first of the series that is used least."""
    used = [color.upper() for color in existing]
    return min(CODE_COLORS, key=used.count)


def is_color(text: str) -> bool:
    """Tell whether `text` is a colour of the form `#rrggbb`."""
    if len(text) != 7 or text[0] != "#":
        return False
    return all(digit in "0123456789abcdefABCDEF" for digit in text[1:])
