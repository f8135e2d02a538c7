"""The words for what a matrix is asked by, as they stand inside a sentence."""

from collections.abc import Mapping, Sequence

from qda.model.messages import Message, MessageValue, message

DIMENSION_WORDS: Mapping[str, Message] = {
    "case": message("case"),
    "code": message("code"),
    "document": message("document"),
    "participant": message("participant"),
    "coder": message("coder"),
    "stance": message("stance"),
    "proposition": message("proposition"),
    "query": message("query"),
    "codeset": message("code set"),
}
STANCE_WORDS: Mapping[str, Message] = {
    "for": message("for"),
    "mot": message("against"),
    "ambivalent": message("ambivalent"),
}
NOTHING = "\u2013"


def dimension_word(name: str) -> MessageValue:
    """Return the word for a fixed dimension; a variable keeps its name, without whose it is."""
    known = DIMENSION_WORDS.get(name.strip().casefold())
    if known is not None:
        return known
    subject, _, own = name.partition(":")
    described = subject.strip().casefold() in ("case", "participant", "document")
    return own.strip() if described and own.strip() else name.strip()


def value_word(name: str, value: str) -> MessageValue:
    """Return how the value of the dimension `name` is said; a dash where it is none."""
    if name.strip().casefold() == "stance":
        return STANCE_WORDS.get(value.strip().casefold(), value or NOTHING)
    return value or NOTHING


def listed(parts: Sequence[MessageValue], separator: str = ", ") -> MessageValue:
    """Return `parts` in a row; a plain text where no part has to be translated."""
    if not any(isinstance(part, Message) for part in parts):
        return separator.join(map(str, parts))
    # Places and separators alone: there is nothing to translate in the row itself.
    places = {f"part_{place}": part for place, part in enumerate(parts)}
    return Message(separator.join(f"{{{place}}}" for place in places), places)
