"""A codebook outside a project: what a file holds and what applying it would do."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from qda.model.entities import Code
from qda.model.ids import CodeId, Guid
from qda.model.messages import Message, message
from qda.model.naming import free_name

CodeField = Literal[
    "name", "color", "definition", "include", "exclude", "example", "keywords", "scale", "shortcut"
]
CODE_FIELDS: tuple[CodeField, ...] = (
    "name", "color", "definition", "include", "exclude", "example", "keywords", "scale", "shortcut",
)  # fmt: skip


TWICE = message("Two codes in one place have its name; it got a number behind it.")


@dataclass(frozen=True, slots=True)
class CodebookCode:
    """A code in a codebook file, with the codes below it.

    `guid` and `color` are empty where the file does not say; colours are `#rrggbb`. One that is not
    `codable` is a folder, which only exchange files tell.
    """

    name: str
    guid: Guid | None = None
    color: str = ""
    definition: str = ""
    include: str = ""
    exclude: str = ""
    example: str = ""
    keywords: tuple[str, ...] = ()
    scale: tuple[str, ...] = ()
    shortcut: str = ""
    children: tuple["CodebookCode", ...] = ()
    codable: bool = True

    def walk(self, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], "CodebookCode"]]:
        """Yield this code and all below it, parents first, each with the names of its path."""
        path = (*above, self.name)
        yield path, self
        for child in self.children:
            yield from child.walk(path)


@dataclass(frozen=True, slots=True)
class CodebookSet:
    """A set of codes in a codebook file, which only exchange files hold; `codes` are GUIDs."""

    name: str
    codes: tuple[Guid, ...]
    guid: Guid | None = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class Codebook:
    """A codebook file: a name, a version, a language, a forest of codes and sets of them.

    `warnings` say what was read otherwise than it stands in the file: the code, and why.
    """

    name: str
    codes: tuple[CodebookCode, ...]
    version: str = ""
    language: str = ""
    description: str = ""
    sets: tuple[CodebookSet, ...] = ()
    warnings: tuple[tuple[str, Message], ...] = field(default=(), compare=False)

    def walk(self) -> Iterator[tuple[tuple[str, ...], CodebookCode]]:
        """Yield every code, parents first, each with the names of its path."""
        for code in self.codes:
            yield from code.walk()


def told_apart(codebook: Codebook) -> Codebook:
    """Return a codebook in which no two codes have one path, with a warning for each that had.

    The later gets a number behind its name.
    """
    warnings = list(codebook.warnings)

    def apart(codes: tuple[CodebookCode, ...], above: tuple[str, ...]) -> tuple[CodebookCode, ...]:
        used: set[str] = set()
        found: list[CodebookCode] = []
        for code in codes:
            name = free_name(code.name, used)
            used.add(name)
            if name != code.name:
                warnings.append((join_path((*above, name)), TWICE))
            found.append(replace(code, name=name, children=apart(code.children, (*above, name))))
        return tuple(found)

    return replace(codebook, codes=apart(codebook.codes, ()), warnings=tuple(warnings))


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of a code that the file words otherwise than the project."""

    code: str
    field: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class CodebookPlan:
    """What applying a codebook would do; all codes are named by their paths.

    `removed` lists codes of the project that the file does not have: applying never drops them.
    `sets` names the code sets that are new or get more codes.
    """

    added: tuple[str, ...]
    changed: tuple[FieldChange, ...]
    moved: tuple[tuple[str, str], ...]
    removed: tuple[str, ...]
    unchanged: int
    sets: tuple[str, ...] = ()


def forest(codes: Sequence[Code], folders: Collection[CodeId] = ()) -> tuple[CodebookCode, ...]:
    """Return a project's codes as a codebook holds them; siblings keep the order of `codes`."""
    below: dict[CodeId | None, list[Code]] = {}
    for code in codes:
        below.setdefault(code.parent, []).append(code)

    def grown(code: Code) -> CodebookCode:
        return CodebookCode(
            name=code.name,
            guid=code.guid,
            color=code.color,
            definition=code.definition,
            include=code.include,
            exclude=code.exclude,
            example=code.example,
            keywords=code.keywords,
            scale=code.scale,
            shortcut=code.shortcut,
            children=tuple(grown(child) for child in below.get(code.id, [])),
            codable=code.id not in folders,
        )

    return tuple(grown(code) for code in below.get(None, []))


def join_path(names: tuple[str, ...]) -> str:
    r"""Write a path as text: names joined by `/`, a slash inside a name as `\/`."""
    return "/".join(name.replace("\\", "\\\\").replace("/", "\\/") for name in names)


def split_path(text: str) -> tuple[str, ...]:
    r"""Read a path: the inverse of `join_path`."""
    names: list[str] = []
    current: list[str] = []
    characters = iter(text)
    for character in characters:
        if character == "\\":
            following = next(characters, "\\")
            current.append(following if following in "/\\" else "\\" + following)
        elif character == "/":
            names.append("".join(current))
            current = []
        else:
            current.append(character)
    names.append("".join(current))
    return tuple(name.strip() for name in names)
