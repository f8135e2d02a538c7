"""Write a matrix as JSON, as the command line answers it."""

import json
from typing import Any

from qda.formats.matrix_files.view import heading_label
from qda.model.matrix import MatrixCount, MatrixExport
from qda.model.messages import Translator


def matrix_document(export: MatrixExport, translator: Translator) -> dict[str, Any]:
    """Return rows, columns, cells, n, evidence (GUIDs), total and notes of a matrix.

    Cells that show quotes hold the list of their texts.
    """
    matrix = export.matrix
    spec = matrix.spec
    evidence = [
        [[export.quotes[one].guid for one in cell if one in export.quotes] for cell in row]
        for row in matrix.evidence
    ]
    cells: list[list[Any]] = [list(row) for row in matrix.cells]
    if spec.cells == "quotes":
        cells = [
            [
                None
                if value is None
                else [export.quotes[one].text for one in ids if one in export.quotes]
                for value, ids in zip(values, row, strict=True)
            ]
            for values, row in zip(matrix.cells, matrix.evidence, strict=True)
        ]
    return {
        "rows": [heading_label(one, spec.rows, translator) for one in matrix.rows],
        "columns": [heading_label(one, spec.columns, translator) for one in matrix.columns],
        "cells": cells,
        "n": {
            "rows": [_count(one.n) for one in matrix.rows],
            "columns": [_count(one.n) for one in matrix.columns],
        },
        "evidence": evidence,
        "total": _count(matrix.total),
        "notes": [note.say(translator) for note in matrix.notes],
    }


def _count(n: MatrixCount) -> dict[str, int]:
    return {
        "segments": n.segments,
        "documents": n.documents,
        "participants": n.participants,
        "cases": n.cases,
    }


def json_text(export: MatrixExport, translator: Translator) -> str:
    """Return the document as indented JSON."""
    text = json.dumps(matrix_document(export, translator), ensure_ascii=False, indent=1)
    # Halves of pairs, which no text of a project holds, would not be UTF-8.
    return text.encode("utf-8", "replace").decode("utf-8") + "\n"
