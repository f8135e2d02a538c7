"""What is dragged where things are linked: a kind and a number; a dragged code is one, too."""

from PySide6.QtCore import QMimeData

from qda.gui.widgets import roles
from qda.gui.widgets.code_tree import code_of


def thing_mime(kind: str, number: int) -> QMimeData:
    """Return what a dragged thing carries."""
    data = QMimeData()
    data.setData(roles.THING_MIME, f"{kind} {number}".encode("ascii"))
    return data


def thing_of(data: QMimeData) -> tuple[str, int] | None:
    """Return the kind and number of what is dragged, None when it is something else."""
    code = code_of(data)
    if code is not None:
        return "code", code
    text = bytes(data.data(roles.THING_MIME).data()).decode("ascii", "replace")
    kind, _, number = text.partition(" ")
    return (kind, int(number)) if kind.isalpha() and number.isdigit() else None


def is_thing(data: QMimeData) -> bool:
    """Tell whether something is dragged that can be linked."""
    return data.hasFormat(roles.THING_MIME) or data.hasFormat(roles.CODE_MIME)
