"""What must hold for every widget that somebody meets: its name, role and states, and its focus."""

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QTableView,
    QTextEdit,
    QToolButton,
    QTreeView,
    QWidget,
)
from shiboken6 import isValid

from qda.gui.widgets import roles
from tests.gui.walk.scene import settle

Role = QAccessible.Role
ROLES: tuple[tuple[type[QWidget], frozenset[Role]], ...] = (
    (QCheckBox, frozenset({Role.CheckBox})),
    (QRadioButton, frozenset({Role.RadioButton})),
    (QPushButton, frozenset({Role.Button, Role.ButtonMenu, Role.CheckBox})),
    (QToolButton, frozenset({Role.Button, Role.ButtonMenu, Role.ButtonDropDown, Role.CheckBox})),
    (QComboBox, frozenset({Role.ComboBox})),
    (QAbstractSpinBox, frozenset({Role.SpinBox})),
    (QLineEdit, frozenset({Role.EditableText})),
    (QTextEdit, frozenset({Role.EditableText, Role.StaticText, Role.Document})),
    (QPlainTextEdit, frozenset({Role.EditableText, Role.StaticText, Role.Document})),
    (QTreeView, frozenset({Role.Tree})),
    (QTableView, frozenset({Role.Table})),
    (QListView, frozenset({Role.List})),
)
"""What a screen reader may call the widgets of Qt."""
MUTE = frozenset({Role.NoRole, Role.Client, Role.Pane, Role.Window, Role.Border})
"""What says nothing of what a widget of one's own does."""
QT_MUTE = frozenset({"QKeySequenceEdit", "QGraphicsView", "QFrame", "QWidget"})
"""Widgets of Qt, some in its dialogs for colours and pages, that have a name but no better role."""
SHOWN = (
    Qt.ItemDataRole.DecorationRole, Qt.ItemDataRole.CheckStateRole, roles.COLOR_ROLE,
    roles.COUNT_ROLE, roles.SHORTCUT_ROLE, roles.SHARE_ROLE, roles.DETAIL_ROLE, roles.DONE_ROLE,
)  # fmt: skip
"""Data that a cell shows beside its words."""
CELLS = 200
"""How many cells of a list or table are looked at."""
CARET = 12
"""How many pixels a caret has at the least."""
DIFFERS = 1.4
"""How much lighter or darker, as a contrast, a pixel is that shows the focus."""


def reachable(top: QWidget) -> list[QWidget]:
    """Return what takes the keyboard in `top` as it is shown."""
    return [one for one in top.findChildren(QWidget) if _takes_keyboard(one, top)]


def _takes_keyboard(one: QWidget, top: QWidget) -> bool:
    if not one.isVisibleTo(top) or not one.isEnabled() or one.window() is not top.window():
        return False
    if one.focusPolicy() == Qt.FocusPolicy.NoFocus or one.focusProxy() is not None:
        return False
    if isinstance(one, QLabel) and not one.text():
        return False
    return not _is_part(one) and not one.visibleRegion().isEmpty()


def _is_part(one: QWidget) -> bool:
    """Tell whether a widget is Qt's own part of another, which stands for it."""
    above = one.parentWidget()
    return isinstance(above, QComboBox | QAbstractSpinBox) or one.objectName().startswith("qt_")


# -------------------------------------------------------------------------------------- names
def faults(top: QWidget) -> list[str]:
    """Say what a screen reader would not be told, or told wrongly, of what is in `top`."""
    found: list[str] = []
    everything = [
        one
        for one in top.findChildren(QWidget)
        if one.isVisibleTo(top) and one.window() is top.window() and not _is_part(one)
        and (_takes_keyboard(one, top) or isinstance(one, QAbstractButton))
    ]  # fmt: skip
    said: Counter[tuple[QWidget | None, Role, str]] = Counter()
    for one in everything:
        interface = QAccessible.queryAccessibleInterface(one)
        name = interface.text(QAccessible.Text.Name)
        role = interface.role()
        found += [f"{_where(one, top)}: {fault}" for fault in _of_one(one, name, role)]
        if _takes_keyboard(one, top):
            said[one.parentWidget(), role, name] += 1
        if isinstance(one, QAbstractItemView):
            found += [f"{_where(one, top)}: {fault}" for fault in _of_cells(one)]
    found += [
        f"{count} beside one another are called «{name}» ({role})"
        for (_above, role, name), count in said.items()
        if count > 1
    ]
    return found


