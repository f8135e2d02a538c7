"""The one act that cannot be undone: what will happen, where the key goes, and a consent."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qda.gui.language import tr, tr_n
from qda.gui.theme import Theme
from qda.gui.widgets.fitted_dialog import FittedDialog
from qda.gui.widgets.progress import show_progress
from qda.gui.widgets.trouble import Trouble
from qda.store.text_fields import SCOPES, Scope


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is to be replaced: names, their places in texts, backups that hold the names."""

    names: int
    places: int
    backups: int


class ActDialog(FittedDialog):
    """Say plainly what is done, ask for the key's file, and wait for a consent."""

    act_wanted = Signal()
    """The user agrees."""
    cancel_wanted = Signal()
    """The user wants what is under way stopped; the project is then as it was."""

    def __init__(
        self, theme: Theme, extent: Extent, key: Path, parent: QWidget | None = None
    ) -> None:
        """Propose `key` as the file of the key."""
        super().__init__(theme.px(560), parent)
        self.setWindowTitle(tr("Put pseudonyms for names"))
        self.key = QLineEdit(str(key), self)
        self.passphrase = QLineEdit(self)
        self.again = QLineEdit(self)
        for field in (self.passphrase, self.again):
            field.setEchoMode(QLineEdit.EchoMode.Password)
        self.scopes: dict[Scope, QCheckBox] = {
            scope: QCheckBox(words, self) for scope, words in _scope_words().items()
        }
        self.backups = QCheckBox(
            tr_n(
                "Also delete {n} backup that holds the names",
                "Also delete {n} backups that hold the names",
                extent.backups,
            ),
            self,
        )
        self.backups.setVisible(extent.backups > 0)
        self.consent = QCheckBox(tr("I know that this cannot be undone, and keep the key."), self)
        self.trouble = Trouble(theme, self)
        self._progress = QProgressBar(self)
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(tr("Putting pseudonyms for names"))
        self._progress.hide()
        self.act = QPushButton(tr("Replace for good"), self)
        self.act.setProperty("kind", "primary")
        self._running = False
        self._lay_out(theme, extent)
        self.consent.toggled.connect(self._on_typed)
        for field in (self.key, self.passphrase, self.again):
            field.textChanged.connect(self._on_typed)
        self.act.clicked.connect(self._on_act_clicked)
        self._on_typed()

    def _lay_out(self, theme: Theme, extent: Extent) -> None:
        layout = QVBoxLayout(self)
        side = theme.px(20)
        layout.setContentsMargins(side, side, side, side)
        layout.setSpacing(theme.px(10))
        heading = QLabel(
            tr_n(
                "{n} name is replaced in {places} places of the texts.",
                "{n} names are replaced in {places} places of the texts.",
                extent.names,
                places=extent.places,
            ),
            self,
        )
        heading.setProperty("kind", "heading")
        said = QLabel("\n\n".join(_sentences(extent)), self)
        for label in (heading, said):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            layout.addWidget(label)
        layout.addLayout(self._key_form(theme))
        layout.addWidget(QLabel(tr("Replace the names also in:"), self))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(16))
        for at, box in enumerate(self.scopes.values()):
            box.setChecked(True)
            grid.addWidget(box, at // 2, at % 2)
        layout.addLayout(grid)
        for widget in (self.backups, self.consent, self.trouble, self._progress):
            layout.addWidget(widget)
        buttons = QDialogButtonBox(self)
        buttons.addButton(self.act, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel).setAutoDefault(False)
        self.act.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.key.setFocus()

    def _key_form(self, theme: Theme) -> QFormLayout:
        choose = QPushButton(tr("Choose …"), self)
        choose.setAutoDefault(False)
        choose.clicked.connect(self._on_choose_clicked)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.key, 1)
        row.addWidget(choose)
        form = QFormLayout()
        form.setVerticalSpacing(theme.px(6))
        form.addRow(tr("Key file"), row)
        form.addRow(tr("Passphrase, if wanted"), self.passphrase)
        form.addRow(tr("Once more"), self.again)
        self.key.setAccessibleName(tr("Key file"))
        self.passphrase.setAccessibleName(tr("Passphrase, if wanted"))
        self.again.setAccessibleName(tr("Once more"))
        return form

    # -------------------------------------------------------------------------------- answers
    def leave(self) -> frozenset[Scope]:
        """Return what stays as it is."""
        return frozenset(scope for scope in SCOPES if not self.scopes[scope].isChecked())

    def key_path(self) -> Path:
        """Return the file of the key."""
        return Path(self.key.text().strip())

    def begin(self) -> None:
        """Show that it is under way."""
        self._running = True
        self.trouble.say("")
        self._progress.setRange(0, 0)
        self._progress.show()
        self._on_typed()

    def show_progress(self, done: int, total: int) -> None:
        """Show how far it is."""
        show_progress(self._progress, done, total)

    def end(self) -> None:
        """Let the user try again."""
        self._running = False
        self._progress.hide()
        self._on_typed()

    def reject(self) -> None:
        """Close, or stop what is under way."""
        if self._running:
            self.cancel_wanted.emit()
        else:
            super().reject()

    def _on_choose_clicked(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, tr("Key file"), self.key.text(), f"{tr('Keys')} (*.qdakey)"
        )
        if name:
            self.key.setText(name)

    def _on_act_clicked(self) -> None:
        if self.passphrase.text() != self.again.text():
            self.trouble.say(tr("The two passphrases are not the same."))
            self.again.setFocus()
            return
        self.act_wanted.emit()

    def _on_typed(self) -> None:
        ready = self.consent.isChecked() and bool(self.key.text().strip())
        self.act.setEnabled(ready and not self._running)
        for widget in (self.key, self.passphrase, self.again, self.consent):
            widget.setEnabled(not self._running)


def _sentences(extent: Extent) -> Sequence[str]:
    found = [
        tr(
            "Codings, turns, links and notes stay where they are. The steps that can be undone, "
            "earlier versions of the texts, the imported files themselves, the lines of import "
            "reports and what is carried along for other programs are removed, since they hold "
            "the names. The file is then written anew."
        ),
        tr(
            "The key is a file of its own that leads back from the pseudonyms to the names. Keep "
            "it apart from the project. Without it, or without its passphrase, nobody gets the "
            "names back."
        ),
    ]
    if extent.backups:
        found.append(
            tr_n(
                "{n} older backup still holds the names.",
                "{n} older backups still hold the names.",
                extent.backups,
            )
        )
    return found


def _scope_words() -> dict[Scope, str]:
    words: dict[Scope, str] = {
        "titles": tr("names of documents and of the project"),
        "people": tr("names of participants"),
        "cases": tr("names of offices and groups"),
        "memos": tr("memos and notes"),
        "codebook": tr("the codebook and its versions"),
        "attributes": tr("attributes"),
        "files": tr("names of files and recordings"),
        "writing": tr("summaries, judgements, quotes and recipes"),
    }
    return {scope: words[scope] for scope in SCOPES}
