"""What the user asks, as it is shown: a query, how its words are taken, and limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qda.gui.language import tr
from qda.gui.models.choices import Choices
from qda.gui.models.question import Filter, Question
from qda.model.searching import Coded, Limits, Search, SearchMode, TurnKind, Within

if TYPE_CHECKING:
    from qda.analysis.tables import Entities

OF_SEGMENTS = ("proposition", "query", "codeset")
"""Dimensions that segments have and words have not."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A search with its filters as chips show them."""

    query: str = ""
    mode: SearchMode = "lemma"
    within: Within = "turn"
    turns: TurnKind = "informant"
    coded: Coded = "any"
    filters: tuple[Filter, ...] = ()

    def question(self) -> Question:
        """Return the filters as the sheet that adds one takes them."""
        return Question(filters=self.filters)

    def limits(self, known: Choices) -> Limits:
        """Return whose words are asked. Raises NotAllowed, NotFound."""
        return Limits(self.turns, known.spec(self.question()).where, self.coded)

    def search(self, known: Choices) -> Search:
        """Return the search as the engine takes it. Raises NotAllowed, NotFound."""
        return Search(self.query, self.mode, self.within, self.limits(known))


def asked_of(search: Search, entities: Entities) -> Asked:
    """Return a saved search as it is shown: what is named by its GUID is named by its name."""
    named = (*entities.documents, *entities.cases, *entities.participants)
    names: dict[str, str] = {one.guid: one.name for one in named}
    limits = search.limits
    return Asked(
        search.query,
        search.mode,
        search.within,
        limits.turns,
        limits.coded,
        tuple(Filter(name, names.get(value, value)) for name, value in limits.where),
    )


def mode_words() -> list[tuple[object, str]]:
    """Return the ways to take the words of a query."""
    return [("lemma", tr("All forms")), ("exact", tr("As written")), ("regex", tr("Expression"))]


def turn_words() -> dict[TurnKind, str]:
    """Return whose words can be asked."""
    return {
        "informant": tr("informants"), "interviewer": tr("interviewers"), "all": tr("everyone"),
    }  # fmt: skip


def within_words() -> dict[Within, str]:
    """Return within what AND and NOT look."""
    return {"turn": tr("turn"), "sentence": tr("sentence"), "document": tr("source")}


def coded_words() -> dict[Coded, str]:
    """Return what may be said of the segments that words stand in."""
    return {"any": tr("coded or not"), "coded": tr("coded"), "uncoded": tr("not coded")}