def _of_one(one: QWidget, name: str, role: Role) -> Iterator[str]:
    kind = type(one).__name__
    if not name.strip():
        yield "has no name"
    elif name in (kind, one.objectName()) or name.startswith("qt_"):
        yield f"is called by its class, «{name}»"
    elif "&" in name.replace("&&", "").replace(" & ", ""):
        yield f"has a mnemonic in its name, «{name}»"
    known = next((fit for base, fit in ROLES if isinstance(one, base)), None)
    mute = role in MUTE and not isinstance(one, QScrollArea) and kind not in QT_MUTE
    if role not in known if known is not None else mute:
        yield f"has the role {role}"
    yield from _of_state(one)


def cut_words(top: QWidget) -> list[str]:
    """Say which words in `top` are not all there: lines that are cut off, and ends of words."""
    found: list[str] = []
    for one in top.findChildren(QWidget):
        if not one.isVisibleTo(top) or one.window() is not top.window() or _is_part(one):
            continue
        needed = None if one.visibleRegion().isEmpty() else _room_needed(one)
        if needed is not None and (one.width() < needed[0] or one.height() < needed[1]):
            there = one.width(), one.height()
            found.append(f"{_where(one, top)}: has {there} of {needed}")
    return found


def _room_needed(one: QWidget) -> tuple[int, int] | None:
    """Return width and height that the words of a widget need, None for what has none."""
    if isinstance(one, QLabel) and type(one).paintEvent is QLabel.paintEvent and one.text():
        if one.wordWrap():
            return 0, one.heightForWidth(one.width())
        return one.minimumSizeHint().width(), 0
    if isinstance(one, QPushButton | QCheckBox | QRadioButton) and one.text():
        words = one.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, one.text())
        return words.width(), words.height()
    return None


def _of_state(one: QWidget) -> Iterator[str]:
    state = QAccessible.queryAccessibleInterface(one).state()
    if one.focusPolicy() != Qt.FocusPolicy.NoFocus and one.isEnabled() and not state.focusable:
        yield "does not say that it takes the keyboard"
    if isinstance(one, QAbstractButton) and one.isCheckable():
        if not state.checkable:
            yield "does not say that it can be checked"
        if bool(state.checked) != one.isChecked():
            yield "says that it is checked where it is not, or the other way round"
    if bool(state.disabled) == one.isEnabled():
        yield "says that it can be used where it cannot, or the other way round"


def _of_cells(view: QAbstractItemView) -> Iterator[str]:
    """Say which cells show something and tell nothing."""
    model = view.model()
    if model is None:
        return
    looked, silent = 0, 0
    stack = [view.rootIndex()]
    while stack and looked < CELLS:
        above = stack.pop()
        for row in range(min(model.rowCount(above), CELLS)):
            for column in range(_columns(model, above)):
                index = model.index(row, column, above)
                if not index.flags() & Qt.ItemFlag.ItemIsEnabled:
                    continue
                looked += 1
                told = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data()
                shown = [index.data(kind) for kind in SHOWN]
                silent += told in (None, "") and any(one not in (None, "", False) for one in shown)
            stack.append(model.index(row, 0, above))
    if silent:
        yield f"{silent} cells show something and say nothing"


def _columns(model: QAbstractItemModel, above: QModelIndex) -> int:
    return 1 if isinstance(model, QAbstractListModel) else model.columnCount(above)


def _where(one: QWidget, top: QWidget) -> str:
    path: list[str] = []
    at: QWidget | None = one
    while at is not None and at is not top:
        path.append(type(at).__name__)
        at = at.parentWidget()
    text = one.text() if isinstance(one, QAbstractButton) else ""
    return "/".join(reversed(path)) + (f" «{text}»" if text else "")


