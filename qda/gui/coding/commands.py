"""What can be done in the coding workspace."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from qda.gui.coding.correcting_commands import correcting_commands
from qda.gui.coding.selecting_commands import selecting_commands
from qda.gui.coding.suggesting_commands import suggesting_commands
from qda.gui.commands import Command
from qda.gui.language import tr
from qda.gui.models.code_order import order_commands
from qda.gui.widgets.transcript import TranscriptView
from qda.model.entities import STANCES

if TYPE_CHECKING:
    from qda.gui.coding.workspace import CodingWorkspace


def coding_commands(workspace: CodingWorkspace) -> list[Command]:
    """Return every command of the workspace."""
    return [
        *_coding(workspace),
        *_describing(workspace),
        *suggesting_commands(workspace),
        *_moving(workspace),
        *selecting_commands(workspace),
        *correcting_commands(workspace),
        *_looking(workspace),
        *_splitting(workspace),
        *_layers(workspace),
        *workspace.asked_in_text.commands(),
        *workspace.code_sets.commands(),
        *workspace.sound.commands(),
        *order_commands("coding", workspace.context.settings, workspace.show_order),
    ]


def _coding(workspace: CodingWorkspace) -> list[Command]:
    actions, writable = workspace.actions_on_text, workspace.can_write

    def at_hand() -> bool:
        if not writable():
            return False
        return actions.coding() is not None or workspace.listing.has_keyboard()

    return [
        Command(
            "coding.code", tr("Code with the code at hand"), "code", workspace.code.use,
            "Ctrl+Return", enabled=writable,
        ),
        Command(
            "coding.repeat", tr("Code with the last code again"), "code", workspace.repeat,
            "Ctrl+R", enabled=lambda: writable() and actions.last_code is not None,
        ),
        Command(
            "coding.in_vivo", tr("New code from the selected words"), "code",
            actions.code_in_vivo, "Ctrl+Shift+I", enabled=writable,
        ),
        Command(
            "coding.new_code", tr("New code …"), "code", workspace.questions.ask_new_code, "Ctrl+N",
            enabled=writable,
        ),
        Command(
            "coding.recode", tr("Give the segment the code at hand instead"), "code",
            workspace.listing.recode_here, "Ctrl+Shift+R",
            enabled=at_hand,
        ),
        Command(
            "coding.uncode", tr("Remove the coding"), "code",
            workspace.listing.uncode_here, "Delete", enabled=at_hand,
        ),
    ]  # fmt: skip


def _describing(workspace: CodingWorkspace) -> list[Command]:
    actions = workspace.actions_on_text

    def at_hand() -> bool:
        return workspace.can_write() and actions.coding() is not None

    titles = (tr("Stance: for"), tr("Stance: against"), tr("Stance: ambivalent"))
    commands = [
        Command(
            f"coding.stance.{stance}", title, "code", partial(actions.set_stance, stance),
            f"Alt+{number}", enabled=at_hand, separator_before=number == 1,
        )
        for number, (stance, title) in enumerate(zip(STANCES, titles, strict=True), start=1)
    ]  # fmt: skip
    return [
        *commands,
        Command(
            "coding.stance.none", tr("Stance: none"), "code", partial(actions.set_stance, None),
            "Alt+0", enabled=at_hand,
        ),
        Command(
            "coding.memo", tr("Write a note on the segment"), "code", workspace.segment.focus_memo,
            "Ctrl+M", enabled=at_hand,
        ),
        Command(
            "coding.link", tr("Link the segment with …"), "code",
            workspace.segment_links.ask_link, "Ctrl+Alt+L",
            enabled=lambda: at_hand() and workspace.segment_links.can_link(),
            keywords=(tr("memo"),),
        ),
        Command(
            "coding.document_memo", tr("Write a memo on the source"), "document",
            workspace.reading.write_memo, "Ctrl+Shift+M", enabled=workspace.can_write,
        ),
        Command(
            "coding.cases", tr("Choose which offices the segment concerns …"), "code",
            workspace.questions.ask_cases, "Ctrl+Shift+O", enabled=at_hand,
        ),
    ]  # fmt: skip


def _in_view(workspace: CodingWorkspace, what: Callable[[TranscriptView], None]) -> None:
    """Do something in the transcript that is worked in: which one is known when it is done."""
    what(workspace.view)


def _moving(workspace: CodingWorkspace) -> list[Command]:
    actions = workspace.actions_on_text

    def view(what: Callable[[TranscriptView], None]) -> Callable[[], None]:
        return partial(_in_view, workspace, what)

    return [
        Command(
            "coding.next_turn", tr("Next turn"), "document",
            view(TranscriptView.next_turn), "Ctrl+Down",
        ),
        Command(
            "coding.previous_turn", tr("Previous turn"), "document",
            view(TranscriptView.previous_turn), "Ctrl+Up",
        ),
        Command(
            "coding.next_segment", tr("Next segment"), "document",
            view(TranscriptView.next_segment), "Alt+Down",
        ),
        Command(
            "coding.previous_segment", tr("Previous segment"), "document",
            view(TranscriptView.previous_segment), "Alt+Up",
        ),
        Command(
            "coding.next_uncoded", tr("Next answer without a coding"), "document",
            partial(actions.go_uncoded, 1), "Ctrl+U",
        ),
        Command(
            "coding.previous_uncoded", tr("Previous answer without a coding"), "document",
            partial(actions.go_uncoded, -1), "Ctrl+Alt+U",
        ),
        Command(
            "coding.find", tr("Find in this source"), "document", workspace.finder.open, "Ctrl+F",
        ),
        Command(
            "coding.find_everywhere", tr("Find in all sources"), "document",
            workspace.finder.open_everywhere, "Ctrl+Shift+A", keywords=(tr("search"),),
        ),
        Command(
            "coding.find_next", tr("Next place found"), "document",
            partial(workspace.finder.step, 1), "F3", enabled=workspace.finder.can_step,
        ),
        Command(
            "coding.find_previous", tr("Previous place found"), "document",
            partial(workspace.finder.step, -1), "Shift+F3", enabled=workspace.finder.can_step,
        ),
        Command(
            "coding.go_to_turn", tr("Go to turn …"), "document", workspace.questions.ask_turn,
            "Ctrl+G",
        ),
        Command(
            "coding.done", tr("Mark the source as done, or not"), "document",
            workspace.reading.toggle_done, "Ctrl+D", separator_before=True,
            enabled=lambda: workspace.can_write() and workspace.open is not None,
        ),
        Command(
            "coding.print", tr("Print the source with its margin …"), "document",
            workspace.printing.ask_print, "Ctrl+P", enabled=lambda: workspace.open is not None,
        ),
        Command(
            "coding.pdf", tr("Save the source with its margin as PDF …"), "document",
            workspace.printing.ask_pdf, "Ctrl+Shift+P",
            enabled=lambda: workspace.open is not None, keywords=(tr("print"),),
        ),
        Command(
            "coding.paper_names", tr("Names of coders on paper, or none"), "document",
            workspace.printing.toggle_names, keywords=(tr("print"), "PDF"),
        ),
        Command(
            "coding.next_document", tr("Next source"), "document",
            partial(workspace.step_document, 1), "Ctrl+PgDown", separator_before=True,
        ),
        Command(
            "coding.previous_document", tr("Previous source"), "document",
            partial(workspace.step_document, -1), "Ctrl+PgUp",
        ),
    ]  # fmt: skip


def _looking(workspace: CodingWorkspace) -> list[Command]:
    return [
        Command(
            "coding.segments", tr("List the segments of the code at hand"), "view",
            workspace.listing.toggle, "Ctrl+Shift+L", separator_before=True,
        ),
        Command(
            "coding.code_hits", tr("Code the picked places with the code at hand"), "code",
            workspace.hits.code_picked, enabled=workspace.hits.can_code, separator_before=True,
        ),
        Command(
            "coding.pick", tr("Pick the segment at hand too, or no longer"), "code",
            workspace.listing.pick_here, "Ctrl+Space",
            enabled=lambda: workspace.view.selected_segment() is not None,
            separator_before=True,
        ),
        Command(
            "coding.picked_recode", tr("Give the picked segments the code at hand"), "code",
            workspace.listing.recode, enabled=workspace.listing.can_change,
        ),
        Command(
            "coding.picked_split", tr("Make a new code of the picked segments …"), "code",
            workspace.listing.ask_split, enabled=workspace.listing.can_change,
        ),
        Command(
            "coding.picked_uncode", tr("Remove the picked codings"), "code",
            workspace.listing.uncode, enabled=workspace.listing.can_change,
        ),
        Command(
            "coding.zoom_in", tr("Larger text"), "view",
            partial(workspace.reading.zoom_by, 10), "Ctrl++",
        ),
        Command(
            "coding.zoom_out", tr("Smaller text"), "view", partial(workspace.reading.zoom_by, -10),
            "Ctrl+-",
        ),
        Command(
            "coding.zoom_reset", tr("Text at 100 %"), "view", partial(workspace.reading.zoom_by, 0),
            "Ctrl+0",
        ),
        Command("coding.next_pane", tr("Next pane"), "view", workspace.reading.next_pane, "F6"),
    ]  # fmt: skip


def _splitting(workspace: CodingWorkspace) -> list[Command]:
    opening, words = workspace.opening, (tr("split"), tr("side by side"))

    def something_open() -> bool:
        return workspace.open is not None

    return [
        Command(
            "coding.split", tr("Two transcripts, or one"), "view", opening.toggle_split,
            "Ctrl+Shift+S", enabled=something_open, keywords=words, separator_before=True,
        ),
        Command(
            "coding.other", tr("Go to the other transcript"), "view", opening.go_other, "Ctrl+B",
            enabled=lambda: workspace.split.is_split, keywords=words,
        ),
        Command(
            "coding.beside", tr("Open this source in the other transcript too"), "view",
            opening.open_here_beside, "Ctrl+Shift+Return", enabled=something_open, keywords=words,
        ),
    ]  # fmt: skip


def _layers(workspace: CodingWorkspace) -> list[Command]:
    layers, words = workspace.layers, (tr("layers"), tr("filter"), tr("coder"))

    def at_hand() -> bool:
        return workspace.code_pane.current() is not None

    return [
        Command(
            "coding.layers", tr("Choose what is shown …"), "view",
            workspace.questions.choose_layers, "Ctrl+Shift+F", keywords=words,
            separator_before=True,
        ),
        Command(
            "coding.only_mine", tr("Only my codings, or everyone's"), "view", layers.toggle_mine,
            "Ctrl+Shift+B", keywords=(tr("blind"), *words),
        ),
        Command(
            "coding.compare", tr("Two coders side by side"), "view",
            workspace.questions.compare_coders, "Ctrl+Shift+C",
            enabled=lambda: bool(layers.pairs()), keywords=(tr("compare"), *words),
        ),
        Command(
            "coding.only_code", tr("Only the code at hand and its subcodes, or all"), "view",
            workspace.code.show_only, "Ctrl+Shift+D", enabled=at_hand, keywords=words,
        ),
        Command(
            "coding.code_too", tr("Show the code at hand too"), "view", workspace.code.show_too,
            enabled=lambda: at_hand() and layers.layers.by_code, keywords=words,
        ),
        Command(
            "coding.dim", tr("Dim other codes instead of hiding them, or hide them"), "view",
            layers.toggle_dim, keywords=words,
        ),
        Command(
            "coding.show_everything", tr("Show everything"), "view", layers.clear, "Ctrl+Shift+E",
            enabled=lambda: layers.layers.filters, keywords=words,
        ),
    ]  # fmt: skip
