"""Everything in the program's source that opens in front of the window: found, not listed."""

import ast
from collections.abc import Iterator
from pathlib import Path

import qda.gui

ROOT = Path(qda.gui.__file__).parent
FUNCTIONS = frozenset(
    {"QInputDialog", "QMessageBox", "QProgressDialog", "QColorDialog", "QPrintPreviewDialog"}
)
"""Dialogs of Qt that functions open; choosing files and printers is the system's own business."""
POPUP = "Popup"


def everything_that_opens() -> set[str]:
    """Return `module.Class` for dialogs and pop-ups, `module:function` for those of Qt."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in ROOT.rglob("*.py")}
    classes = [
        (_module(path), node)
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    ]
    dialogs = {node.name for _module, node in classes if _opens_itself(node)}
    while True:
        more = {node.name for _module, node in classes if _bases(node) & dialogs} - dialogs
        if not more:
            break
        dialogs |= more
    above = {base for _module, node in classes for base in _bases(node)}
    found = {f"{module}.{node.name}" for module, node in classes if node.name in dialogs - above}
    for path, tree in trees.items():
        found |= {f"{_module(path)}:{name}" for name in _functions(tree)}
    return found


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def _bases(node: ast.ClassDef) -> set[str]:
    return {ast.unparse(base).rpartition(".")[2] for base in node.bases}


def _opens_itself(node: ast.ClassDef) -> bool:
    """Tell whether a class is a dialog, or a pop-up or palette by how it is made."""
    if "QDialog" in _bases(node) or node.name == "CommandPalette":
        return True
    return any(
        isinstance(one, ast.Attribute) and one.attr == POPUP and "WindowType" in ast.unparse(one)
        for one in ast.walk(node)
    )


def _functions(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and any(
            isinstance(one, ast.Call) and _called(one) in FUNCTIONS for one in ast.walk(node)
        ):
            inner = [one for one in ast.walk(node) if isinstance(one, ast.FunctionDef)]
            if not any(_calls(one) for one in inner if one is not node):
                yield node.name


def _calls(node: ast.FunctionDef) -> bool:
    return any(isinstance(one, ast.Call) and _called(one) in FUNCTIONS for one in ast.walk(node))


def _called(call: ast.Call) -> str:
    """Return the class that a call makes an object of, or asks a function of."""
    name = call.func
    if isinstance(name, ast.Attribute) and isinstance(name.value, ast.Name):
        return name.value.id if name.attr.startswith("get") else ""
    return name.id if isinstance(name, ast.Name) else ""
