"""A recipe: which files a write-up consists of, as a text that people read and change.

It is TOML: a few wishes for all, one `[[figure]]` for each picture, and one `[[file]]` for each
file.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, cast

from qda.formats.writeup_files import TABLES, TEXTS
from qda.formats.writeup_files.pictures import ALONE, names_beside
from qda.model.cooccurrence import CooccurrenceBy
from qda.model.errors import FileProblem, UserError
from qda.model.matrix import MatrixSpec
from qda.model.messages import message
from qda.model.quotes import QuoteStyle
from qda.operations.writeup.recipe_figures import RecipeFigure, read_figures
from qda.operations.writeup.recipe_values import (
    TABLE_KEYS,
    given,
    matrix_spec,
    meeting,
    require_known,
    texts,
    whole_turns,
)
from qda.text.attribution import read_template
from qda.text.printing import checked_style

FileKind = Literal[
    "chapter", "trace", "framework", "matrix", "quotes", "picked", "claims", "codebook", "method",
    "profile", "cooccurrence", "sequences", "contrast", "joint", "picture",
]  # fmt: skip
KINDS: tuple[FileKind, ...] = (
    "chapter", "picture", "framework", "matrix", "joint", "cooccurrence", "sequences", "contrast",
    "quotes", "picked", "claims", "codebook", "method", "profile", "trace",
)  # fmt: skip
"""In the order in which they are written: the trail last, since it holds what the others link."""
_WORDS: Mapping[FileKind, tuple[str, ...]] = {
    "chapter": TEXTS,
    "trace": (".html",),
    "quotes": (*TEXTS, *TABLES),
    "picked": (*TEXTS, *TABLES),
    "framework": (*TEXTS, *TABLES),
    "claims": (*TEXTS, *TABLES),
    "method": TEXTS,
    "profile": TEXTS,
    "codebook": (".docx", ".html", ".md", ".toml", ".csv", ".xlsx", ".qdc"),
    "matrix": (".xlsx", ".csv", ".docx", ".html", ".md", ".tex", ".json", ".ods"),
    "cooccurrence": (".xlsx", ".csv", ".docx", ".html", ".md", ".tex", ".json", ".ods"),
    "joint": (".xlsx", ".csv", ".docx", ".html", ".md", ".tex", ".json", ".ods"),
    "picture": (*TEXTS, *ALONE),
    "sequences": (".xlsx", ".csv", ".docx", ".html", ".md", ".tex", ".json", ".ods"),
    "contrast": (*TEXTS, *TABLES),
}
MOST_FILES = 200
_GROUPS = 3
CASE = "{case}"
"""In the name of a profile: the name of the office."""


@dataclass(frozen=True, slots=True)
class RecipeFile:
    """One file: its name in the folder, its kind, and for tables and quotes what is asked."""

    name: str
    kind: FileKind
    title: str = ""
    spec: MatrixSpec = field(default_factory=MatrixSpec)
    codes: tuple[str, ...] = ()
    by: CooccurrenceBy = "overlap"
    values: tuple[str, ...] = ()
    courses: tuple[str, ...] = ()
    """What stands beside a joint display; all that is a number where neither is named."""
    within: int = 0
    groups: tuple[str, ...] = ()
    """For a contrast: the dimension, and the two values."""
    figures: tuple[str, ...] = ()
    """Names of the figures that a chapter or a file of pictures shows."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """The files of a write-up and what holds for all of them.

    What of the style of quotes is None is as in the project.
    """

    files: tuple[RecipeFile, ...]
    figures: tuple[RecipeFigure, ...] = ()
    language: str = ""
    attribution: str | None = None
    cut: str | None = None
    marks: str | None = None
    threshold: int | None = None
    office: bool | None = None
    transcripts: bool = True

    def style(self, usual: QuoteStyle) -> QuoteStyle:
        """Return how quotes are printed, where the project has them as in `usual`."""
        given = {
            name: value
            for name in ("attribution", "cut", "marks", "threshold", "office")
            if (value := getattr(self, name)) is not None
        }
        return replace(usual, **given)


def of_one_coder(recipe: Recipe, guid: str) -> Recipe:
    """Return a recipe that asks only for what one coder coded; its tables say so."""

    def own(spec: MatrixSpec) -> MatrixSpec:
        return replace(spec, where=(*spec.where, ("coder", guid)))

    return replace(
        recipe,
        files=tuple(replace(one, spec=own(one.spec)) for one in recipe.files),
        figures=tuple(replace(one, spec=own(one.spec)) for one in recipe.figures),
    )


def read_recipe(text: str, name: str) -> Recipe:
    """Read a recipe. Raises FileProblem with a sentence that says what is wrong in it."""
    try:
        content = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise FileProblem(
            message("{name} is no recipe that can be read: {why}.", name=name, why=str(error))
        ) from error
    files = content.get("file")
    if not isinstance(files, list) or not files or len(cast("list[Any]", files)) > MOST_FILES:
        raise FileProblem(message("{name} names no files; give it a [[file]] for each.", name=name))
    known = {
        "file", "figure", "language", "attribution", "cut", "marks", "threshold", "office",
        "transcripts",
    }  # fmt: skip
    require_known(content, known, name)
    found = tuple(_file(one, name) for one in cast("list[Any]", files))
    figures = read_figures(content.get("figure", []), name)
    _require_figures(found, figures, name)
    names = [file.casefold() for one in found for file in (one.name, *_beside(one))]
    if len(set(names)) < len(names):
        raise FileProblem(message("{name} writes a file twice; give each its name.", name=name))
    language = content.get("language", "")
    if language not in ("", "nb", "en"):
        raise FileProblem(message("{name}: the language is nb or en.", name=name))
    recipe = Recipe(
        found,
        figures,
        str(language),
        _attribution(content, name),
        given(content, "cut", str, name),
        given(content, "marks", str, name),
        given(content, "threshold", int, name),
        given(content, "office", bool, name),
        bool(content.get("transcripts", True)),
    )
    try:
        style = checked_style(recipe.style(QuoteStyle()))
        read_template(style.attribution)
    except UserError as error:
        raise FileProblem(message("{name}: {why}", name=name, why=error.message)) from error
    return recipe


def _attribution(content: Mapping[str, Any], name: str) -> str | None:
    """Return the template; a list of names is one of them all in brackets."""
    value = content.get("attribution")
    if isinstance(value, list):
        names = texts(cast("list[Any]", value), "attribution", name)
        return f"({', '.join(f'{{{one}}}' for one in names)})" if names else ""
    return given(content, "attribution", str, name)


def _file(value: object, name: str) -> RecipeFile:
    if not isinstance(value, dict):
        raise FileProblem(message("{name} names no files; give it a [[file]] for each.", name=name))
    content = cast("dict[str, Any]", value)
    known = {
        "name", "kind", "title", "within", "groups", "figures",
    }  # fmt: skip
    require_known(content, TABLE_KEYS | known, name)
    file_name, kind = str(content.get("name", "")), content.get("kind", "")
    if kind not in KINDS:
        raise FileProblem(
            message(
                "{name}: {kind} is no kind of file; choose one of {known}.",
                name=name,
                kind=str(kind) or "–",
                known=", ".join(KINDS),
            )
        )
    _require_name(file_name, kind, name)
    return RecipeFile(
        file_name,
        kind,
        str(content.get("title", "")),
        matrix_spec(content, name),
        texts(content.get("codes", []), "codes", name),
        meeting(content, name),
        texts(content.get("values", []), "values", name),
        texts(content.get("courses", []), "courses", name),
        whole_turns(content, name),
        _groups(content, kind, name),
        texts(content.get("figures", []), "figures", name),
    )


def _beside(file: RecipeFile) -> tuple[str, ...]:
    """Return the names of the files that the pictures of a file may stand in."""
    return names_beside(file.name, len(file.figures))


def _require_figures(
    files: Sequence[RecipeFile], figures: Sequence[RecipeFigure], name: str
) -> None:
    """Refuse figures that are not there, or in a file that has no place for them."""
    known = {one.name for one in figures}
    for one in files:
        missing = [figure for figure in one.figures if figure not in known]
        if missing:
            raise FileProblem(
                message(
                    "{name}: {file} shows the figure {figure}, but there is no [[figure]] "
                    "of that name.",
                    name=name, file=one.name, figure=missing[0],
                )
            )  # fmt: skip
        if one.figures and one.kind not in ("chapter", "picture"):
            raise FileProblem(
                message("{name}: {file} cannot show figures; a chapter or a picture can.",
                        name=name, file=one.name)
            )  # fmt: skip
        alone = one.name.casefold().endswith(ALONE)
        if one.kind == "picture" and (not one.figures or (alone and len(one.figures) > 1)):
            raise FileProblem(
                message('{name}: {file} needs a figure, such as figures = ["overview"]; '
                        "an .svg or an .emf holds one.", name=name, file=one.name)
            )  # fmt: skip


def _groups(content: Mapping[str, Any], kind: FileKind, name: str) -> tuple[str, ...]:
    groups = texts(content.get("groups", []), "groups", name)
    if kind == "contrast" and len(groups) != _GROUPS:
        raise FileProblem(
            message(
                '{name}: a contrast needs groups, such as ["rolle", "leder", "veileder"].',
                name=name,
            )
        )
    return groups


def _require_name(file_name: str, kind: FileKind, name: str) -> None:
    """Refuse a name that leads out of the folder, or whose ending the kind has no writer for."""
    plain = file_name.strip() == file_name and bool(file_name) and not file_name.startswith(".")
    if not plain or any(one in file_name for one in '/\\:*?"<>|\0') or len(file_name) > 120:
        raise FileProblem(
            message("{name}: {file} cannot be the name of a file.", name=name, file=file_name)
        )
    endings = _WORDS[kind]
    if not file_name.casefold().endswith(endings):
        raise FileProblem(
            message(
                "{name}: {file} must end in one of {endings}.",
                name=name,
                file=file_name,
                endings=", ".join(endings),
            )
        )
    if kind == "profile" and CASE not in file_name:
        raise FileProblem(
            message(
                "{name}: {file} needs {place} in it, for the name of the office.",
                name=name,
                file=file_name,
                place=CASE,
            )
        )
