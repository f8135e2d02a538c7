"""Lists of names to pseudonymise, out to a file, through a person's hands, and in again.

`.csv` has a row for each name, `.json` its hits too. A row says accept, reject or open; rows with
the same replacement are one name; forms are parted by `|`.
"""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import cast, get_args

from qda.formats.atomic import atomic_write
from qda.formats.delimited_reader import read_delimited
from qda.formats.grid import Grid
from qda.model.errors import FileProblem
from qda.model.messages import message
from qda.model.pseudonyms import NAME_KINDS, Decision, NameKind

COLUMNS = ("decision", "kind", "name", "replacement", "forms", "places", "why", "example")
WORDS: dict[Decision, str] = {"accepted": "accept", "rejected": "reject", "open": "open"}
_GUARDED = ("=", "+", "-", "@")
_KINDS = frozenset(get_args(NameKind))


@dataclass(frozen=True, slots=True)
class ListedHit:
    """A hit in a list: where it stands, what is around it, and whether it is to be replaced."""

    place: str
    start: int
    end: int
    text: str
    left: str = ""
    right: str = ""
    accept: bool = True


@dataclass(frozen=True, slots=True)
class ListedName:
    """A row of a list; hits are there in JSON alone."""

    decision: Decision
    kind: NameKind
    name: str
    replacement: str
    forms: tuple[str, ...]
    places: int = 0
    why: str = ""
    example: str = ""
    hits: tuple[ListedHit, ...] = ()


def write_names(path: Path, names: Iterable[ListedName]) -> None:
    """Write a list, readable by its owner alone: it holds the names. Raises FileProblem."""
    if path.suffix.casefold() == ".json":
        content = {"items": [as_json(one) for one in names]}
        text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    elif path.suffix.casefold() == ".csv":
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
        writer.writerow(COLUMNS)
        for one in names:
            row = (
                WORDS[one.decision], one.kind, one.name, one.replacement, "|".join(one.forms),
                str(one.places), one.why, one.example,
            )  # fmt: skip
            writer.writerow([_guarded(cell) for cell in row])
        text = "\ufeff" + buffer.getvalue()
    else:
        raise _ending(path)
    atomic_write(path, text, mode=0o600)


def as_json(one: ListedName) -> dict[str, object]:
    """Return a row as it stands in JSON."""
    return {
        "decision": WORDS[one.decision],
        "kind": one.kind,
        "name": one.name,
        "replacement": one.replacement,
        "forms": list(one.forms),
        "why": one.why,
        "hits": [
            {
                "place": hit.place, "start": hit.start, "end": hit.end, "text": hit.text,
                "left": hit.left, "right": hit.right, "accept": hit.accept,
            }
            for hit in one.hits
        ],
    }  # fmt: skip


def read_names(path: Path) -> tuple[ListedName, ...]:
    """Read a list. Raises FileProblem, naming the row, for one that cannot be understood."""
    ending = path.suffix.casefold()
    if ending == ".json":
        return _from_json(path)
    if ending != ".csv":
        raise _ending(path)
    grid = read_delimited(path)
    columns = _columns(path, grid)
    found: list[ListedName] = []
    for number, row in zip(grid.numbers[1:], grid.rows[1:], strict=True):
        cells = {name: str(row[at] or "") if at < len(row) else "" for name, at in columns.items()}
        found.append(_row(path, number, {name: _plain(cell) for name, cell in cells.items()}))
    return tuple(found)


def _columns(path: Path, grid: Grid) -> dict[str, int]:
    head = [str(cell or "").strip().casefold() for cell in grid.rows[0]] if grid.rows else []
    missing = [one for one in ("kind", "replacement", "forms") if one not in head]
    if missing:
        raise FileProblem(
            message(
                "{file} has no column {names}; write the list with «qda pseudonymise scan».",
                file=path.name,
                names=", ".join(missing),
            )
        )
    return {name: head.index(name) for name in COLUMNS if name in head}


def _row(path: Path, number: int, cells: dict[str, str]) -> ListedName:
    decision = cells.get("decision", "").strip().casefold() or "open"
    kind = cells.get("kind", "").strip().casefold()
    forms = tuple(one.strip() for one in cells.get("forms", "").split("|") if one.strip())
    name = cells.get("name", "").strip() or (forms[0] if forms else "")
    known: dict[str, Decision] = {word: key for key, word in WORDS.items()}
    if decision not in known or kind not in _KINDS or not forms:
        raise FileProblem(
            message(
                "{file}, row {row}: the decision is accept, reject or open, the kind one of "
                "{kinds}, and forms must not be empty.",
                file=path.name,
                row=number,
                kinds=", ".join(NAME_KINDS),
            )
        )
    replacement = cells.get("replacement", "").strip()
    return ListedName(known[decision], cast("NameKind", kind), name, replacement, forms)


def _from_json(path: Path) -> tuple[ListedName, ...]:
    try:
        content: object = json.loads(path.read_text(encoding="utf-8-sig"))
        whole = cast("dict[str, object]", content) if isinstance(content, dict) else {}
        items = cast("object", whole["items"] if whole else content)
        return tuple(
            _item(path, number, cast("dict[str, object]", one))
            for number, one in enumerate(cast("list[object]", items), start=1)
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise FileProblem(
            message(
                "{file} cannot be read as a list of names; write one with «qda pseudonymise scan».",
                file=path.name,
            )
        ) from error


def _item(path: Path, number: int, entry: dict[str, object]) -> ListedName:
    forms = "|".join(str(one) for one in cast("list[object]", entry["forms"]))
    cells = {
        "forms": forms,
        **{key: str(entry.get(key, "")) for key in ("decision", "kind", "name", "replacement")},
    }
    hits: list[ListedHit] = []
    for one in cast("list[dict[str, object]]", entry.get("hits", [])):
        start, end = one["start"], one["end"]
        if not isinstance(start, int) or not isinstance(end, int):
            raise TypeError
        hits.append(
            ListedHit(
                str(one.get("place", "")), start, end, str(one.get("text", "")),
                accept=one.get("accept", True) is not False,
            )
        )  # fmt: skip
    read = _row(path, number, cells)
    return ListedName(
        read.decision, read.kind, read.name, read.replacement, read.forms, hits=tuple(hits)
    )


def _guarded(text: str) -> str:
    """Keep a spreadsheet from taking a text for a formula."""
    shown = " ".join(text.split())
    return "'" + shown if shown.startswith(_GUARDED) else shown


def _plain(text: str) -> str:
    return text[1:] if text[:1] == "'" and text[1:].startswith(_GUARDED) else text


def _ending(path: Path) -> FileProblem:
    return FileProblem(
        message(
            "{name}: choose a file name that ends in {endings}.",
            name=path.name,
            endings=".csv, .json",
        )
    )
