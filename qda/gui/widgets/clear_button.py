"""The cross in a field of text, with a name for those who do not see it."""

from PySide6.QtWidgets import QLineEdit, QToolButton

from qda.gui.language import tr


def add_clear_button(field: QLineEdit) -> None:
    """Give a field a cross that empties it."""
    field.setClearButtonEnabled(True)
    for button in field.findChildren(QToolButton):
        button.setAccessibleName(tr("Empty the field"))
