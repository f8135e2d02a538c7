"""The sheet of all commands and their keys: read, change, print."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from qda.app.settings import Settings
from qda.gui import paper
from qda.gui.commands import Command
from qda.gui.language import tr
from qda.gui.menus import CommandActions
from qda.gui.shortcut_rules import draw_sheet, key_problem, scope_of
from qda.gui.theme import Theme
from qda.gui.widgets.clear_button import add_clear_button

KEPT = "shortcuts"


class ShortcutSheet(QDialog):
    """List every command with its keys; keys that are pressed in the field become the command's."""

    def __init__(
        self, actions: CommandActions, settings: Settings, theme: Theme, parent: QWidget
    ) -> None:
        """Show the commands as they are now; changes apply at once and are kept in `settings`."""
        super().__init__(parent)
        self._actions = actions
        self._settings = settings
        self._theme = theme
        self._commands = list(actions.commands())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Shortcuts"))
        wanted = QSize(theme.px(680), theme.px(600))
        self.resize(wanted.boundedTo(parent.window().size()))
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(tr("Find a command or keys"))
        self.search.setAccessibleName(tr("Find a command or keys"))
        add_clear_button(self.search)
        self.table = self._make_table()
        self.keys = QKeySequenceEdit(self)
        self.keys.setMaximumSequenceLength(1)
        self.none = QPushButton(tr("No keys"), self)
        self.reset = QPushButton(tr("Its own keys again"), self)
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.said.setProperty("kind", "muted")
        self._label = QLabel(self)
        self._label.setBuddy(self.keys)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.reset_all, self.print, self.pdf = (
            self.buttons.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
            for text in (tr("All as they were"), tr("Print …"), tr("Save as PDF …"))
        )
        self._lay_out()
        for button in self.findChildren(QPushButton):
            # Enter in a field is no wish for any of them.
            button.setAutoDefault(False)
        self._fill()
        self.table.selectRow(0)
        self._connect()
        self._show_command()

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(len(self._commands), 3, self)
        table.setAccessibleName(tr("Shortcuts"))
        table.setHorizontalHeaderLabels([tr("Command"), tr("Keys"), tr("Where")])
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(self._theme.px(28))
        table.setShowGrid(False)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return table

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self._label, 1)
        line.addWidget(self.keys)
        line.addWidget(self.none)
        line.addWidget(self.reset)
        self.keys.setFixedWidth(self._theme.px(180))
        layout = QVBoxLayout(self)
        layout.addWidget(self.search)
        layout.addWidget(self.table, 1)
        layout.addLayout(line)
        layout.addWidget(self.said)
        layout.addWidget(self.buttons)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_search_text_changed)
        self.table.itemSelectionChanged.connect(self._show_command)
        self.table.itemActivated.connect(self._on_table_item_activated)
        self.keys.editingFinished.connect(self._on_keys_editing_finished)
        self.none.clicked.connect(self._on_none_clicked)
        self.reset.clicked.connect(self._on_reset_clicked)
        self.reset_all.clicked.connect(self._on_reset_all_clicked)
        self.print.clicked.connect(self._on_print_clicked)
        self.pdf.clicked.connect(self._on_pdf_clicked)
        self.buttons.rejected.connect(self.reject)

    def command(self) -> Command | None:
        """Return the command that is chosen."""
        row = self.table.currentRow()
        return self._commands[row] if row >= 0 and not self.table.isRowHidden(row) else None

    def choose(self, command_id: str) -> None:
        """Choose a command."""
        for row, command in enumerate(self._commands):
            if command.id == command_id:
                self.table.selectRow(row)

    def save_pdf(self, path: Path) -> None:
        """Write the sheet as a PDF file. Raises UserError where the disk does not take it."""
        paper.save_pdf(path, partial(draw_sheet, self._actions), tr("Shortcuts"))

    def _fill(self) -> None:
        for row, command in enumerate(self._commands):
            keys = self._actions.shown_shortcut(command)
            changed = tr("{keys} (changed)", keys=keys or "–")
            texts = (
                command.title.replace("&", ""),
                changed if self._actions.is_changed(command) else keys,
                scope_of(self._actions.owner(command.id)),
            )
            for column, text in enumerate(texts):
                self.table.setItem(row, column, QTableWidgetItem(text))

    def _show_command(self) -> None:
        """Offer the keys of the chosen command to be changed."""
        command = self.command()
        for widget in (self.keys, self.none, self.reset):
            widget.setEnabled(command is not None)
        self.said.setText(tr("Choose a command, go to the field and press the keys it shall have."))
        if command is None:
            self._label.setText("")
            return
        name = command.title.replace("&", "")
        self._label.setText(tr("&Keys for «{command}»", command=name.replace("&", "&&")))
        self.keys.setAccessibleName(tr("Keys for «{command}»", command=name))
        self.none.setEnabled(bool(self._actions.shortcut(command)))
        self.reset.setEnabled(self._actions.is_changed(command))
        self._show_keys(command)

    def _show_keys(self, command: Command) -> None:
        blocked = self.keys.blockSignals(True)
        self.keys.setKeySequence(QKeySequence(self._actions.shortcut(command)))
        self.keys.blockSignals(blocked)

    def _give(self, command: Command, keys: QKeySequence) -> None:
        """Give a command keys, or say why it cannot have them."""
        text = keys.toString(QKeySequence.SequenceFormat.PortableText)
        shown = keys.toString(QKeySequence.SequenceFormat.NativeText)
        problem = key_problem(keys)
        other = self._actions.clash(command, text)
        if not problem and other is not None:
            problem = tr(
                "{keys} is taken by «{other}» ({where}). Give that command other keys first.",
                keys=shown,
                other=other.title.replace("&", ""),
                where=scope_of(self._actions.owner(other.id)),
            )
        if problem:
            self._show_keys(command)
            self.said.setText(problem)
            return
        self._actions.rebind(command, text)
        self._keep()
        self._show_command()
        self.said.setText(
            tr("The keys are {keys} now.", keys=shown) if shown else tr("It has no keys now.")
        )

    def _keep(self) -> None:
        self._settings.set(KEPT, dict(self._actions.bindings()))
        self._fill()

    def _on_search_text_changed(self, text: str) -> None:
        words = text.casefold().split()
        for row in range(self.table.rowCount()):
            cells = [self.table.item(row, column) for column in range(3)]
            shown = " ".join(cell.text() for cell in cells if cell is not None).casefold()
            self.table.setRowHidden(row, not all(word in shown for word in words))
        if self.command() is None:
            rows = range(self.table.rowCount())
            first = next((row for row in rows if not self.table.isRowHidden(row)), -1)
            if first >= 0:
                self.table.selectRow(first)
        self._show_command()

    def _on_table_item_activated(self, item: QTableWidgetItem) -> None:
        del item
        self.keys.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_keys_editing_finished(self) -> None:
        command, keys = self.command(), self.keys.keySequence()
        if command is not None and keys != QKeySequence(self._actions.shortcut(command)):
            self._give(command, keys)

    def _on_none_clicked(self) -> None:
        command = self.command()
        if command is not None:
            self._give(command, QKeySequence())

    def _on_reset_clicked(self) -> None:
        command = self.command()
        if command is not None:
            self._give(command, QKeySequence(command.shortcut))

    def _on_reset_all_clicked(self) -> None:
        self._actions.reset_all()
        self._keep()
        self._show_command()
        self.said.setText(tr("Every command has its own keys again."))

    def _on_print_clicked(self) -> None:
        paper.ask_printer(self, partial(draw_sheet, self._actions), tr("Shortcuts"))

    def _on_pdf_clicked(self) -> None:
        draw = partial(draw_sheet, self._actions)
        path = paper.ask_pdf(self, draw, tr("Shortcuts"), Path.home())
        if path is not None:
            self.said.setText(tr("The sheet is in {file}.", file=path.name))
