"""What can be done in the matrix workspace."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from qda.gui.commands import Command
from qda.gui.language import tr
from qda.gui.matrix import tables, words
from qda.gui.matrix.export import file_kinds
from qda.model.agreement import SETTLING

if TYPE_CHECKING:
    from qda.gui.matrix.workspace import MatrixWorkspace
    from qda.gui.models.question import TableKind
    from qda.model.agreement import Decision
    from qda.model.matrix import PercentOf


_RATERS = 2
"""Raters whose judgement is settled on by key; there is neither both nor none of these."""


def matrix_commands(workspace: MatrixWorkspace) -> list[Command]:
    """Return every command of the workspace."""
    return [
        *_tables(workspace), *_pictures(workspace), *_asking(workspace), *_cells(workspace),
        *_percent(workspace), *_queries(workspace), *_writing(workspace), *_reading(workspace),
        *_settling(workspace), *_taking(workspace),
    ]  # fmt: skip


def _tables(workspace: MatrixWorkspace) -> list[Command]:
    return [
        Command(
            f"matrix.table.{kind}", tr("Table: {what}", what=word), "matrix",
            partial(show_table, workspace, kind),
        )
        for kind, word in tables.table_kinds()
    ]  # fmt: skip


def _pictures(workspace: MatrixWorkspace) -> list[Command]:
    words = [
        ("", tr("Table")), ("heat", tr("Heat map")), ("bars", tr("Bars")),
        ("joint", tr("Joint display")),
        ("network", tr("Map of co-occurrences")), ("portraits", tr("Document portraits")),
    ]  # fmt: skip
    shown = [
        Command(
            f"matrix.picture.{kind or 'none'}", tr("Shown as: {what}", what=word), "matrix",
            partial(show_picture, workspace, kind), separator_before=not kind,
        )
        for kind, word in words
    ]  # fmt: skip
    chosen = Command(
        "matrix.pictures", tr("Show as a picture …"), "matrix", workspace.bar.open_pictures,
        "Ctrl+Shift+P",
    )  # fmt: skip
    beside = Command(
        "matrix.beside", tr("Choose what stands beside the codes …"), "matrix",
        workspace.bar.open_beside, enabled=workspace.bar.shows_beside,
    )  # fmt: skip
    return [*shown, chosen, beside]


def _percent(workspace: MatrixWorkspace) -> list[Command]:
    choices = [
        Command(
            f"matrix.percent.{of or 'none'}", tr("Percent: {what}", what=word), "matrix",
            partial(show_percent, workspace, of), separator_before=of is None,
        )
        for of, word in words.percent_choices()
    ]  # fmt: skip
    totals = Command(
        "matrix.totals", tr("Show totals, or not"), "matrix", partial(toggle_totals, workspace)
    )
    return [*choices, totals]


def _asking(workspace: MatrixWorkspace) -> list[Command]:
    bar = workspace.bar
    return [
        Command("matrix.rows", tr("Choose the rows …"), "matrix", bar.open_rows, "Ctrl+Shift+R"),
        Command(
            "matrix.columns", tr("Choose the columns …"), "matrix", bar.open_columns,
            "Ctrl+Shift+L",
        ),
        Command(
            "matrix.filter", tr("Add a filter …"), "matrix", bar.open_filter, "Ctrl+Shift+F",
        ),
        Command(
            "matrix.all", tr("Take all filters away"), "matrix", partial(clear_filters, workspace),
        ),
        Command(
            "matrix.groups", tr("Choose the two groups …"), "matrix", bar.open_groups,
            enabled=lambda: workspace.question.table == "contrast",
        ),
        Command(
            "matrix.coders", tr("Choose the two coders …"), "matrix", bar.open_coders,
            enabled=lambda: workspace.question.table == "agreement",
        ),
        Command(
            "matrix.parts", tr("Choose the rows of the agreement …"), "matrix", bar.open_parts,
            enabled=lambda: workspace.question.table == "agreement",
        ),
        Command("matrix.swap", tr("Swap rows and columns"), "matrix", partial(swap, workspace)),
        Command(
            "matrix.fold", tr("Show every code or only the top ones"), "matrix",
            partial(fold, workspace), "Ctrl+T",
        ),
        Command("matrix.reset", tr("Start over: codes by office"), "matrix", workspace.reset),
    ]  # fmt: skip


def _cells(workspace: MatrixWorkspace) -> list[Command]:
    return [
        Command(
            f"matrix.cells.{kind}", tr("Cells: {what}", what=word), "matrix",
            partial(workspace.set_cells, kind), f"Alt+{number}" if number <= 9 else "",
            separator_before=number == 1,
        )
        for number, (kind, word) in enumerate(words.kind_words(), start=1)
    ]  # fmt: skip


def _queries(workspace: MatrixWorkspace) -> list[Command]:
    builder = workspace.queries
    parts = [
        ("matrix.query.code", tr("Query: codes …"), builder.open_codes, builder.is_open),
        ("matrix.query.limit", tr("Query: limit …"), builder.open_limits, builder.is_open),
        ("matrix.query.condition", tr("Query: condition …"), builder.open_condition,
         builder.is_open),
        ("matrix.query.save", tr("Save the query"), builder.save, builder.can_save),
        ("matrix.query.remove", tr("Remove the query"), builder.remove, builder.can_remove),
        ("matrix.query.rows", tr("Queries as rows"), partial(builder.use, "rows"),
         builder.can_use),
        ("matrix.query.columns", tr("Queries as columns"), partial(builder.use, "columns"),
         builder.can_use),
        ("matrix.query.filter", tr("Filter by the query"), partial(builder.use, "filter"),
         builder.can_use),
    ]  # fmt: skip
    opening = Command(
        "matrix.query", tr("Build a query, or back to the evidence"), "matrix", builder.toggle,
        "Ctrl+Shift+Q", separator_before=True, keywords=(tr("Queries"),),
    )  # fmt: skip
    return [
        opening,
        *(Command(name, title, "matrix", run, enabled=can) for name, title, run, can in parts),
    ]


def _writing(workspace: MatrixWorkspace) -> list[Command]:
    writer = workspace.writer

    def has_proposition() -> bool:
        return writer.proposition_at_hand() is not None

    return [
        Command(
            "matrix.write", tr("Write in the cell"), "matrix", writer.write, "F2",
            enabled=writer.can_write, separator_before=True,
        ),
        Command(
            "matrix.evidence", tr("The quote is evidence here, or not"), "matrix",
            writer.toggle_evidence, "Ctrl+B", enabled=writer.can_pin,
            keywords=(tr("pin"), tr("for")),
        ),
        Command(
            "matrix.against", tr("The quote speaks against, or not"), "matrix",
            partial(writer.toggle_evidence, "against"), "Ctrl+Shift+B", enabled=writer.can_pin,
        ),
        Command(
            "matrix.proposition", tr("New proposition …"), "matrix", writer.ask_proposition,
            "Ctrl+N", enabled=lambda: not workspace.context.bridge.project.read_only,
        ),
        Command(
            "matrix.proposition.edit", tr("Change the proposition …"), "matrix",
            writer.edit_proposition, enabled=has_proposition,
        ),
        Command(
            "matrix.proposition.remove", tr("Remove the proposition"), "matrix",
            writer.remove_proposition, enabled=has_proposition,
        ),
    ]  # fmt: skip


def _reading(workspace: MatrixWorkspace) -> list[Command]:
    alongside = workspace.alongside
    return [
        Command(
            "matrix.alongside", tr("Show the transcript alongside, or not"), "matrix",
            alongside.toggle, "Ctrl+Shift+T", enabled=alongside.writes_cells,
            separator_before=True,
        ),
        Command(
            "matrix.alongside.read", tr("Read in the transcript alongside"), "matrix",
            alongside.enter, "F4", enabled=alongside.writes_cells,
        ),
        Command(
            "matrix.passage.next", tr("Next segment of the cell"), "matrix",
            partial(alongside.step, 1), "F3", enabled=alongside.can_step,
        ),
        Command(
            "matrix.passage.previous", tr("Previous segment of the cell"), "matrix",
            partial(alongside.step, -1), "Shift+F3", enabled=alongside.can_step,
        ),
        Command("matrix.next_pane", tr("Next pane"), "view", alongside.next_pane, "F6"),
    ]  # fmt: skip


def _settling(workspace: MatrixWorkspace) -> list[Command]:
    settler, writer = workspace.agreeing.settler, workspace.writer

    def step(by: int) -> None:
        (settler.step if settler.current() is not None else writer.step)(by)

    def can_step() -> bool:
        return settler.current() is not None or bool(writer.open_cells())

    def settle(decision: Decision, number: int) -> None:
        if settler.current() is not None:
            settler.settle(decision)
        elif number < _RATERS:
            writer.settle(number)

    titles = {
        "first": tr("Settle as the first of two"), "second": tr("Settle as the second of two"),
        "both": tr("Settle on all that either coded"), "neither": tr("Settle on neither"),
    }  # fmt: skip
    stepping = [
        Command(
            f"matrix.settle.{name}", title, "matrix", partial(step, by), keys, enabled=can_step,
            separator_before=by > 0,
        )
        for name, title, by, keys in (
            ("next", tr("Next disagreement"), 1, "Alt+Shift+Down"),
            ("previous", tr("Previous disagreement"), -1, "Alt+Shift+Up"),
        )
    ]  # fmt: skip
    discussing = Command(
        "matrix.settle.discuss", tr("Discuss the disagreement"), "matrix", settler.discuss,
        "Ctrl+Alt+D", enabled=lambda: settler.current() is not None,
    )  # fmt: skip
    deciding = [
        Command(
            f"matrix.settle.{decision}", titles[decision], "matrix",
            partial(settle, decision, number), f"Alt+Shift+{number + 1}",
            enabled=partial(_can_settle, workspace, number),
        )
        for number, decision in enumerate(SETTLING)
    ]  # fmt: skip
    agreed = Command(
        "matrix.settle.agreed", tr("Take over what the two agree on"), "matrix",
        settler.take_agreed, enabled=settler.can_take_agreed,
    )  # fmt: skip
    return [*stepping, discussing, *deciding, agreed]


def _can_settle(workspace: MatrixWorkspace, number: int) -> bool:
    """Tell whether what is at hand can be settled on the first, the second, both or neither."""
    settler, writer = workspace.agreeing.settler, workspace.writer
    return settler.can_settle() or (number < _RATERS and writer.can_settle())


def _taking(workspace: MatrixWorkspace) -> list[Command]:
    open_command = Command(
        "matrix.open", tr("Open the quote in its transcript"), "matrix", workspace.open_quote,
        "Ctrl+Return", separator_before=True,
    )  # fmt: skip
    copies = [
        Command(
            "matrix.copy", tr("Copy the selected cells"), "matrix", partial(copy, workspace),
            "Ctrl+C",
        ),
        Command(
            "matrix.copy_all", tr("Copy the whole table"), "matrix", partial(copy_all, workspace),
            "Ctrl+Shift+C",
        ),
    ]  # fmt: skip
    exports = [
        Command(
            f"matrix.export{ending}",
            tr("Export: {kind} …", kind=kind),
            "matrix",
            partial(workspace.ask_export, ending),
            "Ctrl+Shift+E" if place == 0 else "",
            separator_before=place == 0,
        )
        for place, (ending, kind) in enumerate(file_kinds())
    ]
    return [open_command, *copies, *exports]


def clear_filters(workspace: MatrixWorkspace) -> None:
    """Count everything again."""
    workspace.ask(replace(workspace.question, filters=()))


def show_table(workspace: MatrixWorkspace, kind: TableKind) -> None:
    """Show another kind of table, with the same filters."""
    workspace.ask(replace(workspace.question, table=kind))


def show_picture(workspace: MatrixWorkspace, kind: str) -> None:
    """Show the table, or a picture; a map is one of codes that occur together."""
    asked = workspace.question
    if kind == "network":
        asked = replace(asked, table="cooccurrence")
    elif kind == "joint":
        asked = replace(asked, table="matrix", rows=("case",))
    elif kind in ("bars", "portraits"):
        asked = replace(asked, table="matrix")
    workspace.ask(replace(asked, picture=kind))


def show_percent(workspace: MatrixWorkspace, of: PercentOf | None) -> None:
    """Show the cells as percentages, or as counts."""
    workspace.ask(replace(workspace.question.with_percent(of), table="matrix"))


def toggle_totals(workspace: MatrixWorkspace) -> None:
    """Show a row and a column of totals, or none."""
    asked = workspace.question
    workspace.ask(replace(asked, totals=not asked.totals, table="matrix"))


def swap(workspace: MatrixWorkspace) -> None:
    """Let rows be columns and columns rows."""
    asked = workspace.question
    workspace.ask(replace(asked, rows=asked.columns, columns=asked.rows, sort_by=""))


def fold(workspace: MatrixWorkspace) -> None:
    """Show every code by itself, or subcodes counted in with the codes above them."""
    workspace.ask(replace(workspace.question, folded=not workspace.question.folded))


def copy(workspace: MatrixWorkspace) -> None:
    """Copy the selected cells."""
    _copy_text(workspace.table.copied_text())


def copy_all(workspace: MatrixWorkspace) -> None:
    """Copy the table with its headings."""
    _copy_text(workspace.table.copied_text(everything=True))


def _copy_text(text: str) -> None:
    if text:
        QGuiApplication.clipboard().setText(text)
