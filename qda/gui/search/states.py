"""What is said where no lines can be shown, and what the one button does then."""

from dataclasses import dataclass
from typing import Literal

from qda.gui.language import current_catalogue, tr
from qda.gui.search.asked import Asked
from qda.gui.word_indexing import State

Step = Literal["sources", "plain", "read", "again", "everyone"]


@dataclass(frozen=True, slots=True)
class Said:
    """A title, a sentence, and a button with the step it takes."""

    title: str
    text: str
    button: str
    step: Step


def nothing_to_search() -> Said:
    """Say that there is no source."""
    return Said(
        tr("There is nothing to search yet"),
        tr("Words are looked for in your sources. Import them first."),
        tr("Go to the sources"),
        "sources",
    )


def waiting(state: State, done: int, total: int) -> Said:
    """Say that the words are not read yet, and how far that is."""
    if state == "stopped":
        return Said(
            tr("The words have not been read"),
            tr("The words of the sources are read once, so that every form of a word is found."),
            tr("Read them now"),
            "read",
        )
    share = ""
    if total:
        percent = current_catalogue().format_number(100 * done // total)
        share = " " + tr("So far: {percent} %.", percent=percent)
    return Said(
        tr("The words of the sources are being read"),
        tr("The search begins by itself as soon as they are.") + share,
        tr("Find the letters alone now"),
        "plain",
    )


def stopped() -> Said:
    """Say that the user cancelled the search."""
    return Said(tr("The search was stopped"), "", tr("Search again"), "again")


def nothing_found(asked: Asked) -> Said:
    """Say that nothing was found, and offer to look everywhere where that was limited."""
    limited = asked.filters or asked.turns != "all" or asked.coded != "any"
    return Said(
        tr("No place has these words"),
        tr("Try fewer words, the beginning of a word with *, or a part of it with ~."),
        tr("Search everything that is said") if limited else "",
        "everyone",
    )
