"""Sentences for the user, kept apart from their language.

The core never speaks a language: it hands out a `Message`, an English sentence with named places
and the values for them. The edge (window or command line) translates the sentence and fills it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, Union, runtime_checkable

MessageValue = Union[str, int, float, "Message"]
"""What fills a place; a message is itself said in the language of the sentence around it."""

MANY = 10_000
"""From here on thousands are told apart, in Norwegian as in English: a shorter number is read at
a glance."""

Translate = Callable[[str], str]
"""A function from an English sentence to the user's language."""


class Translator(Protocol):
    """What can say a sentence in the user's language."""

    def text(self, source: str) -> str:
        """Return `source` in the user's language."""
        ...

    def plural(self, singular: str, plural: str, count: int) -> str:
        """Return the form of the sentence that fits `count`."""
        ...


@runtime_checkable
class DayWriter(Protocol):
    """A translator that also knows how a day is written in the user's language."""

    def format_day_of(self, iso: str) -> str:
        """Write the day of an ISO moment; other text comes back as it is."""
        ...


@runtime_checkable
class NumberWriter(Protocol):
    """A translator that also knows how numbers and months are written in the user's language."""

    def format_number(self, value: float) -> str:
        """Write a number."""
        ...

    def format_month(self, period: str) -> str:
        """Write a month given as `yyyy-mm`."""
        ...


@dataclass(frozen=True, slots=True)
class Message:
    """An English sentence with `{named}` places, the values for them, and its plural form.

    The call is the mark that the translation tools look for, so `text` is always a literal.
    With `plural`, the value named `n` decides between the two.
    """

    text: str
    values: Mapping[str, MessageValue] = field(default_factory=dict[str, MessageValue])
    plural: str = ""

    def __str__(self) -> str:
        """Say it in English."""
        return self.say(None)

    def say(self, translator: Translator | None) -> str:
        """Say it in the language of `translator`, in English without one."""
        count = self.values.get("n")
        if self.plural and isinstance(count, int):
            if translator is not None:
                pattern = translator.plural(self.text, self.plural, count)
            else:
                pattern = self.text if count == 1 else self.plural
        else:
            pattern = translator.text(self.text) if translator is not None else self.text
        return pattern.format(**said_values(self.values, translator)) if self.values else pattern


def said_values(
    values: Mapping[str, MessageValue], translator: Translator | None
) -> dict[str, str | int | float]:
    """Return the values of places, as they are said in the language of `translator`.

    Messages are said in it, and a count, `n`, has its thousands apart from five digits on.
    """
    said = {
        name: value.say(translator) if isinstance(value, Message) else value
        for name, value in values.items()
    }
    count = said.get("n")
    if isinstance(count, int) and abs(count) >= MANY and isinstance(translator, NumberWriter):
        said["n"] = translator.format_number(count)
    return said


def message(text: str, **values: MessageValue) -> Message:
    """Make a message from a literal English sentence and the values of its places."""
    return Message(text, values)


def counted(text: str, plural: str, n: int, **values: MessageValue) -> Message:
    """Make a message whose form depends on the count `n`; both sentences are literals."""
    return Message(text, {"n": n, **values}, plural)
