"""Who made it, under which licence."""

from PySide6.QtWidgets import QMessageBox, QWidget

import qda
from qda.gui.language import tr


def show_about(parent: QWidget) -> None:
    """Say version and licence."""
    box = QMessageBox(parent)
    box.setWindowTitle(tr("About qda"))
    box.setText(tr("qda {version}", version=qda.__version__))
    box.setInformativeText(
        tr(
            "Free software under the MIT licence. It uses Qt under the LGPL and other libraries "
            "whose licences are listed in THIRD_PARTY.md. It never uses the network."
        )
    )
    box.setStandardButtons(QMessageBox.StandardButton.Ok)
    box.open()
