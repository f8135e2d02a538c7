"""The sheet of all shortcuts."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from qda.gui.language import tr
from qda.gui.menus import CommandActions, menu_titles
from qda.gui.palette_source import command_lines
from qda.gui.theme import Theme


class ShortcutSheet(QDialog):
    """List every command with its keys, by menu."""

    def __init__(self, actions: CommandActions, theme: Theme, parent: QWidget) -> None:
        """Show the commands as they are now."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Shortcuts"))
        self.resize(theme.px(560), theme.px(560))
        lines = [line for line in command_lines(actions) if line[1]]
        table = QTableWidget(len(lines), 3, self)
        table.setAccessibleName(tr("Shortcuts"))
        table.setHorizontalHeaderLabels([tr("Keys"), tr("Command"), tr("Menu")])
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.verticalHeader().hide()
        table.setShowGrid(False)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        titles = menu_titles()
        for row, (menu, keys, command) in enumerate(lines):
            texts = (keys, command.title.replace("&", ""), titles[menu].replace("&", ""))
            for column, text in enumerate(texts):
                table.setItem(row, column, QTableWidgetItem(text))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(table, 1)
        layout.addWidget(buttons)