# ---------------------------------------------------------------------------------- the tab key
def not_reached(top: QWidget) -> list[str]:
    """Say what Tab does not come to, and where it is caught."""
    wanted = [one for one in reachable(top) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    if len(wanted) < 2:
        return []
    first = top.focusWidget()
    if first is None or not first.hasFocus():
        first = wanted[0]
        first.setFocus(Qt.FocusReason.TabFocusReason)
    seen: list[QWidget] = []
    for _ in range(4 * len(wanted) + 10):
        at = QApplication.focusWidget()
        if at is None or (at in seen and len(seen) > 1 and at is seen[0]):
            break
        if seen and at is seen[-1]:
            return [f"Tab is caught in {_where(at, top)}"]
        seen.append(at)
        QTest.keyClick(at, Qt.Key.Key_Tab)
    # Arrows go through those of which one can be chosen; Tab comes to the chosen one.
    groups = {_group(one) for one in seen}
    return [
        f"Tab never comes to {_where(one, top)}"
        for one in wanted
        if one not in seen and (_group(one) is None or _group(one) not in groups)
    ]


def _group(one: QWidget) -> object:
    if isinstance(one, QAbstractButton) and (one.autoExclusive() or one.group() is not None):
        return one.group() or one.parentWidget()
    return None


def opens_badly(dialog: QWidget) -> list[str]:
    """Say what is wrong with where the keyboard is when a dialog opens."""
    at = dialog.focusWidget()
    if at is None or not at.hasFocus():
        return ["nothing has the keyboard when it opens"]
    others = [one for one in reachable(dialog) if not isinstance(one, QPushButton)]
    if isinstance(at, QPushButton) and not at.isDefault() and others:
        return [f"the keyboard is on «{at.text()}» when it opens"]
    return []


def stays_open(dialog: QWidget) -> list[str]:
    """Press Escape; say so where that does not close."""
    at = dialog.focusWidget() or dialog
    at.setFocus()
    QTest.keyClick(at, Qt.Key.Key_Escape)
    for _ in range(40):
        if not isValid(dialog) or not dialog.isVisible():
            return []
        settle(25)
    return ["Escape does not close it"]


# ------------------------------------------------------------------------------- visible focus
def unseen_focus(top: QWidget) -> list[str]:
    """Say of what one cannot see that it has the keyboard."""
    flash = QApplication.cursorFlashTime()
    # A caret that blinks may be off just when one looks.
    QApplication.setCursorFlashTime(0)
    try:
        found = [_unseen(one, top) for one in reachable(top)]
    finally:
        QApplication.setCursorFlashTime(flash)
    return [fault for fault in found if fault]


def _unseen(one: QWidget, top: QWidget) -> str:
    """Say how little differs where one widget has the keyboard, nothing where that is enough.

    It is looked at again where too little differs: something else may have been painted, or have
    gone, between the two pictures.
    """
    fault = ""
    for _ in range(3):
        one.setFocus(Qt.FocusReason.TabFocusReason)
        if not one.hasFocus():
            return ""
        place = _place(one, top)
        QApplication.processEvents()
        with_focus = top.grab(place).toImage()
        one.clearFocus()
        QApplication.processEvents()
        without = top.grab(place).toImage()
        if not one.isVisible():
            # The quiet line went by itself.
            return ""
        count = differing(with_focus, without)
        # A line along the two shorter sides is the least that is seen from the corner of an eye.
        least = CARET if _has_caret(one) else min(place.width(), place.height())
        if count >= least:
            return ""
        fault = f"{_where(one, top)}: {count} pixels differ, {least} at least must"
        settle(50)
    return fault


def _has_caret(one: QWidget) -> bool:
    """Tell whether a text shows by its caret that it has the keyboard."""
    if isinstance(one, QLineEdit):
        return one.property("kind") == "bare"
    if not isinstance(one, QTextEdit | QPlainTextEdit):
        return False
    keys = Qt.TextInteractionFlag.TextEditable | Qt.TextInteractionFlag.TextSelectableByKeyboard
    return bool(one.textInteractionFlags() & keys)


def _place(one: QWidget, top: QWidget) -> QRect:
    seen = one.visibleRegion().boundingRect()
    return QRect(one.mapTo(top, seen.topLeft()) - QPoint(4, 4), seen.size()).adjusted(0, 0, 8, 8)


def differing(one: QImage, other: QImage) -> int:
    """Return how many pixels of two pictures differ in lightness by `DIFFERS` or more."""
    count = 0
    width, height = one.width(), one.height()
    first = one.convertToFormat(QImage.Format.Format_RGB32)
    second = other.convertToFormat(QImage.Format.Format_RGB32)
    a, b = bytes(first.constBits()), bytes(second.constBits())
    for at in range(0, width * height * 4, 4):
        if a[at : at + 3] != b[at : at + 3]:
            lights = sorted((_lightness(a[at : at + 3]), _lightness(b[at : at + 3])))
            count += (lights[1] + 0.05) / (lights[0] + 0.05) >= DIFFERS
    return count


def _lightness(pixel: bytes) -> float:
    """Return the relative luminance of a pixel (blue, green, red), WCAG 2.2."""
    blue, green, red = (
        value / 3294.6 if value <= 10 else ((value / 255 + 0.055) / 1.055) ** 2.4 for value in pixel
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
