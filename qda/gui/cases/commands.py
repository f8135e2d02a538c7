"""What can be done in the offices workspace."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from qda.gui.commands import Command
from qda.gui.language import tr

if TYPE_CHECKING:
    from qda.gui.cases.workspace import CasesWorkspace


def cases_commands(workspace: CasesWorkspace) -> list[Command]:
    """Return every command of the workspace."""
    return [*_offices(workspace), *_variables(workspace), *_files(workspace), *_looking(workspace)]


def _offices(workspace: CasesWorkspace) -> list[Command]:
    writable, at_hand = workspace.can_write, workspace.can_edit
    return [
        Command(
            "cases.new", tr("New office"), "edit", workspace.add_case, "Ctrl+N",
            enabled=writable, separator_before=True,
        ),
        Command(
            "cases.rename", tr("Rename the office"), "edit", workspace.table.write_name,
            "Shift+F2", enabled=at_hand,
        ),
        Command(
            "cases.cell", tr("Write in the cell"), "edit", workspace.table.write_cell, "F2",
            enabled=at_hand,
        ),
        Command(
            "cases.clear", tr("Empty the cell"), "edit", workspace.clear_cell, "Delete",
            enabled=workspace.can_clear,
        ),
        Command(
            "cases.remove", tr("Remove the office"), "edit", workspace.remove_case,
            "Ctrl+Delete", enabled=at_hand,
        ),
        Command(
            "cases.documents", tr("Link sources to the office …"), "edit",
            workspace.choose_documents, "Ctrl+L", enabled=at_hand, separator_before=True,
        ),
        Command(
            "cases.participants", tr("Link participants to the office …"), "edit",
            workspace.choose_participants, "Ctrl+Shift+P", enabled=at_hand,
        ),
        Command(
            "cases.membership", tr("Set what the office belongs to …"), "edit",
            workspace.ask_membership, "Ctrl+Alt+G", enabled=at_hand,
            keywords=("county", "fylke", "kommune", "region", "group", "gruppe"),
        ),
        Command(
            "cases.succession", tr("Record a merger or split …"), "edit",
            workspace.ask_succession, enabled=at_hand,
            keywords=("sammenslåing", "deling", "navneendring", "renaming"),
        ),
        Command(
            "cases.move_up", tr("Move the office up"), "edit", partial(workspace.step, -1),
            "Alt+Shift+Up", enabled=workspace.can_move, separator_before=True,
        ),
        Command(
            "cases.move_down", tr("Move the office down"), "edit", partial(workspace.step, 1),
            "Alt+Shift+Down", enabled=workspace.can_move,
        ),
    ]  # fmt: skip


def _variables(workspace: CasesWorkspace) -> list[Command]:
    at_column = workspace.can_edit_variable
    return [
        Command(
            "cases.new_variable", tr("New variable …"), "edit", workspace.ask_variable,
            "Ctrl+Alt+N", enabled=workspace.can_write, separator_before=True,
        ),
        Command(
            "cases.rename_variable", tr("Rename the variable …"), "edit",
            workspace.ask_variable_name, enabled=at_column,
        ),
        Command(
            "cases.remove_variable", tr("Remove the variable"), "edit",
            workspace.remove_variable, enabled=at_column,
        ),
        Command(
            "cases.define_bands", tr("Define bands …"), "edit", workspace.bands.define,
            "Ctrl+Alt+B", enabled=workspace.bands.can_define, separator_before=True,
            keywords=("quantile", "quintile", "kvintil", "inndeling"),
        ),
        Command(
            "cases.remove_scores", tr("Remove the last score sheet"), "edit",
            workspace.scores.remove_last, enabled=workspace.can_remove_scores,
        ),
        Command(
            "cases.edit_bands", tr("Change the bands …"), "edit", workspace.bands.edit,
            enabled=workspace.bands.can_edit,
        ),
        Command(
            "cases.remove_bands", tr("Remove the bands"), "edit", workspace.bands.remove,
            enabled=workspace.bands.can_edit,
        ),
    ]  # fmt: skip


def _files(workspace: CasesWorkspace) -> list[Command]:
    return [
        Command(
            "cases.import", tr("Import the sheet of offices …"), "file",
            workspace.files.ask_cases, "Ctrl+Shift+F", enabled=workspace.can_write,
            keywords=("csv", "xlsx"), separator_before=True,
        ),
        Command(
            "cases.import_values", tr("Import monthly values …"), "file",
            workspace.files.ask_values, enabled=workspace.can_write,
            keywords=("csv", "xlsx", "indicator", "indikator"),
        ),
        Command(
            "cases.import_memberships", tr("Import memberships …"), "file",
            workspace.groups.ask_memberships, enabled=workspace.can_write,
            keywords=("csv", "xlsx", "county", "fylke"),
        ),
        Command(
            "cases.import_successions", tr("Import mergers and splits …"), "file",
            workspace.groups.ask_successions, enabled=workspace.can_write,
            keywords=("csv", "xlsx", "sammenslåing", "deling"),
        ),
        Command(
            "cases.import_scores", tr("Import a score sheet …"), "file",
            workspace.scores.ask_sheet, enabled=workspace.can_write,
            keywords=("csv", "xlsx", "skår", "saksmapper"),
        ),
        Command(
            "cases.export_memberships", tr("Export memberships …"), "file",
            workspace.groups.export_memberships, enabled=workspace.groups.has_memberships,
            keywords=("csv", "xlsx", "county", "fylke"),
        ),
        Command(
            "cases.export_successions", tr("Export mergers and splits …"), "file",
            workspace.groups.export_successions, enabled=workspace.groups.has_successions,
            keywords=("csv", "xlsx", "sammenslåing", "deling"),
        ),
    ]  # fmt: skip


def _looking(workspace: CasesWorkspace) -> list[Command]:
    return [
        Command(
            "cases.find", tr("Find an office"), "view", workspace.find_case, "Ctrl+F",
            separator_before=True,
        ),
        Command(
            "cases.project_order", tr("Offices in the project's order"), "view",
            workspace.restore_order,
        ),
        Command(
            "cases.month", tr("Choose the month shown …"), "view", workspace.choose_month,
            enabled=workspace.has_months_to_choose,
        ),
        Command(
            "cases.months", tr("Show every month of the office"), "view", workspace.toggle_months,
            "Ctrl+Shift+Y", enabled=workspace.has_months,
        ),
        Command(
            "cases.scores", tr("Scores of all offices …"), "view", workspace.show_scores,
            enabled=workspace.scores.may_look, keywords=("kappa", "alpha", "skår", "rater"),
        ),
        Command("cases.next_pane", tr("Next pane"), "view", workspace.next_pane, "F6"),
    ]  # fmt: skip
