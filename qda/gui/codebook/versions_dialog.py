"""The versions of the codebook: name one, see what changed between two, go back."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from qda.gui.behind import follow_in_sight
from qda.gui.codebook.actions import rows_of_plan
from qda.gui.codebook.plan_dialog import plan_html
from qda.gui.context import Context
from qda.gui.earlier_versions import EarlierVersions
from qda.gui.language import current_catalogue, say, tr, tr_n
from qda.gui.theme import Theme
from qda.gui.widgets.trouble import Trouble
from qda.model.changes import Changes, OpResult
from qda.model.codebook import CodebookPlan, FieldChange
from qda.model.codebook_merge import CodebookVersion, MergeOutcome, MergePlan
from qda.model.errors import UserError
from qda.model.ids import CodebookVersionId
from qda.operations import codebook_versions as operations

_VERSION = int(Qt.ItemDataRole.UserRole)


class VersionsDialog(EarlierVersions):
    """List the versions at the left; at the right what changed since the one at hand."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Show the versions that the project keeps."""
        theme, bridge = context.theme, context.bridge
        super().__init__(theme, tr("Versions of the codebook"), parent)
        self._bridge, self._jobs, self._turns = bridge, context.jobs, context.turns
        self._rows = 0
        self.name = QLineEdit(self)
        self.name.setPlaceholderText(tr("Name of the version, such as «before the second round»"))
        self.save = QPushButton(tr("&Save a version"), self)
        self.save.setAutoDefault(False)
        self.trouble = Trouble(theme, self)
        self.until = QComboBox(self)
        self.list.setAccessibleName(tr("Versions"))
        self._page.setAccessibleName(tr("What changed"))
        self.back.setText(tr("&Go back to this version"))
        self._lay_out(theme)
        self._load()
        self.save.clicked.connect(self._on_save_clicked)
        self.name.returnPressed.connect(self._on_save_clicked)
        self.list.currentItemChanged.connect(self._on_list_current_item_changed)
        self.until.currentIndexChanged.connect(self._on_until_current_index_changed)
        self.back.clicked.connect(self._on_back_clicked)
        self.finished.connect(self._on_finished)
        bridge.changed.connect(self._on_bridge_changed)

    def _lay_out(self, theme: Theme) -> None:
        label = QLabel(tr("&Name the codebook as it is now"), self)
        label.setProperty("kind", "label")
        label.setBuddy(self.name)
        naming = QHBoxLayout()
        naming.setSpacing(theme.px(8))
        naming.addWidget(self.name, 1)
        naming.addWidget(self.save)
        compared = QLabel(tr("Compare &with"), self)
        compared.setProperty("kind", "label")
        compared.setBuddy(self.until)
        choice = QHBoxLayout()
        choice.addWidget(compared)
        choice.addWidget(self.until, 1)
        above = (label, naming, self.trouble)
        self._arrange(above, (choice, self._heading), (300, 540), 600)

    def focus_name(self) -> None:
        """Let the user name the codebook at once."""
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # ------------------------------------------------------------------------------ showing
    def _load(self) -> None:
        chosen, until = self._version(), self.until.currentData()
        kept = operations.versions(self._bridge.project)
        self.list.blockSignals(True)
        self.until.blockSignals(True)
        self.list.clear()
        self.until.clear()
        self.until.addItem(tr("The codebook as it is now"), None)
        for one in kept:
            item = QListWidgetItem(f"{title(one)}\n{when(one)} · {one.coder}")
            item.setData(_VERSION, one.id)
            item.setToolTip(details(one))
            self.list.addItem(item)
            self.until.addItem(f"{title(one)} ({when(one)})", one.id)
        self._choose_row(chosen, _VERSION)
        self.until.setCurrentIndex(max(0, self.until.findData(until)))
        self.list.blockSignals(False)
        self.until.blockSignals(False)
        writable = not self._bridge.project.read_only
        for widget in (self.name, self.save):
            widget.setEnabled(writable)
        self._show()

    def _version(self) -> CodebookVersionId | None:
        item = self.list.currentItem()
        return item.data(_VERSION) if item is not None else None

    def _show(self) -> None:
        version = self._version()
        self.until.setEnabled(version is not None)
        self.back.setEnabled(False)
        if version is None:
            self._heading.setText(tr("No version is kept yet."))
            self._page.setPlainText(
                tr(
                    "Name the codebook as it is now; later you can see here what has changed "
                    "since, and go back. Files that you import or export are kept as well."
                )
            )
            return
        try:
            plan = operations.compare(
                self._bridge.project, version=version, other=self.until.currentData()
            )
            back = operations.plan_restore(self._bridge.project, version)
        except UserError as error:
            self._heading.setText(say(error.message))
            self._page.clear()
            return
        count = len(plan.choices)
        said = tr_n("{n} change since this version.", "{n} changes since this version.", count)
        if not count:
            said = tr("The same.") if not plan.reordered else tr("Only the order is another.")
        self._heading.setText(said)
        self._page.setHtml(plan_html(_listed(plan), self._theme, tr("Removed")))
        self._rows = rows_of_plan(back)
        changes = any(one.default == "theirs" for one in back.choices) or back.reordered
        self.back.setEnabled(bool(changes) and not self._bridge.project.read_only)

    # ------------------------------------------------------------------------------- acting
    def _on_save_clicked(self) -> None:
        session = self._bridge.session
        try:
            done = session.run_for(
                self, operations.save_version, coder=session.coder, name=self.name.text()
            )
        except UserError as error:
            self.trouble.say(say(error.message))
            self.focus_name()
            return
        self.trouble.say("")
        self.name.clear()
        for row in range(self.list.count()):
            if self.list.item(row).data(_VERSION) == done.value:
                self.list.setCurrentRow(row)
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_back_clicked(self) -> None:
        version, item = self._version(), self.list.currentItem()
        if version is None or item is None:
            return
        name = item.text().partition("\n")[0]
        bridge = self._bridge

        def done(result: OpResult[MergeOutcome]) -> None:
            bridge.noticed.emit(restored_sentence(name, result.value))

        bridge.run_by_size(
            self._jobs, tr("Going back to a version"), self._rows, operations.restore_version,
            on_done=done, initiator=self, version=version,
        )  # fmt: skip

    def _on_list_current_item_changed(self) -> None:
        self._show()

    def _on_until_current_index_changed(self) -> None:
        self._show()

    def _on_bridge_changed(self, changes: Changes, initiator: object) -> None:
        del initiator
        if changes.touches("code", "codebook_version", "coding", "memo"):
            # What differs is compared anew once the codebook itself shows what it is now.
            follow_in_sight(self._load, changes, self._turns)

    def _on_finished(self) -> None:
        self._turns.drop(self._load)
        self._bridge.changed.disconnect(self._on_bridge_changed)


