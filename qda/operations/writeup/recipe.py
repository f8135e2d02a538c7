"""A recipe: which files a write-up consists of, as a text that people read and change.

It is TOML: a few wishes for all, then one `[[file]]` for each file.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeVar, cast

from qda.formats.writeup_files import TABLES, TEXTS
from qda.model.errors import FileProblem, UserError
from qda.model.matrix import CELL_KINDS, JUDGED_KINDS, PERCENTS, MatrixSpec, PercentOf
from qda.model.messages import Message, message
from qda.model.quotes import QuoteStyle
from qda.text.attribution import read_template
from qda.text.printing import checked_style

FileKind = Literal[
    "chapter", "trace", "framework", "matrix", "quotes", "picked", "claims", "codebook", "method",
    "profile", "cooccurrence", "sequences", "contrast",
]  # fmt: skip
KINDS: tuple[FileKind, ...] = (
    "chapter", "framework", "matrix", "cooccurrence", "sequences", "contrast", "quotes", "picked",
    "claims", "codebook", "method", "profile", "trace",
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
    by: str = "overlap"
    within: int = 0
    groups: tuple[str, ...] = ()
    """For a contrast: the dimension, and the two values."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """The files of a write-up and what holds for all of them.

    What of the style of quotes is None is as in the project.
    """

    files: tuple[RecipeFile, ...]
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
        "file", "language", "attribution", "cut", "marks", "threshold", "office", "transcripts",
    }  # fmt: skip
    _require_known(content, known, name)
    found = tuple(_file(one, name) for one in cast("list[Any]", files))
    names = [one.name.casefold() for one in found]
    if len(set(names)) < len(names):
        raise FileProblem(message("{name} writes a file twice; give each its name.", name=name))
    language = content.get("language", "")
    if language not in ("", "nb", "en"):
        raise FileProblem(message("{name}: the language is nb or en.", name=name))
    recipe = Recipe(
        found,
        str(language),
        _attribution(content, name),
        _given(content, "cut", str, name),
        _given(content, "marks", str, name),
        _given(content, "threshold", int, name),
        _given(content, "office", bool, name),
        bool(content.get("transcripts", True)),
    )
    try:
        style = checked_style(recipe.style(QuoteStyle()))
        read_template(style.attribution)
    except UserError as error:
        raise FileProblem(message("{name}: {why}", name=name, why=error.message)) from error
    return recipe


T = TypeVar("T", str, int, bool)
_KINDS_OF_VALUES: Mapping[type, Message] = {
    str: message("a text"), int: message("a whole number"), bool: message("true or false"),
}  # fmt: skip


def _given(content: Mapping[str, Any], key: str, kind: type[T], name: str) -> T | None:
    """Return a wish for all files, None where there is none."""
    value = content.get(key)
    if value is None or type(value) is kind:
        return value
    raise FileProblem(
        message("{name}: {key} is {what}.", name=name, key=key, what=_KINDS_OF_VALUES[kind])
    )


def _attribution(content: Mapping[str, Any], name: str) -> str | None:
    """Return the template; a list of names is one of them all in brackets."""
    value = content.get("attribution")
    if isinstance(value, list):
        names = _texts(cast("list[Any]", value), "attribution", name)
        return f"({', '.join(f'{{{one}}}' for one in names)})" if names else ""
    return _given(content, "attribution", str, name)


def _file(content: object, name: str) -> RecipeFile:
    if not isinstance(content, dict):
        raise FileProblem(message("{name} names no files; give it a [[file]] for each.", name=name))
    given = cast("dict[str, Any]", content)
    known = {
        "name", "kind", "title", "rows", "columns", "cells", "where", "sort_by", "descending",
        "bands", "unfolded", "codes", "by", "within", "groups", "percent", "totals", "as_of",
        "successors",
    }  # fmt: skip
    _require_known(given, known, name)
    file_name, kind = str(given.get("name", "")), given.get("kind", "")
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
    by = str(given.get("by", "overlap"))
    if by not in ("overlap", "turn", "document"):
        raise FileProblem(message("{name}: codes occur together by overlap, turn or document.",
                                  name=name))  # fmt: skip
    return RecipeFile(
        file_name,
        kind,
        str(given.get("title", "")),
        _spec(given, name),
        _texts(given.get("codes", []), "codes", name),
        by,
        _within(given, name),
        _groups(given, kind, name),
    )


def _within(given: Mapping[str, Any], name: str) -> int:
    within = given.get("within", 0)
    if type(within) is not int or within < 0:
        raise FileProblem(message("{name}: within is a whole number of turns from 0.", name=name))
    return within


def _groups(given: Mapping[str, Any], kind: FileKind, name: str) -> tuple[str, ...]:
    groups = _texts(given.get("groups", []), "groups", name)
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


def _spec(given: Mapping[str, Any], name: str) -> MatrixSpec:
    cells = given.get("cells", "segments")
    if cells not in (*CELL_KINDS, *JUDGED_KINDS):
        raise FileProblem(
            message("{name}: {cells} is nothing that cells show.", name=name, cells=str(cells))
        )
    where: list[tuple[str, str]] = []
    for one in _texts(given.get("where", []), "where", name):
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


def _texts(value: object, key: str, name: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(
        isinstance(one, str) for one in cast("list[Any]", value)
    ):
        raise FileProblem(message("{name}: {key} is a list of texts.", name=name, key=key))
    return tuple(cast("list[str]", value))


def _require_known(given: Mapping[str, Any], known: set[str], name: str) -> None:
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


DEFAULT_NB = """\
# Filene i en utskrift av studien. Endre, legg til og ta bort; «qda report» skriver dem på nytt.
language = "nb"
transcripts = true   # sporingen viser de kodede kildene i sin helhet

