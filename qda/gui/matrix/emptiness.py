"""What is said where no matrix can be shown, and where to go then."""

from dataclasses import dataclass

from qda.app.session import Session
from qda.gui.language import say, tr
from qda.gui.models.choices import Choices
from qda.model.errors import UserError
from qda.model.matrix import CellKind

NEW_PROPOSITION = "proposition"
"""Where the button leads that makes a proposition."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """Where the button leads (a workspace, or nowhere: ask anew), and what is said."""

    place: str
    title: str
    text: str
    button: str


def what_is_missing(
    session: Session, known: Choices, cells: CellKind = "segments"
) -> Lacking | None:
    """Return what a matrix still lacks, None when there is something to count."""
    if not known.entities.documents:
        return Lacking(
            "sources",
            tr("There is nothing to compare yet"),
            tr("The matrix counts what you code in your interviews. Import them first."),
            tr("Go to the sources"),
        )
    if not known.entities.codes:
        return Lacking(
            "codebook",
            tr("There are no codes yet"),
            tr("Make codes or bring a codebook in; then code the interviews."),
            tr("Go to the codebook"),
        )
    if not len(session.snapshot().codings):
        return Lacking(
            "coding",
            tr("Nothing is coded yet"),
            tr("Every segment that you code is counted here at once."),
            tr("Go to the coding"),
        )
    if cells == "verdict" and not known.entities.propositions:
        return Lacking(
            NEW_PROPOSITION,
            tr("There are no propositions yet"),
            tr("A proposition is held against every office: supported, partly, or not."),
            tr("New proposition …"),
        )
    return None


def unanswerable(error: UserError) -> Lacking:
    """Return what is said of a question that has no answer."""
    return Lacking("", tr("This cannot be shown"), say(error.message), tr("Start over"))
