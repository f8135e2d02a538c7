"""Write a matrix as JSON, as the command line answers it."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from qda.formats.matrix_files.view import heading_label
from qda.model.ids import CodingId, Guid
from qda.model.matrix import JUDGED_KINDS, CellKind, CellValue, MatrixCount, MatrixExport
from qda.model.messages import Translator


def matrix_document(export: MatrixExport, translator: Translator) -> dict[str, Any]:
    """Return rows, columns, cells, n, evidence (GUIDs), total and notes of a matrix.

    Cells that show quotes hold the list of their texts. A program that adds up counts wants
    numbers, so what has no material counts 0 here; `material` tells those cells apart, and
    `statuses` (where somebody wrote any, or an interview guide tells) what was not asked, and
    `status_origins` who says so: hand, codings, guide or none. What nobody wrote is null. Totals
    and `percent` (fractions with their bases) are there where they were asked for.
    """
    matrix = export.matrix
    spec = matrix.spec
    evidence = [[_guids(export, cell) for cell in row] for row in matrix.evidence]
    cells: list[list[Any]] = [[_number(value, spec.cells) for value in row] for row in matrix.cells]
    if spec.cells == "quotes":
        cells = [
            [[export.quotes[one].text for one in ids if one in export.quotes] for ids in row]
            for row in matrix.evidence
        ]
    document: dict[str, Any] = {
        "rows": [heading_label(one, spec.rows, translator) for one in matrix.rows],
        "columns": [heading_label(one, spec.columns, translator) for one in matrix.columns],
        "cells": cells,
        "n": {
            "rows": [_count(one.n) for one in matrix.rows],
            "columns": [_count(one.n) for one in matrix.columns],
        },
        "evidence": evidence,
        "material": [[value is not None for value in row] for row in matrix.cells],
        "total": _count(matrix.total),
        "notes": [note.say(translator) for note in matrix.notes],
    }
    if matrix.steps:
        document["steps"] = [
            [[[_guids(export, side) for side in step] for step in cell] for cell in row]
            for row in matrix.steps
        ]
    if matrix.totals is not None:
        totals = matrix.totals
        document["totals"] = {"rows": totals.rows, "columns": totals.columns, "all": totals.all}
    if matrix.percentages is not None:
        document["percent"] = asdict(matrix.percentages)
    if matrix.beside:
        document["beside"] = [
            {
                "name": one.name,
                "values": one.values,
                "months": [[list(pair) for pair in row] for row in one.months],
            }
            for one in matrix.beside
        ]
    if matrix.reasons:
        document["reasons"] = [list(row) for row in matrix.reasons]
    if matrix.statuses:
        document["statuses"] = [list(row) for row in matrix.statuses]
    if matrix.status_origins:
        document["status_origins"] = [list(row) for row in matrix.status_origins]
    return document


def _guids(export: MatrixExport, codings: Iterable[CodingId]) -> list[Guid]:
    return [export.quotes[one].guid for one in codings if one in export.quotes]


def _number(value: CellValue, cells: CellKind) -> CellValue:
    """Return a cell as a program wants it: a number, a share within 0..1."""
    if cells in JUDGED_KINDS:
        return value
    if value is None:
        return 0.0 if cells == "share" else 0
    return value


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
