"""Small helps for buttons."""

from PySide6.QtWidgets import QPushButton

from qda.gui import fonts
from qda.gui.theme import Theme


def name_button(button: QPushButton, text: str, theme: Theme) -> None:
    """Give a default button another text, with room for it.

    The style makes a default button bold, which Qt does not reckon with.
    """
    font = fonts.interface_font(theme.scale, bold=True)
    button.setText(text)
    button.setMinimumWidth(fonts.width_of(text.replace("&", ""), font) + theme.px(34))
