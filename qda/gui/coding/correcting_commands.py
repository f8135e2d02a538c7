"""Commands that correct the open text and its turns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.gui.commands import Command
from qda.gui.language import tr

if TYPE_CHECKING:
    from qda.gui.coding.workspace import CodingWorkspace


def correcting_commands(workspace: CodingWorkspace) -> list[Command]:
    """Return what changes the text itself; codings, turns and links follow."""

    def here() -> bool:
        return workspace.can_write() and workspace.open is not None

    def in_a_turn() -> bool:
        return here() and workspace.view.current_turn() is not None

    return [
        Command(
            "coding.correct", tr("Correct the text …"), "document",
            lambda: _correct(workspace), "F4", enabled=here, separator_before=True,
            keywords=("edit", "rette", "redigere"),
        ),
        Command(
            "coding.split_turn", tr("Split the turn here …"), "document",
            lambda: _split(workspace), "Ctrl+Shift+T", enabled=in_a_turn,
        ),
        Command(
            "coding.join_turns", tr("Join the turn with the next"), "document",
            lambda: _join(workspace), "Ctrl+Shift+J", enabled=in_a_turn,
        ),
        Command(
            "coding.rename_speaker", tr("Rename the speaker throughout …"), "document",
            lambda: _rename(workspace), "", enabled=in_a_turn,
        ),
    ]  # fmt: skip


def _correct(workspace: CodingWorkspace) -> None:
    from qda.gui.correcting.dialog import CorrectionDialog  # lazy: start-up

    if workspace.open is not None:
        place = workspace.view.caret()
        CorrectionDialog(
            workspace.context, workspace.open.document, place, workspace.window()
        ).open()


def _split(workspace: CodingWorkspace) -> None:
    from qda.gui.correcting import turns  # lazy: start-up

    if workspace.open is not None:
        turns.split_here(
            workspace.context, workspace.open.document.id, workspace.view.caret(), workspace
        )


def _join(workspace: CodingWorkspace) -> None:
    from qda.gui.correcting import turns  # lazy: start-up

    if workspace.open is not None:
        turns.join_with_next(workspace.context, workspace.open.document.id, workspace.view.caret())


def _rename(workspace: CodingWorkspace) -> None:
    from qda.gui.correcting import turns  # lazy: start-up

    if workspace.open is not None:
        turns.rename_speaker(
            workspace.context, workspace.open.document.id, workspace.view.caret(), workspace
        )