# Sitatene trykkes slik prosjektet har dem. Ta bort # for å gjøre det på en annen måte her:
# attribution = "({rolle}, {arbeidsgiver})"   # det som mangler, faller bort med kommaet sitt
# cut = "(…)"      # merket der noe er kuttet
# marks = "«»"     # anførselstegn
# threshold = 3    # si fra om det som færre enn så mange informanter deler
# office = true    # først da kan kontoret stå ved siden av personen

[[file]]
name = "resultatkapittel.docx"
kind = "chapter"

[[file]]
name = "resultatkapittel.html"
kind = "chapter"

[[file]]
name = "matrise.xlsx"
kind = "matrix"

[[file]]
name = "rammematrise.docx"
kind = "framework"

[[file]]
name = "samforekomst.xlsx"
kind = "cooccurrence"

[[file]]
name = "sitater.docx"
kind = "quotes"

[[file]]
name = "sitater i teksten.docx"
kind = "picked"

[[file]]
name = "funn.docx"
kind = "claims"

[[file]]
name = "kodebok.docx"
kind = "codebook"

[[file]]
name = "metodevedlegg.docx"
kind = "method"

[[file]]
name = "profil {case}.docx"
kind = "profile"

[[file]]
name = "sporing.html"
kind = "trace"
"""
DEFAULT_EN = """\
# The files of a write-up. Change, add and remove; «qda report» writes them anew.
language = "en"
transcripts = true   # the trail shows the coded sources whole

# Quotes are printed as the project has them. Take away the # to do otherwise here:
# attribution = "({role}, {employer})"   # what is missing goes with its comma
# cut = "(…)"      # the mark where something is cut
# marks = "“”"     # quotation marks
# threshold = 3    # tell of what fewer informants than this share
# office = true    # only then may the office stand beside the person

[[file]]
name = "results chapter.docx"
kind = "chapter"

[[file]]
name = "results chapter.html"
kind = "chapter"

[[file]]
name = "matrix.xlsx"
kind = "matrix"

[[file]]
name = "framework.docx"
kind = "framework"

[[file]]
name = "co-occurrence.xlsx"
kind = "cooccurrence"

[[file]]
name = "quotes.docx"
kind = "quotes"

[[file]]
name = "quotes in the text.docx"
kind = "picked"

[[file]]
name = "claims.docx"
kind = "claims"

[[file]]
name = "codebook.docx"
kind = "codebook"

[[file]]
name = "method appendix.docx"
kind = "method"

[[file]]
name = "profile {case}.docx"
kind = "profile"

[[file]]
name = "trail.html"
kind = "trace"
"""
