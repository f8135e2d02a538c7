"""What the user asks of the matrix, kept apart from how it is shown and from the project."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeVar

from qda.model.agreement import AGREEMENT_UNITS, AgreementUnit
from qda.model.cooccurrence import COOCCURRENCES_BY, CooccurrenceBy
from qda.model.matrix import (
    CELL_KINDS,
    JUDGED_KINDS,
    MATERIAL_KINDS,
    PERCENT_KINDS,
    PERCENTS,
    CellKind,
    PercentOf,
)

Side = Literal["rows", "columns"]
TableKind = Literal["matrix", "cooccurrence", "sequences", "contrast", "agreement"]
TABLES: tuple[TableKind, ...] = ("matrix", "cooccurrence", "sequences", "contrast", "agreement")
AgreementParts = Literal["code", "case", "document"]
AGREEMENT_PARTS: tuple[AgreementParts, ...] = ("code", "case", "document")
_GROUPS = ("", "", "")
_PAIR = ("", "")
T = TypeVar("T")


def percentable(kind: CellKind, of: PercentOf | None) -> bool:
    """Tell whether cells of a kind can be shown in such percentages; counts always can."""
    return of is None or kind in (MATERIAL_KINDS if of == "material" else PERCENT_KINDS)


@dataclass(frozen=True, slots=True)
class Filter:
    """Only what has a value, or what has another one (`without`); empty means no value."""

    name: str
    value: str
    without: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """Dimensions by key (see `Choices`), outermost first, and everything else that is chosen."""

    rows: tuple[str, ...] = ("case",)
    columns: tuple[str, ...] = ("code",)
    cells: CellKind = "segments"
    filters: tuple[Filter, ...] = ()
    sort_by: str = ""
    descending: bool = False
    bands: Mapping[str, tuple[float, ...]] = field(default_factory=dict[str, tuple[float, ...]])
    folded: bool = True
    table: TableKind = "matrix"
    percent: PercentOf | None = None
    totals: bool = False
    by: CooccurrenceBy = "overlap"
    within: int = 0
    groups: tuple[str, str, str] = ("", "", "")
    """For a contrast: the dimension, and the two values as filters name them."""
    coders: tuple[str, str] = ("", "")
    """For the agreement of two coders: their GUIDs."""
    unit: AgreementUnit = "character"
    parts: AgreementParts = "code"
    """What the rows of an agreement are."""
    as_of: str = ""
    successors: str = ""
    """As the user writes them: a day, a month, a year or today."""
    picture: str = ""
    """The kind of picture that is shown instead of the table, `timeline:` with its indicator."""
    beside: tuple[str, ...] | None = None
    """The variables of offices beside the codes of a joint display; None for all numbers."""

    def on(self, side: Side) -> tuple[str, ...]:
        """Return the dimensions of the rows or the columns."""
        return self.rows if side == "rows" else self.columns

    def with_side(self, side: Side, names: tuple[str, ...]) -> "Question":
        """Return the question with other rows or columns; an order that does not fit is left."""
        if side == "columns":
            return replace(self, columns=names)
        return replace(self, rows=names, sort_by="" if names != self.rows else self.sort_by)

    def with_cells(self, kind: CellKind) -> "Question":
        """Return the question with other cells; rows and columns that cannot have them change.

        Summaries are about offices or informants by code, grades about offices by code, verdicts
        about offices by proposition. What an office is held against is not counted by default.
        """
        if not percentable(kind, self.percent):
            return replace(self, percent=None).with_cells(kind)
        topic = "proposition" if kind == "verdict" else "code"
        subjects = ("case", "participant") if kind == "summary" else ("case",)
        sides = (self.rows, self.columns)
        if kind in JUDGED_KINDS:
            if any(sides in (((one,), (topic,)), ((topic,), (one,))) for one in subjects):
                return replace(self, cells=kind)
            subject = "participant" if kind == "summary" and ("participant",) in sides else "case"
            return replace(self, cells=kind, rows=(subject,), columns=(topic,), sort_by="")
        if self.cells == "verdict":
            return replace(self, cells=kind, rows=("case",), columns=("code",))
        return replace(self, cells=kind)

    def with_percent(self, of: PercentOf | None) -> "Question":
        """Return the question in percent, or in counts; cells that have no percentages change."""
        if percentable(self.cells, of):
            return replace(self, percent=of)
        kind = "participants" if of == "material" else "segments"
        return replace(self.with_cells(kind), percent=of)

    def with_bands(self, name: str, points: tuple[float, ...]) -> "Question":
        """Return the question with a variable cut at `points`, or not at all."""
        others = {key: value for key, value in self.bands.items() if key != name}
        return replace(self, bands={**others, name: points} if points else others)

    def with_filter(self, added: Filter) -> "Question":
        """Return the question with one more filter; what says the opposite of it goes."""
        kept = tuple(
            one for one in self.filters if (one.name, one.value) != (added.name, added.value)
        )
        return replace(self, filters=(*kept, added))

    def without_filter(self, removed: Filter) -> "Question":
        """Return the question without a filter."""
        return replace(self, filters=tuple(one for one in self.filters if one != removed))

    def to_text(self) -> str:
        """Write the question down for the settings."""
        return json.dumps(
            {
                "rows": self.rows,
                "columns": self.columns,
                "cells": self.cells,
                "filters": [[one.name, one.value, one.without] for one in self.filters],
                "sort_by": self.sort_by,
                "descending": self.descending,
                "bands": {name: list(points) for name, points in self.bands.items()},
                "folded": self.folded,
                "table": self.table,
                "percent": self.percent,
                "totals": self.totals,
                "by": self.by,
                "within": self.within,
                "groups": self.groups,
                "coders": self.coders,
                "unit": self.unit,
                "parts": self.parts,
                "as_of": self.as_of,
                "successors": self.successors,
                "picture": self.picture,
                "beside": self.beside,
            },
            ensure_ascii=False,
        )


def read_question(text: str) -> Question | None:
    """Read what `to_text` wrote; None where it is not that."""
    try:
        kept = json.loads(text)
        question = Question(
            rows=_names(kept["rows"]),
            columns=_names(kept["columns"]),
            cells=kept["cells"],
            filters=tuple(
                Filter(str(name), str(value), bool(without))
                for name, value, without in kept["filters"]
            ),
            sort_by=str(kept["sort_by"]),
            descending=bool(kept["descending"]),
            bands={
                str(name): tuple(float(point) for point in points)
                for name, points in kept["bands"].items()
            },
            folded=bool(kept["folded"]),
            # What older versions did not keep is as it is at first.
            table=_one_of(kept.get("table"), TABLES) or "matrix",
            percent=_one_of(kept.get("percent"), PERCENTS),
            totals=bool(kept.get("totals", False)),
            by=_one_of(kept.get("by"), COOCCURRENCES_BY) or "overlap",
            within=max(int(kept.get("within", 0)), 0),
            groups=_groups(kept.get("groups")),
            coders=_pair(kept.get("coders")),
            unit=_one_of(kept.get("unit"), AGREEMENT_UNITS) or "character",
            parts=_one_of(kept.get("parts"), AGREEMENT_PARTS) or "code",
            as_of=str(kept.get("as_of", "")),
            successors=str(kept.get("successors", "")),
            picture=str(kept.get("picture", "")),
            beside=_beside(kept.get("beside")),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    if question.cells not in (*CELL_KINDS, *JUDGED_KINDS):
        return None
    return question if percentable(question.cells, question.percent) else None


def _one_of(kept: object, known: Sequence[T]) -> T | None:
    """Return what was kept where it is known."""
    return next((one for one in known if one == kept), None)


def _groups(kept: object) -> tuple[str, str, str]:
    names = [str(one) for one in kept] if isinstance(kept, list) else []
    return (names[0], names[1], names[2]) if len(names) == len(_GROUPS) else _GROUPS


def _pair(kept: object) -> tuple[str, str]:
    names = [str(one) for one in kept] if isinstance(kept, list) else []
    return (names[0], names[1]) if len(names) == len(_PAIR) else _PAIR


def _beside(kept: object) -> tuple[str, ...] | None:
    return tuple(str(one) for one in kept) if isinstance(kept, list) else None


def _names(kept: object) -> tuple[str, ...]:
    names = tuple(str(one) for one in kept) if isinstance(kept, list) else ()
    if not names:
        raise ValueError
    return names[:2]
