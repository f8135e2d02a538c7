"""What the dialog on interview guides shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qda.app.guide_reading import AskingTurn
from qda.model.guides import AskedInTurn, Guide, TurnQuestions
from qda.model.ids import CodeId, DocumentId, GuideId, QuestionId, TurnId


@dataclass(frozen=True, slots=True)
class GuideContents:
    """Guides, turns, and what is said of them.

    `others` are questions that turns might ask too, the likeliest first, as far as these are known.
    `asked` tells for each question in how many interviews it was asked, and of how many;
    `by_hand` where a person says whether. `codes` are all codes with their paths, `linked` those
    that each question is about.
    """

    guides: tuple[Guide, ...]
    turns: tuple[AskingTurn, ...]
    said: Mapping[TurnId, TurnQuestions]
    asked: Mapping[GuideId, Mapping[QuestionId, tuple[int, int]]]
    by_hand: Mapping[tuple[QuestionId, DocumentId], bool]
    linked: Mapping[QuestionId, Sequence[CodeId]]
    codes: Mapping[CodeId, str]
    others: Mapping[TurnId, Sequence[AskedInTurn]]

    def guide(self, wanted: object) -> Guide | None:
        """Return the guide of an id."""
        return next((one for one in self.guides if one.id == wanted), None)

    def labels(self) -> Mapping[QuestionId, str]:
        """Return how every question is called."""
        return {line.id: line.label for one in self.guides for line in one.lines}

    def asked_by_turns(self, question: QuestionId, document: DocumentId) -> bool:
        """Tell whether a turn of an interview asks a question."""
        return any(
            turn.document == document
            and (said := self.said.get(turn.turn)) is not None
            and question in said.questions
            for turn in self.turns
        )
