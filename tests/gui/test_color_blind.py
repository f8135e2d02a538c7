"""Readers without red, green or blue cones can tell the codes' colours apart.

The simulation is that of Machado, Oliveira and Fernandes (2009) at full severity, on linear RGB;
the difference of two colours is CIEDE2000 (Sharma, Wu and Dalal 2005).
"""

from itertools import combinations
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

import pytest

from qda.gui.colors import CODE_COLORS, code_color
from qda.gui.theme import load_theme

Triple = tuple[float, float, float]
NORMAL = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
SIGHTS: dict[str, tuple[Triple, Triple, Triple]] = {
    "normal": NORMAL,
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
TO_XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
WHITE = (0.95047, 1.0, 1.08883)


def linear(color: str) -> Triple:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return red, green, blue


def times(matrix: tuple[Triple, Triple, Triple], color: Triple) -> Triple:
    first, second, third = (sum(a * b for a, b in zip(row, color, strict=True)) for row in matrix)
    return first, second, third


def lab(color: str, sight: str) -> Triple:
    seen = tuple(min(1.0, max(0.0, part)) for part in times(SIGHTS[sight], linear(color)))
    x, y, z = (
        ratio ** (1 / 3) if ratio > 216 / 24389 else (24389 / 27 * ratio + 16) / 116
        for ratio in (
            part / white
            for part, white in zip(times(TO_XYZ, seen), WHITE, strict=True)  # pyright: ignore[reportArgumentType]
        )
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(one: Triple, other: Triple) -> float:
    """Return the CIEDE2000 difference of two colours in CIELAB."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean = (hypot(a1, b1) + hypot(a2, b2)) / 2
    gain = 1.5 - 0.5 * sqrt(mean**7 / (mean**7 + 25.0**7))
    a1, a2 = a1 * gain, a2 * gain
    c1, c2 = hypot(a1, b1), hypot(a2, b2)
    h1, h2 = degrees(atan2(b1, a1)) % 360, degrees(atan2(b2, a2)) % 360
    turn = h2 - h1
    turn -= 360 if turn > 180 else -360 if turn < -180 else 0
    turn = 0.0 if not c1 * c2 else turn
    around = 2 * sqrt(c1 * c2) * sin(radians(turn / 2))
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    hue = h1 + h2
    if c1 * c2:
        hue = hue / 2 if abs(h1 - h2) <= 180 else (hue + (360 if hue < 360 else -360)) / 2
    t = (
        1 - 0.17 * cos(radians(hue - 30)) + 0.24 * cos(radians(2 * hue))
        + 0.32 * cos(radians(3 * hue + 6)) - 0.20 * cos(radians(4 * hue - 63))
    )  # fmt: skip
    by_light = (l2 - l1) / (1 + 0.015 * (light - 50) ** 2 / sqrt(20 + (light - 50) ** 2))
    by_chroma = (c2 - c1) / (1 + 0.045 * chroma)
    by_hue = around / (1 + 0.015 * chroma * t)
    bend = 30 * exp(-(((hue - 275) / 25) ** 2))
    cross = -sin(radians(2 * bend)) * 2 * sqrt(chroma**7 / (chroma**7 + 25.0**7))
    return sqrt(by_light**2 + by_chroma**2 + by_hue**2 + cross * by_chroma * by_hue)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, -1.3802, -84.2814), (50.0, 0.0, -82.7485), 1.0000),
        ((50.0, 2.5, 0.0), (61.0, -5.0, 29.0), 22.8977),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_difference_is_that_of_the_published_pairs(
    one: Triple, other: Triple, expected: float
) -> None:
    assert difference(one, other) == pytest.approx(expected, abs=1e-4)


def least(colors: tuple[str, ...], sight: str) -> float:
    """Return how much the two that are most alike differ."""
    seen = [lab(color, sight) for color in colors]
    return min(difference(one, other) for one, other in combinations(seen, 2))


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize(("name", "apart"), [("light", 6.0), ("dark", 8.0)])
def test_every_two_colours_of_the_series_can_be_told_apart(
    sight: str, name: str, apart: float
) -> None:
    theme = load_theme("dark" if name == "dark" else "light")
    shown = tuple(code_color(color, theme) for color in CODE_COLORS)
    assert least(shown, sight) >= apart, f"{sight}: {least(shown, sight):.1f}"


def test_only_two_pairs_are_close_on_light_paper() -> None:
    close = {
        (one, other)
        for sight in ("protanopia", "deuteranopia")
        for one, other in combinations(CODE_COLORS, 2)
        if difference(lab(one, sight), lab(other, sight)) < 8
    }
    assert close == {("#228B4B", "#D9573F"), ("#D9573F", "#B8930B")}
