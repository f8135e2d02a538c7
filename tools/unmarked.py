"""Find words that the window would show in English whatever the user's language.

A literal handed straight to one of Qt's text setters has not gone through `tr`.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

SETTERS: Final = frozenset(
    {
        "setAccessibleDescription", "setAccessibleName", "setHeaderLabels",
        "setHorizontalHeaderLabels", "setInformativeText", "setLabelText", "setPlaceholderText",
        "setPrefix", "setSpecialValueText", "setStatusTip", "setSuffix", "setTabText", "setText",
        "setTitle", "setToolTip", "setWhatsThis", "setWindowTitle", "showMessage",
    }
)  # fmt: skip
MAKERS: Final = frozenset(
    {
        "QAction", "QCheckBox", "QGroupBox", "QLabel", "QPushButton", "QRadioButton",
        "addAction", "addButton", "addItem", "addMenu", "addRow", "addTab",
    }
)  # fmt: skip
NOT_WORDS: Final = frozenset({"qda", "Qt"})


def unmarked(paths: Iterable[Path]) -> Iterator[str]:
    """Yield where a literal with letters is shown as it is."""
    for path in sorted(paths):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            name = _name(call.func)
            if name not in SETTERS and name not in MAKERS:
                continue
            for text in _shown(call.args):
                yield f"{path.name}:{call.lineno}: {text!r} in {name}() is not marked with tr()"


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def _shown(arguments: Iterable[ast.expr]) -> Iterator[str]:
    """Yield the literals with words in them, those inside lists and formatted texts included."""
    for argument in arguments:
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            if _has_words(argument.value):
                yield argument.value
        elif isinstance(argument, ast.JoinedStr):
            yield from _shown(argument.values)
        elif isinstance(argument, ast.List | ast.Tuple):
            yield from _shown(argument.elts)
        elif isinstance(argument, ast.IfExp):
            yield from _shown([argument.body, argument.orelse])


def _has_words(text: str) -> bool:
    return bool(set(re.findall(r"[^\W\d_]+", text)) - NOT_WORDS)
