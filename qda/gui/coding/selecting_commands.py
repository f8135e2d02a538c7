"""Commands that select: sentence, turn, wider and narrower, and either edge by any unit."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from qda.gui.commands import Command
from qda.gui.language import tr
from qda.gui.widgets.transcript import TranscriptView
from qda.gui.widgets.transcript.selecting import Edge, Unit

if TYPE_CHECKING:
    from qda.gui.coding.workspace import CodingWorkspace


def selecting_commands(workspace: CodingWorkspace) -> list[Command]:
    """Return what chooses the stretch of text to work with."""
    actions = workspace.actions_on_text

    def view(what: Callable[[TranscriptView], None]) -> Callable[[], None]:
        return partial(_in_view, workspace, what)

    def is_selected() -> bool:
        return workspace.view.selection() is not None

    return [
        Command(
            "coding.next_sentence", tr("Next sentence"), "selection",
            view(TranscriptView.next_sentence), "Alt+Right",
        ),
        Command(
            "coding.previous_sentence", tr("Previous sentence"), "selection",
            view(partial(TranscriptView.next_sentence, step=-1)), "Alt+Left",
        ),
        Command(
            "coding.select_sentence", tr("Select the sentence"), "selection",
            actions.select_sentence, "Ctrl+L", separator_before=True,
        ),
        Command(
            "coding.select_turn", tr("Select the turn"), "selection", actions.select_turn,
            "Ctrl+T",
        ),
        Command(
            "coding.widen", tr("Widen the selection"), "selection",
            view(TranscriptView.widen_selection), "Ctrl+E",
        ),
        Command(
            "coding.narrow", tr("Narrow the selection"), "selection",
            view(TranscriptView.narrow_selection), "Ctrl+Alt+E", enabled=is_selected,
        ),
        *_reaching(workspace),
    ]  # fmt: skip


def _reaching(workspace: CodingWorkspace) -> list[Command]:
    """Return the commands that move either edge of the selection, or of the segment at hand."""

    def something() -> bool:
        if workspace.view.selection() is not None:
            return True
        return workspace.can_write() and workspace.actions_on_text.coding() is not None

    by_unit: tuple[tuple[Unit, str, tuple[tuple[str, str], ...]], ...] = (
        ("word", "", (
            (tr("End a word later"), "Ctrl+Alt+Right"),
            (tr("End a word earlier"), "Ctrl+Alt+Left"),
            (tr("Begin a word earlier"), "Ctrl+Alt+Shift+Left"),
            (tr("Begin a word later"), "Ctrl+Alt+Shift+Right"),
        )),
        ("sentence", "_sentence", (
            (tr("End a sentence later"), "Ctrl+Shift+Down"),
            (tr("End a sentence earlier"), "Ctrl+Shift+Up"),
            (tr("Begin a sentence earlier"), "Alt+Shift+Up"),
            (tr("Begin a sentence later"), "Alt+Shift+Down"),
        )),
        ("turn", "_turn", (
            (tr("End a turn later"), "Ctrl+Shift+PgDown"),
            (tr("End a turn earlier"), "Ctrl+Shift+PgUp"),
            (tr("Begin a turn earlier"), "Alt+Shift+PgUp"),
            (tr("Begin a turn later"), "Alt+Shift+PgDown"),
        )),
    )  # fmt: skip
    ways: tuple[tuple[str, Edge, bool], ...] = (
        ("grow_end", "end", True), ("shrink_end", "end", False),
        ("grow_start", "start", True), ("shrink_start", "start", False),
    )  # fmt: skip
    return [
        Command(
            f"coding.{name}{ending}", title, "selection",
            partial(_reach, workspace, edge, unit, grows=grows), keys, enabled=something,
            separator_before=name == "grow_end",
        )
        for unit, ending, titled in by_unit
        for (name, edge, grows), (title, keys) in zip(ways, titled, strict=True)
    ]  # fmt: skip


def _in_view(workspace: CodingWorkspace, what: Callable[[TranscriptView], None]) -> None:
    """Do something in the transcript that is worked in: which one is known when it is done."""
    what(workspace.view)


def _reach(workspace: CodingWorkspace, edge: Edge, unit: Unit, *, grows: bool) -> None:
    if grows:
        workspace.view.grow(edge, unit)
    else:
        workspace.view.shrink(edge, unit)
