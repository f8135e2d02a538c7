"""What can be done in the codebook workspace."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from qda.gui.commands import Command
from qda.gui.language import tr
from qda.gui.models.code_order import order_commands

if TYPE_CHECKING:
    from qda.gui.codebook.workspace import CodebookWorkspace


def codebook_commands(workspace: CodebookWorkspace) -> list[Command]:
    """Return every command of the workspace."""
    return [
        *_codes(workspace), *_moving(workspace), *_files(workspace), *_sharing(workspace),
        *_looking(workspace),
    ]  # fmt: skip


def _codes(workspace: CodebookWorkspace) -> list[Command]:
    writable, at_hand = workspace.can_write, workspace.can_edit
    return [
        Command(
            "codebook.new", tr("New top code"), "code", workspace.add_top, "Ctrl+N",
            enabled=writable, separator_before=True,
        ),
        Command(
            "codebook.new_below", tr("New code below this one"), "code", workspace.add_below,
            "Ctrl+Alt+N", enabled=at_hand,
        ),
        Command(
            "codebook.rename", tr("Rename the code"), "code", workspace.rename, "F2",
            enabled=at_hand,
        ),
        Command(
            "codebook.color", tr("Change the code's colour"), "code", workspace.focus_color,
            "Ctrl+Shift+K", enabled=at_hand,
        ),
        Command(
            "codebook.merge", tr("Merge the code into another …"), "code", workspace.ask_merge,
            "Ctrl+Shift+M", enabled=lambda: at_hand() and workspace.has_others(),
        ),
        Command(
            "codebook.remove", tr("Remove the code"), "code", workspace.remove, "Delete",
            enabled=at_hand,
        ),
    ]  # fmt: skip


def _moving(workspace: CodebookWorkspace) -> list[Command]:
    at_hand = workspace.can_edit
    return [
        Command(
            "codebook.move_up", tr("Move the code up"), "code", partial(workspace.step, -1),
            "Alt+Shift+Up", enabled=workspace.in_own_order, separator_before=True,
        ),
        Command(
            "codebook.move_down", tr("Move the code down"), "code", partial(workspace.step, 1),
            "Alt+Shift+Down", enabled=workspace.in_own_order,
        ),
        Command(
            "codebook.move_in", tr("Move the code in below the one above"), "code",
            workspace.indent, "Alt+Shift+Right", enabled=at_hand,
        ),
        Command(
            "codebook.move_below", tr("Move the code below …"), "code", workspace.ask_move,
            "Ctrl+Shift+L", enabled=at_hand,
        ),
        Command(
            "codebook.sort", tr("Put the codes in the order of their names"), "code",
            workspace.sort_for_good,
            enabled=lambda: workspace.can_write() and workspace.has_others(),
        ),
        Command(
            "codebook.move_out", tr("Move the code out a level"), "code", workspace.outdent,
            "Alt+Shift+Left", enabled=at_hand,
        ),
    ]  # fmt: skip


def _files(workspace: CodebookWorkspace) -> list[Command]:
    return [
        Command(
            "codebook.import", tr("Import a codebook …"), "file", workspace.files.ask_import,
            "Ctrl+Shift+B", enabled=workspace.can_write, keywords=("toml", "csv", "xlsx", "qdc"),
            separator_before=True,
        ),
        Command(
            "codebook.shipped", tr("Use the codebook nav-styring"), "file",
            workspace.files.apply_shipped,
            enabled=lambda: workspace.can_write() and not workspace.has_codes(),
        ),
        Command(
            "codebook.export", tr("Export the codebook …"), "file", workspace.files.ask_export,
            "Ctrl+Shift+E", enabled=workspace.has_codes,
            keywords=("docx", "xlsx", "csv", "toml", "md", "html", "qdc"),
        ),
    ]  # fmt: skip


def _sharing(workspace: CodebookWorkspace) -> list[Command]:
    exchange = workspace.exchange
    return [
        Command(
            "codebook.compare", tr("Compare with a colleague's codebook …"), "file",
            exchange.ask_compare, "Ctrl+Shift+D", enabled=workspace.can_write,
            keywords=("merge", "diff", "toml", "csv", "xlsx", "qdc"),
        ),
        Command(
            "codebook.save_version", tr("Save a version of the codebook …"), "file",
            exchange.save_version, "Ctrl+Alt+S",
            enabled=lambda: workspace.can_write() and workspace.has_codes(),
            separator_before=True,
        ),
        Command(
            "codebook.versions", tr("Versions of the codebook …"), "file",
            exchange.show_versions, "Ctrl+Shift+V",
        ),
    ]  # fmt: skip


def _looking(workspace: CodebookWorkspace) -> list[Command]:
    return [
        Command(
            "codebook.segments", tr("List the segments of the code"), "view",
            workspace.list_segments, "Ctrl+Return", enabled=workspace.has_codes,
            separator_before=True,
        ),
        Command(
            "codebook.expand", tr("Show every subcode"), "view", workspace.tree_pane.expand_all,
        ),
        Command(
            "codebook.collapse", tr("Show only the top codes"), "view",
            workspace.tree_pane.collapse_all,
        ),
        *order_commands("codebook", workspace.context.settings, workspace.show_order),
        Command("codebook.next_pane", tr("Next pane"), "view", workspace.next_pane, "F6"),
    ]  # fmt: skip
