"""Reports: recipes as plain text, checked while one writes, run into a folder."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFontDatabase, QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qda.app import reports
from qda.gui.blind import only_coder
from qda.gui.commands import Command
from qda.gui.context import Context
from qda.gui.language import current_catalogue, tr, tr_n
from qda.gui.quotes.engine import QuoteEngine
from qda.gui.quotes.page import Page, left_column
from qda.gui.theme import Theme
from qda.gui.widgets.autosave import Autosave
from qda.gui.widgets.labels import EmptyPlace, PaneHeader
from qda.gui.widgets.trouble import Trouble
from qda.jobs.progress import Progress
from qda.model.errors import UserError
from qda.operations import recipes as operations
from qda.store import recipes

KIND = "TOML (*.toml)"


class ReportsPage(Page):
    """Write up by a recipe, again and again."""

    key = "reports"
    tables = ("recipe",)
    anywhere = frozenset({"quotes.run"})

    def __init__(self, context: Context, engine: QuoteEngine, parent: QWidget) -> None:
        """Build the panes; nothing is loaded yet."""
        super().__init__(context, engine, parent)
        theme = context.theme
        self._texts: dict[str, str] = {}
        self._shown = ""
        self.list = _entries(self, tr("Recipes"))
        self.files = _entries(self, tr("Written files"))
        self.new = QPushButton(tr("New recipe"), self)
        self.new.setToolTip(tr("A new recipe, from the usual one"))
        self.take_in = QPushButton(tr("Import …"), self)
        self.give_out = QPushButton(tr("Export …"), self)
        self.remove = QPushButton(tr("Remove"), self)
        self.run = QPushButton(tr("Write the files"), self)
        self.run.setProperty("kind", "primary")
        self.elsewhere = QPushButton(tr("Another folder …"), self)
        self.blind = QLabel(tr("Only your own codings and judgements are written up."), self)
        self.blind.setProperty("kind", "muted")
        self.blind.setWordWrap(True)
        self.name = QLineEdit(self)
        self.name.setAccessibleName(tr("Name of the recipe"))
        self.text = QPlainTextEdit(self)
        self.text.setAccessibleName(tr("The recipe"))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setTabChangesFocus(True)
        self.trouble = Trouble(theme, self)
        self._empty = EmptyPlace(
            theme, "export", tr("No recipes yet"),
            tr("A recipe lists the files of a write-up: results chapter, tables, quotes, appendix. "
               "It is run with one click, and gives the same files for the same data."),
            tr("Begin with the usual recipe"), self,
        )  # fmt: skip
        self._pages = QStackedWidget(self)
        self._saving = Autosave(self)
        self._buttons, self._foot, self._column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        self._lay_out(theme)
        self.set_theme(theme)
        self._connect()

    def _lay_out(self, theme: Theme) -> None:
        left, column = left_column(self)
        column.addWidget(PaneHeader(theme, tr("Recipes"), "", self))
        column.addWidget(self.list, 1)
        for button in (self.new, self.take_in, self.give_out, self.remove):
            button.setProperty("kind", "quiet")
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        column.addLayout(self._buttons)
        column.addWidget(PaneHeader(theme, tr("Written files"), "", self))
        column.addWidget(self.files, 2)
        self._foot.addWidget(self.run)
        self._foot.addWidget(self.elsewhere)
        self._foot.addStretch(1)
        column.addWidget(self.blind)
        column.addLayout(self._foot)
        right = QFrame(self)
        right.setProperty("kind", "paper")
        right.setLayout(self._column)
        for widget in (self.name, self.trouble, self.text):
            self._column.addWidget(widget)
        self.splitter.addWidget(left)
        self.splitter.addWidget(right)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)  # noqa: S101 - made by Page
        layout.removeWidget(self.splitter)
        self._pages.addWidget(self.splitter)
        self._pages.addWidget(self._empty)
        layout.addWidget(self._pages)
        self.entry = self.list

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(self._on_list_current_item_changed)
        self.list.itemActivated.connect(self.write_on)
        self.files.itemActivated.connect(self._on_files_item_activated)
        self.files.installEventFilter(self)
        self.text.installEventFilter(self)
        self.text.textChanged.connect(self._on_text_changed)
        self._saving.due.connect(self.save)
        self.name.editingFinished.connect(self._on_name_editing_finished)
        for button, run in (
            (self.new, self.add), (self.take_in, self.ask_import), (self.give_out, self.ask_export),
            (self.remove, self.remove_recipe), (self.run, self.ask_run),
            (self.elsewhere, partial(self.ask_run, ask=True)),
        ):  # fmt: skip
            button.clicked.connect(partial(_without_checked, run))
        self._empty.button_clicked.connect(self.add)

    def title(self) -> str:
        """Return the word for the page."""
        return tr("Reports")

    def set_widths(self) -> None:
        """Take the widths the user left, else a list of a third."""
        kept = self.context.settings.numbers(f"quotes.{self.key}.panes")
        self.splitter.setSizes(kept or [self.context.theme.px(380), max(self.width() - 380, 400)])

    # ------------------------------------------------------------------------------- showing
    def load(self) -> None:
        """List the recipes as they are now."""
        found = recipes.all_recipes(self.context.bridge.project.connection)
        self._texts = dict(found)
        self.blind.setVisible(only_coder(self.context) is not None)
        at_hand = self._shown
        there = [self.list.item(row).text() for row in range(self.list.count())]
        if there != list(self._texts):
            self.list.blockSignals(True)
            self.list.clear()
            self.list.addItems(list(self._texts))
            self.list.blockSignals(False)
        self._pages.setCurrentWidget(self.splitter if found else self._empty)
        self.entry = self.list if found else self._empty
        self._choose(at_hand if at_hand in self._texts else next(iter(self._texts), ""))
        self.counted.emit()

    def _choose(self, name: str) -> None:
        found = self.list.findItems(name, Qt.MatchFlag.MatchExactly) if name else []
        if found:
            # What is in the editor is not to be saved over what was just undone.
            self.list.blockSignals(True)
            self.list.setCurrentItem(found[0])
            self.list.blockSignals(False)
        self._show(name)

    def count(self) -> str:
        """Return how many recipes there are."""
        return str(len(self._texts))

    def status(self) -> list[str]:
        """Return how many recipes there are."""
        return [tr_n("{n} recipe", "{n} recipes", len(self._texts))]

    def has_recipe(self) -> bool:
        """Tell whether a recipe is at hand."""
        return bool(self._shown)

    def _can_change(self) -> bool:
        return self.has_recipe() and self.can_write()

    def can_export(self) -> bool:
        """Tell whether a recipe is at hand."""
        return self.has_recipe()

    def _on_list_current_item_changed(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            name = item.text()
            self.save()
            self._show(name)

    def _show(self, name: str) -> None:
        other, self._shown = name != self._shown, name
        text = self._texts.get(name, "")
        if other or not (self.text.hasFocus() or self._saving.waiting()):
            if self.text.toPlainText() != text:
                self.text.blockSignals(True)
                self.text.setPlainText(text)
                self.text.blockSignals(False)
            self._saving.stop()
        if other or not self.name.hasFocus():
            self.name.setText(name)
        writable = self.can_write()
        self.text.setReadOnly(not writable)
        self.name.setReadOnly(not writable)
        for button in (self.new, self.take_in, self.remove):
            button.setEnabled(writable)
        if other:
            self.files.clear()
        self._check()

    # ------------------------------------------------------------------------------- writing
    def _on_text_changed(self) -> None:
        self._saving.touch()
        self._check()

    def _check(self) -> str:
        """Say in one sentence what is wrong with the recipe as it is typed; return it."""
        from qda.operations.writeup.recipe import read_recipe  # lazy: it brings numpy

        said = ""
        if self._shown:
            try:
                read_recipe(self.text.toPlainText(), self._shown)
            except UserError as error:
                said = error.message.say(current_catalogue())
        self.trouble.say(said)
        self.run.setEnabled(not said and self.has_recipe())
        self.elsewhere.setEnabled(self.run.isEnabled())
        return said

    def save(self) -> None:
        """Save what is being written, once nothing is wrong with it."""
        self._saving.stop()
        text = self.text.toPlainText()
        if not self._can_change() or self._shown not in self._texts or self._check():
            return
        if text != self._texts[self._shown]:
            self.context.bridge.run(operations.save_recipe, name=self._shown, text=text, joins=True)

    def add(self) -> None:
        """Begin a recipe with the usual one."""
        self.save()
        self._keep(tr("Report"), reports.usual_recipe(current_catalogue().language))

    def _keep(self, name: str, text: str) -> None:
        wanted, number = name, 1
        while wanted in self._texts:
            number += 1
            wanted = f"{name} {number}"
        if self.context.bridge.run(operations.save_recipe, name=wanted, text=text) is not None:
            self.activate()
            self._choose(wanted)
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_name_editing_finished(self) -> None:
        wanted, old = self.name.text().strip(), self._shown
        if not old or wanted == old or not self.can_write():
            return
        self.save()
        self._shown = wanted
        if self.context.bridge.run(operations.rename_recipe, name=old, new_name=wanted) is None:
            self._shown = old
            self.name.setText(old)

    def remove_recipe(self) -> None:
        """Remove the recipe at hand."""
        if self._can_change():
            self._saving.stop()
            name, self._shown = self._shown, ""
            self.context.bridge.run(
                operations.remove_recipe, name=name, notice=tr("Removed {name}.", name=name)
            )

    def write_on(self) -> None:
        """Put the keyboard into the recipe."""
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def ask_import(self) -> None:
        """Ask for a recipe file, and keep it in the project."""
        chosen, _ = QFileDialog.getOpenFileName(
            self.window(), tr("Import a recipe"), self._folder(), KIND
        )
        if not chosen:
            return
        path = Path(chosen)
        try:
            text = reports.read_file(path)
        except UserError as error:
            self.context.bridge.failed.emit(error)
            return
        self._keep(path.stem, text)

    def ask_export(self) -> None:
        """Ask where to write the recipe at hand, and write it."""
        self.save()
        chosen, _ = QFileDialog.getSaveFileName(
            self.window(), tr("Export the recipe"),
            str(Path(self._folder()) / f"{self._shown}.toml"), KIND,
        )  # fmt: skip
        if not chosen:
            return
        from qda.formats.atomic import atomic_write  # lazy: start-up

        path = Path(chosen).with_suffix(".toml")
        try:
            atomic_write(path, self.text.toPlainText())
        except UserError as error:
            self.context.bridge.failed.emit(error)
            return
        self.context.bridge.told.emit(tr("Wrote {file}.", file=path.name))

    # ------------------------------------------------------------------------------- running
    def _folder(self) -> str:
        kept = self.context.settings.text(self._setting())
        return kept or str(self.context.bridge.project.path.parent)

    def _setting(self) -> str:
        return f"reports.folder.{self.engine.snapshot.entities.project.guid}"

    def ask_run(self, *, ask: bool = False) -> None:
        """Write the files where they were written before; ask for the folder the first time."""
        kept = self.context.settings.text(self._setting())
        if ask or not kept or not Path(kept).is_dir():
            kept = QFileDialog.getExistingDirectory(
                self.window(), tr("Where the files are written"), self._folder()
            )
        if kept:
            self.write_into(Path(kept))

    def write_into(self, folder: Path) -> None:
        """Write the files of the recipe at hand in a worker."""
        self.save()
        bridge = self.context.bridge
        try:
            run = reports.ReportRun(
                bridge.session, self.text.toPlainText(), self._shown,
                current_catalogue().language, only_coder(self.context),
            )  # fmt: skip
        except UserError as error:
            bridge.failed.emit(error)
            return
        self.context.settings.set(self._setting(), str(folder))
        if bridge.project.is_copy:
            # An older file that is read without being changed has no second connection.
            self._on_written_files(run.write(folder))
            return

        def work(progress: Progress) -> tuple[Path, ...]:
            return run.write_apart(folder, progress)

        self.context.jobs.start(
            tr("Writing {name}", name=self._shown), work, self._on_written_files
        )

    def _on_written_files(self, written: tuple[Path, ...]) -> None:
        self.files.clear()
        for path in written:
            item = QListWidgetItem(path.name)
            item.setData(Qt.ItemDataRole.UserRole, str(path))
            item.setToolTip(str(path))
            self.files.addItem(item)
        self.files.setCurrentRow(0)
        self.context.bridge.told.emit(tr_n("Wrote {n} file.", "Wrote {n} files.", len(written)))

    def _on_files_item_activated(self, item: QListWidgetItem) -> None:
        path = str(item.data(Qt.ItemDataRole.UserRole))
        QDesktopServices.openUrl(QUrl.fromLocalFile(path))

    def open_current(self) -> None:
        """Open the file at hand with the program that is meant for it."""
        item = self.files.currentItem()
        if item is not None:
            self._on_files_item_activated(item)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Save when the keyboard leaves the text; open a file with Enter."""
        if watched is self.text and event.type() == QEvent.Type.FocusOut:
            self.save()
        if (
            watched is self.files
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self.open_current()
            return True
        return super().eventFilter(watched, event)

    def commands(self) -> Sequence[Command]:
        """Return what can be done with recipes."""
        return [
            Command("quotes.run", tr("Write the files of the recipe"), "quotes", self.ask_run,
                    "Ctrl+Shift+W", enabled=self._can_run, separator_before=True),
            Command("quotes.recipe.new", tr("New recipe, from the usual one"), "quotes", self.add,
                    enabled=self.can_write),
            Command("quotes.recipe.edit", tr("Write in the recipe"), "quotes", self.write_on,
                    enabled=self._can_change),
            Command("quotes.recipe.import", tr("Import a recipe …"), "quotes", self.ask_import,
                    enabled=self.can_write),
            Command("quotes.recipe.remove", tr("Remove the recipe"), "quotes", self.remove_recipe,
                    enabled=self._can_change),
        ]  # fmt: skip

    def _can_run(self) -> bool:
        if self._stale:
            return bool(recipes.all_recipes(self.context.bridge.project.connection))
        return self.run.isEnabled()

    def save_state(self) -> None:
        """Save what is being written, and keep the widths."""
        self.save()
        super().save_state()

    def set_theme(self, theme: Theme) -> None:
        """Take other sizes."""
        side = theme.px(12)
        self._buttons.setContentsMargins(theme.px(4), theme.px(4), side, theme.px(4))
        self._buttons.setSpacing(0)
        self.blind.setContentsMargins(side, theme.px(8), side, 0)
        self._foot.setSpacing(theme.px(8))
        self._foot.setContentsMargins(side, theme.px(8), side, side)
        self._column.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        self._column.setSpacing(theme.px(8))
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(theme.px(13))
        self.text.setFont(font)


def _entries(parent: QWidget, name: str) -> QListWidget:
    made = QListWidget(parent)
    made.setProperty("kind", "entries")
    made.setAccessibleName(name)
    return made


def _without_checked(run: object, checked: bool = False) -> None:  # noqa: FBT001, FBT002 - slot
    del checked
    assert callable(run)  # noqa: S101 - what the constructor gives
    run()
