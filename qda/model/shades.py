"""What colours weigh and how they mix. Colours are texts of the form `#rrggbb`."""

from functools import lru_cache

Rgb = tuple[float, float, float]


def rgb(color: str) -> Rgb:
    """Return the red, green and blue of a colour, each 0 to 1."""
    return int(color[1:3], 16) / 255, int(color[3:5], 16) / 255, int(color[5:7], 16) / 255


def to_hex(parts: Rgb) -> str:
    """Return the colour of red, green and blue, each 0 to 1 and cut to that."""
    return "#" + "".join(f"{round(min(1.0, max(0.0, part)) * 255):02X}" for part in parts)


@lru_cache(maxsize=4096)
def luminance(color: str) -> float:
    """Return the relative luminance of a colour, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb(color)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: str, b: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((luminance(a), luminance(b)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mix(color: str, into: str, strength: float) -> str:
    """Return `into` tinted with `strength` (0 to 1) of `color`."""
    pairs = zip(rgb(color), rgb(into), strict=True)
    red, green, blue = (base + (tint - base) * strength for tint, base in pairs)
    return to_hex((red, green, blue))
