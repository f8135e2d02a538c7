"""The reports of imports on screen: listed, shown line by line, saved as a file."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from qda.gui.context import Context
from qda.gui.main_window import MainWindow
from qda.gui.models import report_model
from qda.gui.report_dialog import ReportDialog
from qda.gui.sources.workspace import SourcesWorkspace
from qda.model.import_report import ReportBuilder
from qda.model.messages import message
from qda.store import import_reports


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(1200, 800)
    qtbot.addWidget(made)
    return made


def keep(context: Context, builder: ReportBuilder) -> None:
    project = context.bridge.project
    with project.step(message("Import documents"), "Ingrid"):
        import_reports.insert(project.connection, builder.finished(), "Ingrid")


def a_report(source: str, lines: int = 1) -> ReportBuilder:
    builder = ReportBuilder("documents", source)
    builder.count_found({"files": lines + 1})
    builder.count_kept({"files": 1, "documents": 1})
    for number in range(lines):
        builder.left_out(
            "files", message("{name}", name=f"fil {number}"), f"mappe/{number}",
            message("{name} is empty.", name=f"fil {number}"),
        )  # fmt: skip
    builder.came_in("documents", message("{name}", name="Nord"), "Nord.txt", message("Nord"))
    return builder


def opened(context: Context, window: QWidget, qtbot: QtBot, shown: object = None) -> ReportDialog:
    dialog = ReportDialog(context, window, shown)  # pyright: ignore[reportArgumentType]
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.open()
    return dialog


def headings(dialog: ReportDialog) -> list[str]:
    model = dialog.model
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_reports_are_listed_latest_first_and_shown(
    study: Context, window: QWidget, qtbot: QtBot
) -> None:
    keep(study, a_report("Runde 1"))
    keep(study, a_report("Runde 2", 3))
    dialog = opened(study, window, qtbot)
    texts = [dialog.list.item(row).text().split("\n")[0] for row in range(2)]
    assert texts == ["Runde 2", "Runde 1"]
    assert "3 left out" in dialog.list.item(0).text()
    assert headings(dialog) == ["Left out (3)", "Came in (1)"]
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    assert headings(dialog) == ["Left out (1)", "Came in (1)"]
    first = dialog.model.index(0, report_model.WHY, dialog.model.index(0, 0))
    assert first.data() == "fil 0 is empty."
    assert first.data(Qt.ItemDataRole.AccessibleTextRole) == "Why: fil 0 is empty."


def test_a_report_that_is_not_kept_is_shown_all_the_same(
    study: Context, window: QWidget, qtbot: QtBot
) -> None:
    keep(study, a_report("Runde 1"))
    dialog = opened(study, window, qtbot, a_report("Runde 2", 2).finished())
    assert headings(dialog)[0] == "Left out (2)"
    assert "not kept" in dialog.list.item(0).text()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    assert headings(dialog)[0] == "Left out (1)"


def test_an_empty_place_says_what_comes_there(
    study: Context, window: QWidget, qtbot: QtBot
) -> None:
    while study.bridge.undo() is not None:
        pass
    dialog = opened(study, window, qtbot)
    assert dialog.list.count() == 0
    assert not dialog.save_button.isEnabled()


@pytest.mark.parametrize("ending", [".txt", ".md", ".html", ".json", ""])
def test_a_report_is_saved_as_its_ending_says(
    study: Context, window: QWidget, qtbot: QtBot, tmp_path: Path, ending: str
) -> None:
    keep(study, a_report("Runde 1"))
    dialog = opened(study, window, qtbot)
    path = tmp_path / f"rapport{ending}"
    dialog.write(path)
    text = (path if ending else path.with_suffix(".html")).read_text("utf-8")
    assert "fil 0 is empty." in text
    if ending == ".json":
        assert json.loads(text)["coder"] == "Ingrid"


def test_a_long_report_opens_with_its_problems_unfolded(
    study: Context, window: QWidget, qtbot: QtBot
) -> None:
    builder = a_report("Runde 1", 500)
    for number in range(300):
        builder.came_in("documents", message("{name}", name=str(number)), "", message("Nord"))
    keep(study, builder)
    dialog = opened(study, window, qtbot)
    assert [dialog.tree.isExpanded(dialog.model.index(row, 0)) for row in range(2)] == [True, False]
    dialog.tree.setCurrentIndex(dialog.model.index(499, 0, dialog.model.index(0, 0)))
    assert dialog.model.parent(dialog.tree.currentIndex()).row() == 0
    assert dialog.model.parent(QModelIndex()) == QModelIndex()


def test_the_window_shows_the_report_of_an_import_that_is_not_clean(
    study: Context, qtbot: QtBot
) -> None:
    window = MainWindow(study, [SourcesWorkspace(study)])
    qtbot.addWidget(window)
    window.start()
    clean = ReportBuilder("documents", "Runde 1")
    study.bridge.reported.emit(clean.finished())
    assert window.findChildren(ReportDialog) == []
    study.bridge.reported.emit(a_report("Runde 2").finished())
    (dialog,) = window.findChildren(ReportDialog)
    assert headings(dialog)[0] == "Left out (1)"
    dialog.reject()
    window.actions_by_command.action("file.reports").trigger()
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(ReportDialog)))
    for one in window.findChildren(ReportDialog):
        one.reject()
