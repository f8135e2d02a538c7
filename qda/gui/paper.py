"""Paper: what can be drawn page by page goes to a printer or into a PDF file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, Qt
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPdfWriter
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QGraphicsView, QLineEdit, QWidget

from qda.gui import alerts
from qda.gui.language import tr
from qda.model.errors import UserError

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog

Draw = Callable[[QPagedPaintDevice], None]
"""Draws all pages on a device whose layout is set."""
MARGIN = 16
"""Millimetres left free at each edge of the paper."""


def a4() -> QPageLayout:
    """Return upright A4 with even margins."""
    return QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4),
        QPageLayout.Orientation.Portrait,
        QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN),
        QPageLayout.Unit.Millimeter,
    )


def pdf_bytes(draw: Draw, title: str) -> bytes:
    """Return what `draw` draws as a PDF file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageLayout(a4())
    writer.setResolution(300)
    writer.setTitle(title)
    writer.setCreator("qda")
    draw(writer)
    buffer.close()
    return bytes(buffer.data().data())


def save_pdf(path: Path, draw: Draw, title: str) -> None:
    """Write a PDF file. Raises UserError where the disk does not take it."""
    from qda.formats.atomic import atomic_write  # lazy: start-up

    atomic_write(path, pdf_bytes(draw, title))


def ask_path(parent: QWidget, title: str, folder: Path) -> Path | None:
    """Ask where to save a PDF; None when the user thinks better of it."""
    safe = "".join("-" if one in '/\\:*?"<>|' else one for one in title).strip() or "qda"
    chosen, _ = QFileDialog.getSaveFileName(
        parent, tr("Save as PDF"), str(folder / f"{safe}.pdf"), f"{tr('PDF file')} (*.pdf)"
    )
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix else path.with_suffix(".pdf")


def ask_pdf(parent: QWidget, draw: Draw, title: str, folder: Path) -> Path | None:
    """Ask where to save a PDF and write it; None when that was not done.

    A problem with the file is shown to the user.
    """
    path = ask_path(parent, title, folder)
    if path is None:
        return None
    try:
        save_pdf(path, draw, title)
    except UserError as error:
        alerts.show_error(parent, error)
        return None
    return path


def new_printer(title: str) -> QPrinter:
    """Return the default printer, set up for A4."""
    from PySide6.QtPrintSupport import QPrinter  # lazy: it looks for printers

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageLayout(a4())
    printer.setDocName(title)
    printer.setCreator("qda")
    return printer


def choose_printer(parent: QWidget, title: str) -> QPrinter | None:
    """Ask for a printer and how to print; None when the user thinks better of it."""
    from PySide6.QtPrintSupport import QPrintDialog  # lazy: it looks for printers

    printer = new_printer(title)
    if QPrintDialog(printer, parent).exec() != QDialog.DialogCode.Accepted:
        return None
    return printer


def ask_printer(parent: QWidget, draw: Draw, title: str) -> bool:
    """Ask for a printer and print; tell whether it was done."""
    printer = choose_printer(parent, title)
    if printer is None:
        return False
    draw(printer)
    return True


def _let_go(printer: QPrinter, result: int) -> None:
    del printer, result


def show_preview(parent: QWidget, draw: Draw, title: str) -> QPrintPreviewDialog:
    """Show the pages in a dialog from which they are printed, as large as the window."""
    from PySide6.QtPrintSupport import QPrintPreviewDialog  # lazy: it looks for printers

    printer = new_printer(title)
    dialog = QPrintPreviewDialog(printer, parent)
    # The dialog does not own the printer; what is connected to it lives as long as it does.
    dialog.finished.connect(partial(_let_go, printer))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(tr("Print {name}", name=title))
    for kind, name in ((QComboBox, tr("Size of the pages")), (QLineEdit, tr("Page"))):
        for field in dialog.findChildren(kind):
            field.setAccessibleName(name)
    for view in dialog.findChildren(QGraphicsView):
        view.setAccessibleName(tr("The pages as they are printed"))
    dialog.paintRequested.connect(draw)
    dialog.resize(parent.size().expandedTo(dialog.sizeHint()) * 0.9)
    dialog.open()
    return dialog
