"""Ask what an office belongs to and when, and which offices it came from or became."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import (
    QComboBox,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from qda.gui.cases.belonging_card import Belonging
from qda.gui.language import say, tr
from qda.gui.theme import Theme
from qda.gui.widgets.checklist import Checklist
from qda.gui.widgets.fitted_dialog import FittedDialog
from qda.gui.widgets.trouble import Trouble
from qda.model.errors import NotAllowed
from qda.model.groups import SUCCESSION_KINDS, SUCCESSION_WORDS, short_since, short_until

SaveMembership = Callable[[str, str, str, str], bool]
"""Keep a membership: kind, group, from, to; tell whether it was kept."""
SaveSuccession = Callable[[list[int], bool, str, str], bool]
"""Keep a succession: the other offices, whether they came after, the day, the kind or nothing."""


State = Callable[[], tuple[bool, str]]
"""Tells whether a form can be kept, and if not, why in words."""
_FIELD = QFormLayout.ItemRole.FieldRole


class _Asking(FittedDialog):
    """A form that stays open until what it says is kept."""

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        """Build the dialog with an empty form."""
        super().__init__(theme.px(440), parent)
        self._theme = theme
        self._state: State | None = None
        self._save: Callable[[], bool] | None = None
        self.setWindowTitle(title)
        self.trouble = Trouble(theme, self)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        # A button that cannot be pressed yet would hand its place to this one.
        self._buttons.button(QDialogButtonBox.StandardButton.Cancel).setAutoDefault(False)
        self.form = QFormLayout(self)
        side = theme.px(20)
        self.form.setContentsMargins(side, side, side, side)
        self.form.setSpacing(theme.px(10))
        self._buttons.accepted.connect(self._on_buttons_accepted)
        self._buttons.rejected.connect(self.reject)

    def _finish_form(self, hint: str, state: State, save: Callable[[], bool]) -> None:
        """Complete the form: `state` tells whether it can be kept, `save` keeps it."""
        self._state, self._save = state, save
        words = QLabel(hint, self)
        words.setProperty("kind", "small")
        words.setWordWrap(True)
        self.form.addRow(words)
        self.form.addRow(self.trouble)
        self.form.addRow(self._buttons)
        self._check()
        fields = (self.form.itemAt(row, _FIELD) for row in range(self.form.rowCount()))
        widgets = (one.widget() for one in fields if one is not None)
        first = next((one for one in widgets if one is not None), None)
        if first is not None:
            first.setFocus()

    def _check(self) -> None:
        """Say what is wrong, and let the user go on only when nothing is."""
        ready, words = self._state() if self._state is not None else (False, "")
        if words != self.trouble.text():
            self.trouble.say(words)
            self.fit()
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(ready)

    def _on_buttons_accepted(self) -> None:
        if self._save is not None and self._save():
            self.accept()


class MembershipDialog(_Asking):
    """Ask for kind, group and days."""

    def __init__(
        self,
        theme: Theme,
        office: str,
        known: Mapping[str, Sequence[str]],
        save: SaveMembership,
        parent: QWidget | None = None,
    ) -> None:
        """Build the dialog; `known` are the groups of each kind so far."""
        super().__init__(theme, tr("What {office} belongs to", office=office), parent)
        self._known, self._keep = known, save
        self.kind, self.group = QComboBox(self), QComboBox(self)
        for combo in (self.kind, self.group):
            combo.setEditable(True)
            combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.kind.addItems(list(known))
        self.since, self.until = QLineEdit(self), QLineEdit(self)
        for field in (self.since, self.until):
            field.setPlaceholderText(tr("open, or for instance 2020-01"))
        self.form.addRow(tr("&Kind of group"), self.kind)
        self.form.addRow(tr("&Group"), self.group)
        self.form.addRow(tr("&From"), self.since)
        self.form.addRow(tr("&To"), self.until)
        self._show_groups(self.kind.currentText())
        self.group.setEditText("")
        self._finish_form(
            tr(
                "A day, a month or a year; both ends count. An open end lasts until the next "
                "begins."
            ),
            self._can_keep,
            self._keep_membership,
        )
        self.kind.editTextChanged.connect(self._on_kind_edit_text_changed)
        self.group.editTextChanged.connect(self._check)
        self.since.textChanged.connect(self._check)
        self.until.textChanged.connect(self._check)

    def show_belonging(self, one: Belonging) -> None:
        """Show a membership that is changed; its kind stays."""
        self.kind.setEditText(one.kind)
        self.kind.setEnabled(False)
        self._show_groups(one.kind)
        self.group.setEditText(one.group)
        self.since.setText(short_since(one.membership.since))
        self.until.setText(short_until(one.membership.until))

    def _show_groups(self, kind: str) -> None:
        text = self.group.currentText()
        self.group.clear()
        self.group.addItems(list(self._known.get(kind.strip(), ())))
        self.group.setEditText(text)

    def _on_kind_edit_text_changed(self, text: str) -> None:
        self._show_groups(text)
        self._check()

    def _can_keep(self) -> tuple[bool, str]:
        from qda.operations.memberships import read_days  # lazy: start-up

        try:
            read_days(self.since.text(), self.until.text())
        except NotAllowed as error:
            return False, say(error.message)
        return bool(self.kind.currentText().strip() and self.group.currentText().strip()), ""

    def _keep_membership(self) -> bool:
        return self._keep(
            self.kind.currentText(), self.group.currentText(), self.since.text(), self.until.text()
        )


class SuccessionDialog(_Asking):
    """Ask for the other offices, the day and the kind."""

    def __init__(
        self,
        theme: Theme,
        office: str,
        others: Sequence[tuple[int, str]],
        save: SaveSuccession,
        parent: QWidget | None = None,
    ) -> None:
        """Build the dialog; `others` are the other offices by id and name."""
        super().__init__(theme, tr("What {office} came from or became", office=office), parent)
        self._others, self._keep = others, save
        self._chosen: set[object] = set()
        self.before = QRadioButton(tr("It &came from these offices"), self)
        self.after = QRadioButton(tr("It &became these offices"), self)
        self.before.setChecked(True)
        self.offices = Checklist(theme, tr("Offices"), tr("Find an office"), self)
        self.offices.set_items(others, ())
        self.day = QLineEdit(self)
        self.day.setPlaceholderText(tr("for instance 2021-06"))
        self.kind = QComboBox(self)
        self.kind.addItem(tr("by how many there are"), "")
        for kind in SUCCESSION_KINDS:
            self.kind.addItem(say(SUCCESSION_WORDS[kind]), kind)
        ways = QVBoxLayout()
        ways.addWidget(self.before)
        ways.addWidget(self.after)
        self.form.addRow(ways)
        self.form.addRow(tr("&Offices"), self.offices)
        self.form.addRow(tr("First &day of the new"), self.day)
        self.form.addRow(tr("&Kind"), self.kind)
        self._finish_form(
            tr("Several that become one are a merger, one that becomes several is a split."),
            self._can_keep,
            self._keep_succession,
        )
        self.offices.ticked.connect(self._on_offices_ticked)
        self.day.textChanged.connect(self._check)
        self.before.toggled.connect(self._check)
        self.kind.activated.connect(self._check)

    def _on_offices_ticked(self, office: object, ticked: bool) -> None:  # noqa: FBT001 - slot
        (self._chosen.add if ticked else self._chosen.discard)(office)
        self._check()

    def _can_keep(self) -> tuple[bool, str]:
        from qda.operations.successions import kind_of, read_day  # lazy: start-up

        try:
            if self.day.text().strip():
                read_day(self.day.text())
            if self._chosen:
                sides = (
                    (len(self._chosen), 1) if self.before.isChecked() else (1, len(self._chosen))
                )
                kind_of(*sides, self.kind.currentData() or None)
        except NotAllowed as error:
            return False, say(error.message)
        return bool(self._chosen and self.day.text().strip()), ""

    def _keep_succession(self) -> bool:
        offices = [number for number, _name in self._others if number in self._chosen]
        return self._keep(offices, self.after.isChecked(), self.day.text(), self.kind.currentData())
