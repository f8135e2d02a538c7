"""Commands that correct the open text and its turns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.gui.commands import Command
from qda.gui.language import tr

if TYPE_CHECKING:
    from qda.gui.coding.workspace import CodingWorkspace
    from qda.gui.correcting.dialog import Proposal


def correcting_commands(workspace: CodingWorkspace) -> list[Command]:
    """Return what changes the text itself; codings, turns and links follow."""

    def here() -> bool:
        return workspace.can_write() and workspace.open is not None

    def in_a_turn() -> bool:
        return here() and workspace.view.current_turn() is not None

    return [
        Command(
            "coding.correct", tr("Correct the text …"), "document",
            lambda: correct_here(workspace), "F4", enabled=here, separator_before=True,
            keywords=("edit", "rette", "redigere"),
        ),
        Command(
            "coding.versions", tr("Earlier texts …"), "document",
            lambda: _show_versions(workspace), enabled=lambda: workspace.open is not None,
            keywords=(tr("versions"), tr("compare")),
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
            "coding.give_turn", tr("Give the turn to another speaker …"), "document",
            lambda: _give(workspace), "Ctrl+Alt+T", enabled=in_a_turn,
            keywords=(tr("speaker"),),
        ),
        Command(
            "coding.rename_speaker", tr("Rename the speaker throughout …"), "document",
            lambda: _rename(workspace), "Ctrl+Shift+U", enabled=in_a_turn,
        ),
    ]  # fmt: skip


def correct_here(
    workspace: CodingWorkspace, *, insert_time: bool = False, proposal: Proposal | None = None
) -> None:
    """Open the editor at the caret.

    With `insert_time` the time that is heard is put in there; with a `proposal` an earlier text
    stands in the editor.
    """
    from qda.gui.correcting.dialog import CorrectionDialog  # lazy: start-up

    if workspace.open is None:
        return
    dialog = CorrectionDialog(
        workspace.context,
        workspace.open.document,
        workspace.view.caret(),
        workspace.window(),
        listening=workspace.sound.listening,
        drafts=workspace.drafts,
        proposal=proposal,
    )
    dialog.finished.connect(workspace.sound.resume)
    dialog.open()
    if insert_time:
        dialog.insert_time()


def _show_versions(workspace: CodingWorkspace) -> None:
    from qda.gui.correcting.versions_dialog import TextVersionsDialog  # lazy: start-up

    if workspace.open is None:
        return
    dialog = TextVersionsDialog(workspace.context, workspace.open.document, workspace.window())

    def go_back() -> None:
        if dialog.wanted is not None:
            correct_here(workspace, proposal=dialog.wanted)

    dialog.accepted.connect(go_back)
    dialog.open()


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


def _give(workspace: CodingWorkspace) -> None:
    from qda.gui.correcting import turns  # lazy: start-up

    if workspace.open is not None:
        turns.give_to_another(
            workspace.context, workspace.open.document.id, workspace.view.caret(), workspace
        )


def _rename(workspace: CodingWorkspace) -> None:
    from qda.gui.correcting import turns  # lazy: start-up

    if workspace.open is not None:
        turns.rename_speaker(
            workspace.context, workspace.open.document.id, workspace.view.caret(), workspace
        )
