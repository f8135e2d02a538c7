"""Small corrections of turns, asked for from the transcript: split, join, rename a speaker."""

from PySide6.QtWidgets import QInputDialog, QLineEdit, QWidget

from qda.gui.context import Context
from qda.gui.language import tr
from qda.model.entities import Turn
from qda.model.ids import DocumentId
from qda.operations import turns as operations
from qda.store import turns


def turn_at(context: Context, document: DocumentId, offset: int) -> Turn | None:
    """Return the turn that an offset lies in, label included."""
    found = turns.of_document(context.bridge.project.connection, document)
    return next((one for one in found if one.label_start <= offset <= one.end), None)


def split_here(context: Context, document: DocumentId, offset: int, parent: QWidget) -> None:
    """Ask who speaks from here on, and split the turn."""
    turn = turn_at(context, document, offset)
    if turn is None:
        return
    label = _ask_speaker(
        context, turn, tr("Split the turn"), tr("Who speaks from here on?"), parent
    )
    if label is not None:
        split_at(context, turn, offset, label)


def _ask_speaker(
    context: Context, turn: Turn, title: str, question: str, parent: QWidget
) -> str | None:
    """Ask for a speaker of the document, first another than this turn's, or a new one."""
    everyone = turns.of_document(context.bridge.project.connection, turn.document)
    labels = list(dict.fromkeys(one.label for one in everyone))
    others = [label for label in labels if label != turn.label] or [turn.label]
    label, accepted = QInputDialog.getItem(
        parent, title, question, labels, labels.index(others[0]), True
    )
    return label if accepted else None


def split_at(context: Context, turn: Turn, offset: int, label: str) -> None:
    """Split a turn before `offset`; `label` speaks the second part."""
    context.bridge.run(
        operations.split_turn, turn=turn.id, at=offset, label=label, notice=tr("Split the turn.")
    )


def join_with_next(context: Context, document: DocumentId, offset: int) -> None:
    """Make the turn at `offset` and the one after it one turn."""
    found = turns.of_document(context.bridge.project.connection, document)
    turn = turn_at(context, document, offset)
    following = next((one for one in found if turn and one.number == turn.number + 1), None)
    if turn is not None and following is not None:
        context.bridge.run(
            operations.merge_turns,
            turns=[turn.id, following.id],
            notice=tr("Joined the two turns."),
        )


def give_to_another(context: Context, document: DocumentId, offset: int, parent: QWidget) -> None:
    """Ask who speaks the turn at `offset`, and let them."""
    turn = turn_at(context, document, offset)
    if turn is None:
        return
    question = tr("Who speaks this turn, and not {label}?", label=turn.label)
    label = _ask_speaker(context, turn, tr("Another speaker"), question, parent)
    if label is not None and label.strip() != turn.label:
        give_turn(context, turn, label)


def give_turn(context: Context, turn: Turn, label: str) -> None:
    """Let somebody else speak a turn."""
    context.bridge.run(
        operations.give_turn,
        turn=turn.id,
        label=label,
        notice=tr("Gave the turn to another speaker."),
    )


def rename_speaker(context: Context, document: DocumentId, offset: int, parent: QWidget) -> None:
    """Ask for another label for the speaker at `offset`, and change it throughout."""
    turn = turn_at(context, document, offset)
    if turn is None:
        return
    label, accepted = QInputDialog.getText(
        parent,
        tr("Rename the speaker"),
        tr("Instead of {label}, throughout this source", label=turn.label),
        QLineEdit.EchoMode.Normal,
        turn.label,
    )
    if accepted and label.strip() != turn.label:
        rename_label(context, document, turn.label, label)


def rename_label(context: Context, document: DocumentId, label: str, new_label: str) -> None:
    """Change a speaker's label throughout a document."""
    context.bridge.run(
        operations.rename_speaker,
        document=document,
        label=label,
        new_label=new_label,
        notice=tr("Renamed the speaker."),
    )
