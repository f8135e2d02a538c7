"""Which keys a command may have, and the sheet of all keys on paper."""

from html import escape

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QFont, QGuiApplication, QKeySequence, QPagedPaintDevice, QTextDocument
from PySide6.QtWidgets import QWidget

from qda.gui import fonts
from qda.gui.commands import Command
from qda.gui.language import tr
from qda.gui.menus import CommandActions
from qda.gui.workspace import Workspace

_STANDARD = (
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Cut,
    QKeySequence.StandardKey.Paste,
    QKeySequence.StandardKey.SelectAll,
)
_ALONE = frozenset(range(int(Qt.Key.Key_F1), int(Qt.Key.Key_F35) + 1)) | {
    int(Qt.Key.Key_Delete),
    int(Qt.Key.Key_Insert),
    int(Qt.Key.Key_Pause),
}


def key_problem(keys: QKeySequence) -> str:
    """Say why keys cannot be a command's, empty when they can."""
    if keys.isEmpty():
        return ""
    if keys.count() > 1:
        return tr("Choose keys that are pressed together.")
    pressed = keys[0]  # pyright: ignore[reportIndexIssue] - it has __getitem__ at run time
    held = pressed.keyboardModifiers() & ~(
        Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
    )
    if not held and int(pressed.key()) not in _ALONE:
        return tr(
            "These keys write or move in a text. Hold Ctrl or Alt too, or take a function key."
        )
    for standard in _STANDARD:
        if any(one == keys for one in QKeySequence.keyBindings(standard)):
            return tr("These keys copy, cut, paste or select in every text.")
    return ""


def scope_of(owner: QWidget) -> str:
    """Return the name of the place in which a command can be given."""
    return owner.title() if isinstance(owner, Workspace) else tr("Everywhere")


def commands_by_scope(actions: CommandActions) -> dict[str, list[Command]]:
    """Return every command under the name of where it can be given."""
    found: dict[str, list[Command]] = {}
    for command in actions.commands():
        found.setdefault(scope_of(actions.owner(command.id)), []).append(command)
    return found


def sheet_html(actions: CommandActions) -> str:
    """Return all commands, by place, as a page to print: those with keys, then the others."""
    parts = [f"<h1>{escape(tr('Shortcuts'))}</h1>"]
    for scope, commands in commands_by_scope(actions).items():
        rows = [
            f"<tr><td width='32%'><b>{escape(actions.shown_shortcut(one))}</b></td>"
            f"<td>{escape(one.title.replace('&', ''))}</td></tr>"
            for one in commands
            if actions.shortcut(one)
        ]
        without = [
            escape(one.title.replace("&", "")) for one in commands if not actions.shortcut(one)
        ]
        parts.append(f"<h2>{escape(scope)}</h2>")
        if rows:
            parts.append(f"<table width='100%' cellpadding='2'>{''.join(rows)}</table>")
        if without:
            said = tr("Without keys: {commands}.", commands="{commands}")
            parts.append(f"<p>{escape(said).format(commands=' · '.join(without))}</p>")
    return "".join(parts)


def draw_sheet(actions: CommandActions, device: QPagedPaintDevice) -> None:
    """Draw the sheet of all keys."""
    document = QTextDocument()
    font = QFont(fonts.interface_face())
    font.setPointSizeF(9.5)
    document.setDefaultFont(font)
    document.setDocumentMargin(0)
    document.setDefaultStyleSheet(
        "h1 { font-size: 15pt; margin-bottom: 4px; } h2 { font-size: 11pt; margin-top: 10px; }"
    )
    document.setHtml(sheet_html(actions))
    # Qt lays out in the screen's dots, of which an inch of paper has as many.
    dots = QGuiApplication.primaryScreen().logicalDotsPerInch() / 72
    document.setPageSize(QSizeF(device.pageLayout().paintRectPoints().size()) * dots)
    document.print_(device)
