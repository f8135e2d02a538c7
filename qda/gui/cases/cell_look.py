"""What a cell looks like, told by a model all at once."""

from dataclasses import dataclass

from PySide6.QtCore import Qt

from qda.model.entities import VariableType

KIND_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The type of the variable of a cell; "text" for what belongs to none."""
LOOK_ROLE = KIND_ROLE + 1
"""The `CellLook` of a cell; models that are small need not know it."""


@dataclass(frozen=True, slots=True)
class CellLook:
    """A cell as it is painted; `fixed` ones cannot be written in."""

    text: str
    align: Qt.AlignmentFlag
    kind: VariableType
    fixed: bool
