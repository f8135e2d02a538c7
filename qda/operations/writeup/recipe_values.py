"""The values of a recipe as they are checked: texts, numbers, questions to the matrix."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any, TypeVar, cast

from qda.model.cooccurrence import COOCCURRENCES_BY, CooccurrenceBy
from qda.model.errors import FileProblem
from qda.model.matrix import CELL_KINDS, JUDGED_KINDS, PERCENTS, MatrixSpec, PercentOf
from qda.model.messages import Message, message

TABLE_KEYS = frozenset({
    "rows", "columns", "cells", "where", "sort_by", "descending", "bands", "unfolded", "codes",
    "percent", "totals", "as_of", "successors", "values", "courses", "by",
})  # fmt: skip
"""What can be said of a table, and of a picture of one."""
T = TypeVar("T", str, int, bool)
_KINDS_OF_VALUES: Mapping[type, Message] = {
    str: message("a text"), int: message("a whole number"), bool: message("true or false"),
}  # fmt: skip


def given(content: Mapping[str, Any], key: str, kind: type[T], name: str) -> T | None:
    """Return a wish for all files, None where there is none."""
    value = content.get(key)
    if value is None or type(value) is kind:
        return value
    raise FileProblem(
        message("{name}: {key} is {what}.", name=name, key=key, what=_KINDS_OF_VALUES[kind])
    )


def whole_turns(given: Mapping[str, Any], name: str) -> int:
    """Return how many turns may stand between two codes."""
    within = given.get("within", 0)
    if type(within) is not int or within < 0:
        raise FileProblem(message("{name}: within is a whole number of turns from 0.", name=name))
    return within


def meeting(given: Mapping[str, Any], name: str) -> CooccurrenceBy:
    """Return where two codes meet."""
    by = given.get("by", "overlap")
    for one in COOCCURRENCES_BY:
        if by == one:
            return one
    raise FileProblem(
        message("{name}: codes occur together by overlap, turn or document.", name=name)
    )


def matrix_spec(given: Mapping[str, Any], name: str) -> MatrixSpec:
    """Return a question to the matrix, but for its codes, which the project knows."""
    cells = given.get("cells", "segments")
    if cells not in (*CELL_KINDS, *JUDGED_KINDS):
        raise FileProblem(
            message("{name}: {cells} is nothing that cells show.", name=name, cells=str(cells))
        )
    where: list[tuple[str, str]] = []
    for one in texts(given.get("where", []), "where", name):
        key, sign, value = one.partition("=")
        if not sign or not key.strip():
            raise FileProblem(
                message("{name}: {where} is not of the form NAME=VALUE.", name=name, where=one)
            )
        where.append((key.strip(), value.strip()))
    bands: dict[str, tuple[float, ...]] = {}
    cuts = given.get("bands", {})
    for key, points in (cast("dict[str, Any]", cuts) if isinstance(cuts, dict) else {}).items():
        numbers = [
            float(one)
            for one in cast("list[Any]", points if isinstance(points, list) else [])
            if isinstance(one, int | float)
        ]
        if not numbers:
            raise FileProblem(_bad_bands(name, key))
        bands[key] = tuple(sorted(numbers))
    return MatrixSpec(
        rows=_dimensions(given.get("rows", "case")),
        columns=_dimensions(given.get("columns", "code")),
        cells=cells,
        where=tuple(where),
        sort_by=str(given.get("sort_by", "")),
        descending=bool(given.get("descending", False)),
        bands=bands,
        folded=not given.get("unfolded", False),
        percent=_percent(given, name),
        totals=bool(given.get("totals", False)),
        as_of=str(given.get("as_of", "")),
        successors=str(given.get("successors", "")),
    )


def _percent(given: Mapping[str, Any], name: str) -> PercentOf | None:
    wanted = given.get("percent")
    for one in PERCENTS:
        if wanted == one:
            return one
    if wanted is not None:
        raise FileProblem(message("{name}: percent is row, column, total or material.", name=name))
    return None


def _bad_bands(name: str, key: str) -> Message:
    return message("{name}: the bands of {key} are a list of numbers.", name=name, key=key)


def _dimensions(text: object) -> tuple[str, ...]:
    return tuple(filter(None, (one.strip() for one in str(text).split("*"))))


def texts(value: object, key: str, name: str) -> tuple[str, ...]:
    """Return a list of texts."""
    if not isinstance(value, list) or not all(
        isinstance(one, str) for one in cast("list[Any]", value)
    ):
        raise FileProblem(message("{name}: {key} is a list of texts.", name=name, key=key))
    return tuple(cast("list[str]", value))


def require_known(given: Mapping[str, Any], known: AbstractSet[str], name: str) -> None:
    """Refuse what nobody knows here."""
    unknown = sorted(given.keys() - known)
    if unknown:
        raise FileProblem(
            message(
                "{name}: {key} is not known here; there are: {known}.",
                name=name,
                key=unknown[0],
                known=", ".join(sorted(known)),
            )
        )
