"""How values are written as headings: numbers, bands and yes or no in the project's language."""

from collections.abc import Mapping, Sequence

from qda.model.entities import Language, Value

_TRUE = frozenset({"1", "true", "ja", "yes", "sann"})
_FALSE = frozenset({"0", "false", "nei", "no", "usann"})


def number_text(number: float, language: Language) -> str:
    """Write a number as the language does: whole ones without decimals, a comma in Norwegian."""
    if float(number).is_integer() and abs(number) < 1e15:
        return str(int(number))
    text = repr(number)
    return text if language == "en" else text.replace(".", ",")


def value_text(value: Value, language: Language) -> str:
    """Write a value of a variable; dates stay ISO."""
    if isinstance(value, bool):
        if language == "en":
            return "yes" if value else "no"
        return "ja" if value else "nei"
    return value if isinstance(value, str) else number_text(value, language)


def read_value(text: str) -> Value:
    """Read what a user may have written for a number or a truth value; else the text itself."""
    folded = text.strip().casefold()
    try:
        return float(folded.replace(",", ".").replace("\u2212", "-"))
    except ValueError:
        if folded in _TRUE:
            return True
        return False if folded in _FALSE else text


def band_labels(points: Sequence[float], language: Language, *, whole: bool) -> tuple[str, ...]:
    """Name the bands that `points` cut: `< 15`, `15–69`, `≥ 70`.

    With decimals the upper end is open: `15–<70`.
    """
    written = [number_text(point, language) for point in points]
    labels = [f"< {written[0]}"]
    for low, high, next_point in zip(written, written[1:], points[1:], strict=False):
        if not whole:
            labels.append(f"{low}–<{high}")
            continue
        last = number_text(next_point - 1, language)
        labels.append(low if last == low else f"{low}–{last}")
    return (*labels, f"≥ {written[-1]}")


_PARTS: Mapping[int, tuple[str, str]] = {
    3: ("tertil", "third"),
    4: ("kvartil", "quarter"),
    5: ("kvintil", "fifth"),
    10: ("desil", "tenth"),
}
_HALVES = {"nb": ("nedre halvdel", "øvre halvdel"), "nn": ("nedre halvdel", "øvre halvdel"),
           "en": ("lower half", "upper half")}  # fmt: skip
_ORDINALS = {1: "1st", 2: "2nd", 3: "3rd"}


def part_label(place: int, parts: int, language: Language) -> str:
    """Name one of `parts` equally large groups, counted from 0: `1. kvintil`, `1st fifth`."""
    if parts == 2:
        return _HALVES[language][place]
    norwegian, english = _PARTS.get(parts, ("", ""))
    number = place + 1
    if language == "en":
        ordinal = _ORDINALS.get(number, f"{number}th")
        return f"{ordinal} {english}" if english else f"group {number} of {parts}"
    return f"{number}. {norwegian}" if norwegian else f"gruppe {number} av {parts}"
