"""The suggestions that were made, and which of them are left to decide. No Qt."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from qda.model.entities import Code, Document
from qda.model.ids import CodeId, CoderId, CodingId, DocumentId
from qda.model.suggestions import Suggestion, SuggestionDecision, document_mark
from qda.operations.codes import descendants
from qda.store import codings, documents, suggestion_decisions
from qda.store.project_file import ProjectFile
from qda.text.spans import Span

Order = Literal["code", "text"]
Place = tuple[DocumentId, int, int, CodeId]


@dataclass(frozen=True, slots=True)
class Left:
    """What is left to decide, in order; `later` begins where what was put off does."""

    suggestions: tuple[Suggestion, ...] = ()
    later: int = 0


class SuggestionQueue:
    """Hold what was proposed the last time; see again and again what of it is left.

    What was decided or coded meanwhile is left out, and comes back when that is undone: nothing
    has to be proposed anew for it, and the rest stays where it was.
    """

    def __init__(self) -> None:
        """Hold nothing."""
        self._made: tuple[Suggestion, ...] = ()
        self._rank: dict[str, int] = {}
        self._coded: dict[DocumentId, list[Span]] = {}
        self.left = Left()
        self.decided: Mapping[str, int] = {}
        """How many of what was proposed are decided by now, by verdict."""

    def take(self, made: Iterable[Suggestion]) -> None:
        """Hold other suggestions, in the order of the codebook and of their scores."""
        self._made = tuple(made)
        self._rank = {one.id: place for place, one in enumerate(self._made)}
        self._coded = {}

    def forget_codings(self, project: ProjectFile, changed: Collection[int]) -> None:
        """Read the codings anew in the documents that changed codings are or were in."""
        there = (codings.by_id(project.connection, CodingId(one)) for one in changed)
        stale = {one.document for one in there if one is not None}
        stale |= {
            number
            for number, spans in self._coded.items()
            if any(span.id in changed for span in spans)
        }
        for number in stale:
            self._coded.pop(number, None)

    def refresh(
        self,
        project: ProjectFile,
        order: Order,
        documents_in_order: Sequence[DocumentId],
        coder: CoderId | None,
        codes: Sequence[Code],
    ) -> Left:
        """See what is left now. With `coder`, only what this coder coded and decided counts.

        A place is coded so already when a segment of the code, or of one below it, touches it.
        What stood in a text that is another by now is left out.
        """
        everything = {one.id: one for one in documents.all_documents(project.connection)}
        known = {code.id for code in codes}
        there = [
            one
            for one in self._made
            if one.key.code in known and _stands(one, everything.get(one.key.document))
        ]
        families = {
            code: frozenset(descendants(tuple(codes), code))
            for code in {one.key.code for one in there}
        }
        for number in {one.key.document for one in there} - self._coded.keys():
            self._coded[number] = codings.places(project.connection, number)
        decided = _verdicts(suggestion_decisions.all_decisions(project.connection), coder)
        self.decided = Counter(decided[place] for place in map(_place, there) if place in decided)
        now: list[Suggestion] = []
        later: list[Suggestion] = []
        for one in there:
            verdict = decided.get(_place(one))
            if verdict in ("accepted", "rejected"):
                continue
            if self._is_coded(one, families[one.key.code], coder):
                continue
            (later if verdict == "later" else now).append(one)
        key = self._sorter(order, documents_in_order)
        self.left = Left((*sorted(now, key=key), *sorted(later, key=key)), len(now))
        return self.left

    def _is_coded(self, one: Suggestion, family: Collection[CodeId], coder: CoderId | None) -> bool:
        key = one.key
        return any(
            there.start < key.end
            and key.start < there.end
            and there.key in family
            and coder in (None, there.owner)
            for there in self._coded[key.document]
        )

    def later_ids(self) -> frozenset[str]:
        """Return the names of what was put off."""
        return frozenset(name_of(one) for one in self.left.suggestions[self.left.later :])

    def is_later(self, suggestion: Suggestion) -> bool:
        """Tell whether a suggestion was put off."""
        return name_of(suggestion) in self.later_ids()

    def _sorter(self, order: Order, known: Sequence[DocumentId]):  # noqa: ANN202 - a sort key
        places: Mapping[DocumentId, int] = {one: place for place, one in enumerate(known)}

        def by_text(one: Suggestion) -> tuple[int, int, int, int]:
            place = places.get(one.key.document, len(places))
            return place, one.key.start, one.key.end, self._rank[one.id]

        def by_code(one: Suggestion) -> tuple[int, int, int, int]:
            return self._rank[one.id], 0, 0, 0

        return by_text if order == "text" else by_code

    def find(self, identifier: object) -> Suggestion | None:
        """Return a suggestion by its name in the queue, None where it is not left."""
        return next((one for one in self.left.suggestions if name_of(one) == identifier), None)


def name_of(suggestion: Suggestion) -> str:
    """Return what a suggestion is called in the queue: its id, whichever engine it comes from.

    What the keywords proposed yesterday may be learned today.
    """
    return suggestion.id.rpartition("-")[0]


def _stands(one: Suggestion, document: Document | None) -> bool:
    """Tell whether a document still has the text that something was proposed in."""
    if document is None:
        return False
    return one.id.startswith(document_mark(document.guid, document.text_hash) + "-")


def _place(one: Suggestion) -> Place:
    return one.key.document, one.key.start, one.key.end, one.key.code


def _verdicts(decisions: Sequence[SuggestionDecision], coder: CoderId | None) -> dict[Place, str]:
    found: dict[Place, set[str]] = defaultdict(set)
    for one in decisions:
        if coder is None or one.coder == coder:
            key = one.key
            found[key.document, key.start, key.end, key.code].add(one.verdict)
    order = ("rejected", "accepted", "later")
    return {place: next(one for one in order if one in said) for place, said in found.items()}
