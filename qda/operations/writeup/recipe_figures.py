"""The figures of a recipe: pictures that its texts show, each under a name."""

from dataclasses import dataclass, field
from typing import Any, cast

from qda.model.cooccurrence import CooccurrenceBy
from qda.model.errors import FileProblem
from qda.model.matrix import MatrixSpec
from qda.model.messages import message
from qda.model.pictures import PICTURE_KINDS, PictureKind
from qda.operations.writeup.recipe_values import (
    TABLE_KEYS,
    matrix_spec,
    meeting,
    require_known,
    texts,
)

MOST_FIGURES = 100
_KEYS = TABLE_KEYS | {"name", "picture", "caption", "theme", "indicator"}


@dataclass(frozen=True, slots=True)
class RecipeFigure:
    """A picture of what is counted, as a recipe asks for it.

    `theme` is the code in whose section of a chapter it stands; without one it stands in the
    overview. A joint display without `values` and `courses` has all numbers of the cases beside.
    """

    name: str
    kind: PictureKind
    caption: str = ""
    theme: str = ""
    spec: MatrixSpec = field(default_factory=MatrixSpec)
    codes: tuple[str, ...] = ()
    by: CooccurrenceBy = "overlap"
    values: tuple[str, ...] = ()
    courses: tuple[str, ...] = ()
    indicator: str = ""


def read_figures(value: object, name: str) -> tuple[RecipeFigure, ...]:
    """Read the figures of the recipe of that name. Raises FileProblem."""
    if not isinstance(value, list) or len(cast("list[Any]", value)) > MOST_FIGURES:
        raise FileProblem(
            message("{name}: give each figure a [[figure]], {n} at most.", name=name,
                    n=MOST_FIGURES)
        )  # fmt: skip
    found = tuple(_figure(one, name) for one in cast("list[Any]", value))
    names = [one.name for one in found]
    if len(set(names)) < len(names):
        raise FileProblem(message("{name} has two figures of one name.", name=name))
    return found


def _figure(value: object, name: str) -> RecipeFigure:
    if not isinstance(value, dict):
        raise FileProblem(
            message("{name}: give each figure a [[figure]], {n} at most.", name=name,
                    n=MOST_FIGURES)
        )  # fmt: skip
    content = cast("dict[str, Any]", value)
    require_known(content, _KEYS, name)
    called = str(content.get("name", "")).strip()
    if not called:
        raise FileProblem(message("{name}: a figure needs a name.", name=name))
    wanted = content.get("picture", "heat")
    if wanted not in PICTURE_KINDS:
        raise FileProblem(
            message(
                "{name}: {picture} is no picture; choose one of {known}.",
                name=name, picture=str(wanted), known=", ".join(PICTURE_KINDS),
            )
        )  # fmt: skip
    kind: PictureKind = wanted
    if kind == "timeline" and not content.get("indicator"):
        raise FileProblem(
            message(
                '{name}: the timeline {figure} needs its indicator, such as indicator = "plans".',
                name=name, figure=called,
            )
        )  # fmt: skip
    return RecipeFigure(
        called,
        kind,
        str(content.get("caption", "")).strip(),
        str(content.get("theme", "")).strip(),
        matrix_spec(content, name),
        texts(content.get("codes", []), "codes", name),
        meeting(content, name),
        texts(content.get("values", []), "values", name),
        texts(content.get("courses", []), "courses", name),
        str(content.get("indicator", "")),
    )
