"""Sort words as a reader of the language expects."""

import unicodedata

SortKey = tuple[tuple[tuple[int, int, str], ...], tuple[str, ...], tuple[bool, ...], str]

_OTHER, _DIGITS, _LETTER = 0, 1, 2
_NORWEGIAN = ("nb", "nn", "no")
_LAST = {"æ": 27, "ø": 28, "å": 29}
"""The letters after z; a to z are 1 to 26, letters of other scripts come after all of them."""
_NORWEGIAN_ALIKE = {"ä": "æ", "ö": "ø", "ő": "ø", "œ": "ø"}
_SPELLED_OUT = {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"}


def sort_key(text: str, language: str) -> SortKey:
    """Return a key that sorts `text` in the order of `language` (`nb`, `nn`, `en`).

    Norwegian: æ, ø, å after z, ä with æ and ö with ø, and `aa` where å stands (as in names, and as
    the Unicode collation for Norwegian has it). Otherwise å and ä stand with a, ø and ö with o,
    æ as ae. Numbers sort by value, so that "Veileder 2" precedes "Veileder 10". What is
    still equal is decided by accents, then by case (lower first), then by code points: texts that
    differ never have the same key.
    """
    norwegian = language.lower()[:2] in _NORWEGIAN
    primary: list[tuple[int, int, str]] = []
    accents: list[str] = []
    position = 0
    folded = unicodedata.normalize("NFC", text).casefold()
    while position < len(folded):
        character = folded[position]
        if character.isdecimal():
            end = position
            while end < len(folded) and folded[end].isdecimal():
                end += 1
            # Compared by length and digits: `int` refuses very long numbers.
            digits = "".join(str(unicodedata.decimal(digit)) for digit in folded[position:end])
            value = digits.lstrip("0")
            primary.append((_DIGITS, len(value), value))
            accents.append("")
            position = end
        elif norwegian and folded.startswith("aa", position):
            primary.append((_LETTER, _LAST["å"], ""))
            accents.append("aa")
            position += 2
        else:
            for element, accent in _elements(character, norwegian=norwegian):
                primary.append(element)
                accents.append(accent)
            position += 1
    case = tuple(character.isupper() for character in text)
    return tuple(primary), tuple(accents), case, text


def _elements(character: str, *, norwegian: bool) -> list[tuple[tuple[int, int, str], str]]:
    """Return the sorting elements of one folded character, each with its accent."""
    if norwegian:
        plain = _NORWEGIAN_ALIKE.get(character, character)
        if plain in _LAST:
            accent = "" if plain == character else character
            return [((_LETTER, _LAST[plain], ""), accent)]
    if character in _SPELLED_OUT:
        return [((_LETTER, ord(base) - 96, ""), character) for base in _SPELLED_OUT[character]]
    base, *marks = unicodedata.normalize("NFD", character)
    accent = "".join(marks)
    if "a" <= base <= "z":
        return [((_LETTER, ord(base) - 96, ""), accent)]
    if base.isalpha():
        return [((_LETTER, 1000 + ord(base), ""), accent)]
    return [((_OTHER, ord(base), ""), accent)]