def restored_sentence(name: str, outcome: MergeOutcome) -> str:
    """Say in a line what going back to a version did."""
    kept = ", ".join(outcome.kept)
    if not kept:
        return tr("The codebook is as in {name}.", name=name)
    return tr("The codebook is as in {name}; kept, since in use: {codes}.", name=name, codes=kept)


def title(version: CodebookVersion) -> str:
    """Return what a version is called."""
    if version.origin == "saved":
        return version.name
    name = version.file_name or tr("a codebook")
    if version.origin == "exported":
        return tr("Exported to {file}", file=name)
    return tr("Taken in from {file}", file=name)


def when(version: CodebookVersion) -> str:
    """Return the day and the time of a version."""
    return current_catalogue().format_moment(version.created)


def details(version: CodebookVersion) -> str:
    """Return when a version was kept, by whom, and how many codes it has."""
    codes = tr_n("{n} code", "{n} codes", version.codes)
    return f"{when(version)} · {version.coder} · {codes}"


def _listed(plan: MergePlan) -> CodebookPlan:
    """Return the differences as a codebook plan, for the page that lists them."""
    fields = ("changed", "renamed")
    return CodebookPlan(
        added=tuple(one.code for one in plan.choices if one.kind == "added"),
        changed=tuple(
            FieldChange(one.code, one.field, one.ours, one.theirs)
            for one in plan.choices
            if one.kind in fields
        ),
        moved=tuple((one.code, one.target) for one in plan.choices if one.kind == "moved"),
        removed=tuple(one.code for one in plan.choices if one.kind == "removed"),
        unchanged=0,
    )
