"""Sheets of memberships and of successions: read, made out, and written again.

Columns are found by their headings in English, bokmål and nynorsk. Nothing here changes the
project.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qda.formats.sheets import Sheet, SheetCell, read_sheet
from qda.formats.word_tables import WordTable
from qda.jobs.progress import Progress
from qda.model.errors import FileProblem, NotAllowed
from qda.model.groups import (
    SUCCESSION_KINDS,
    SUCCESSION_WORDS,
    SuccessionKind,
    short_since,
    short_until,
)
from qda.model.import_report import ImportKind, ReportBuilder
from qda.model.messages import Message, Translator, message
from qda.operations.memberships import MembershipRow, read_days
from qda.operations.sheets import NAMES as SHEET_NAMES
from qda.operations.successions import SuccessionRow, read_day
from qda.operations.value_layouts import as_text
from qda.store import cases, groups
from qda.store.project_file import ProjectFile

NAMES: Mapping[str, frozenset[str]] = {
    "case": SHEET_NAMES["case"],
    "kind": frozenset({"kind", "slag", "type", "gruppetype", "kind of group", "slags gruppe"}),
    "group": frozenset(
        {"group", "gruppe", "medlem av", "member of", "tilhører", "høyrer til", "belongs to"}
    ),
    "known kind": frozenset(
        {
            "fylke", "county", "kommune", "municipality", "region", "bydel", "district",
            "distrikt", "tjenesteområde", "område", "area", "nav fylke", "nav-fylke",
        }
    ),
    "since": frozenset(
        {
            "from", "fra", "frå", "fra og med", "frå og med", "f.o.m.", "fom", "since", "start",
            "gyldig fra", "gjeld frå", "valid from", "fra dato", "frå dato", "startdato",
        }
    ),
    "until": frozenset(
        {
            "to", "til", "til og med", "t.o.m.", "tom", "until", "slutt", "end", "gyldig til",
            "gjeld til", "valid to", "valid until", "til dato", "sluttdato",
        }
    ),
    "old": frozenset(
        {
            "predecessor", "predecessors", "forgjenger", "forgjengere", "forgjengar", "tidligere",
            "tidligere kontor", "tidlegare kontor", "gammelt kontor", "gamalt kontor", "old",
            "old office", "før", "fra kontor", "from office",
        }
    ),
    "new": frozenset(
        {
            "successor", "successors", "etterfølger", "etterfølgere", "etterfølgjar", "arvtaker",
            "nytt kontor", "new", "new office", "etter", "til kontor", "to office",
        }
    ),
    "at": frozenset(
        {"date", "dato", "day", "dag", "from", "fra", "frå", "fra og med", "month", "måned",
         "månad", "when", "når", "tidspunkt"}
    ),
    "succession": frozenset({"kind", "slag", "type", "endring", "change", "hendelse"}),
}  # fmt: skip
KIND_NAMES: Mapping[str, SuccessionKind] = {
    "merger": "merger", "merged": "merger", "sammenslåing": "merger", "sammenslått": "merger",
    "samanslåing": "merger", "samanslått": "merger", "split": "split",
    "division": "split", "deling": "split", "delt": "split", "oppdeling": "split",
    "renaming": "renaming", "renamed": "renaming",
    "navneendring": "renaming", "namneendring": "renaming", "navnebytte": "renaming",
    "namnebyte": "renaming", "nytt navn": "renaming", "nytt namn": "renaming",
}  # fmt: skip
_SEVERAL = re.compile(r"\s*[|;\n]\s*")


@dataclass(frozen=True, slots=True)
class Misfit:
    """A row that cannot be taken: its number as the sheet counts, and why."""

    row: int
    why: Message


@dataclass(frozen=True, slots=True)
class MembershipSheet:
    """A sheet of memberships made out; `unused` names columns of other things."""

    file: str
    rows: tuple[MembershipRow, ...]
    misfits: tuple[Misfit, ...] = ()
    unused: tuple[str, ...] = ()
    warnings: tuple[Message, ...] = ()

    @property
    def offices(self) -> tuple[str, ...]:
        """Return the offices that are named, each once."""
        return tuple(dict.fromkeys(one.case for one in self.rows))


@dataclass(frozen=True, slots=True)
class SuccessionSheet:
    """A sheet of successions made out, a row for each pair of offices."""

    file: str
    rows: tuple[SuccessionRow, ...]
    misfits: tuple[Misfit, ...] = ()
    unused: tuple[str, ...] = ()
    warnings: tuple[Message, ...] = ()

    @property
    def offices(self) -> tuple[str, ...]:
        """Return the offices that are named, each once."""
        return tuple(dict.fromkeys(name for one in self.rows for name in (one.old, one.new)))


@dataclass(slots=True)
class _Columns:
    """The columns of a sheet by what their headings mean."""

    sheet: Sheet
    file: str
    taken: set[int] = field(default_factory=set[int])

    def find(self, what: str) -> int | None:
        """Return the first column of that meaning that is not taken."""
        for index, column in enumerate(self.sheet.columns):
            if index not in self.taken and column.strip().casefold() in NAMES[what]:
                self.taken.add(index)
                return index
        return None

    def need(self, what: str, shown: Message) -> int:
        """Return the column of that meaning. Raises FileProblem."""
        index = self.find(what)
        if index is None:
            raise FileProblem(
                message(
                    "{file} has no column called {column}; name the columns in the first row.",
                    file=self.file, column=shown,
                )
            )  # fmt: skip
        return index

    def find_kind(self) -> int:
        """Return the column headed by a kind of groups, or the only one left. Raises FileProblem.

        Known kinds go first, so that a column of remarks does no harm.
        """
        found = self.find("known kind")
        if found is None:
            left = self.unused()
            if len(left) != 1:
                raise _no_group(self.file, self.names(left))
            found = left[0]
            self.taken.add(found)
        return found

    def unused(self) -> tuple[int, ...]:
        """Return the columns that are not taken."""
        return tuple(at for at in range(len(self.sheet.columns)) if at not in self.taken)

    def names(self, columns: Sequence[int]) -> tuple[str, ...]:
        """Return the headings of columns."""
        return tuple(self.sheet.columns[at] for at in columns)


def read_memberships(
    path: Path, *, kind: str = "", progress: Progress | None = None
) -> MembershipSheet:
    """Read a sheet with an office, a group, and from when to when in each row.

    The kind of the groups is `kind`, else that of a column of its own, else the heading of the
    groups (`fylke`). Raises FileProblem, Cancelled.
    """
    sheet = read_sheet(path, progress)
    columns = _Columns(sheet, path.name)
    case = columns.need("case", message("office"))
    since, until = columns.find("since"), columns.find("until")
    kind_at = columns.find("kind")
    group = columns.find("group")
    if group is None:
        group = columns.find_kind()
        kind = kind or ("" if kind_at is not None else sheet.columns[group].strip())
    if not kind and kind_at is None:
        raise FileProblem(
            message(
                "{file} does not say what the groups are; head their column with it, as county, "
                "or say it.",
                file=path.name,
            )
        )
    rows: list[MembershipRow] = []
    misfits: list[Misfit] = []
    for number, row in _numbered(sheet):
        own = kind or _text(row, kind_at)
        one = MembershipRow(number, _text(row, case), own, _text(row, group), "", "")
        try:
            first, last = read_days(_text(row, since), _text(row, until))
            _require_filled(one)
            rows.append(MembershipRow(number, one.case, own, one.group, first, last))
        except NotAllowed as error:
            misfits.append(Misfit(number, error.message))
    _require_some(path.name, rows, misfits)
    return MembershipSheet(
        path.name, tuple(rows), tuple(misfits), columns.names(columns.unused()), sheet.warnings
    )


def read_successions(path: Path, *, progress: Progress | None = None) -> SuccessionSheet:
    """Read a sheet with predecessors, successors, a day and perhaps a kind in each row.

    A cell may name several offices, parted by `|`, `;` or a line break. Raises FileProblem,
    Cancelled.
    """
    sheet = read_sheet(path, progress)
    columns = _Columns(sheet, path.name)
    old = columns.need("old", message("predecessor"))
    new = columns.need("new", message("successor"))
    at = columns.need("at", message("date"))
    kind = columns.find("succession")
    rows: list[SuccessionRow] = []
    misfits: list[Misfit] = []
    for number, row in _numbered(sheet):
        try:
            rows += _pairs(
                number, _text(row, old), _text(row, new), _text(row, at), said=_text(row, kind)
            )
        except NotAllowed as error:
            misfits.append(Misfit(number, error.message))
    _require_some(path.name, rows, misfits)
    return SuccessionSheet(
        path.name, tuple(rows), tuple(misfits), columns.names(columns.unused()), sheet.warnings
    )


def _text(row: Sequence[SheetCell], index: int | None) -> str:
    return "" if index is None else as_text(row[index])


def _numbered(sheet: Sheet) -> list[tuple[int, tuple[SheetCell, ...]]]:
    numbers = sheet.numbers or tuple(range(2, len(sheet.rows) + 2))
    return list(zip(numbers, sheet.rows, strict=True))


def _several(cell: str) -> list[str]:
    return [name for name in _SEVERAL.split(cell.strip()) if name]


def _pairs(number: int, old: str, new: str, at: str, said: str) -> list[SuccessionRow]:
    """Return a row for each pair of offices that two cells name. Raises NotAllowed for none."""
    day, kind = read_day(at), _kind(said)
    pairs = [
        SuccessionRow(number, one, other, day, kind)
        for one in _several(old)
        for other in _several(new)
    ]
    if not pairs:
        raise NotAllowed(message("Say which offices there were, and which followed them."))
    return pairs


def _kind(cell: str) -> SuccessionKind | None:
    if not cell:
        return None
    found = KIND_NAMES.get(cell.strip().casefold())
    if found is None:
        raise NotAllowed(
            message("{cell} is no kind of change; write merger, split or renaming.", cell=cell)
        )
    return found


def _require_filled(one: MembershipRow) -> None:
    if not one.case:
        raise NotAllowed(message("The row names no office."))
    if not one.group:
        raise NotAllowed(message("The row names no group."))
    if not one.kind:
        raise NotAllowed(message("The row does not say what kind of group it is."))


def _no_group(file: str, names: Sequence[str]) -> FileProblem:
    if names:
        return FileProblem(
            message(
                "{file}: which column holds the groups cannot be told ({names}); head it with "
                "«group» or leave the others out.",
                file=file, names=", ".join(names),
            )
        )  # fmt: skip
    return FileProblem(
        message("{file} has no column of groups; head one with what they are, as county.",
                file=file)
    )  # fmt: skip


def _require_some(file: str, rows: Sequence[object], misfits: Sequence[Misfit]) -> None:
    if rows:
        return
    if misfits:
        raise FileProblem(
            message(
                "No row of {file} can be taken; the first is row {row}: {why}",
                file=file, row=misfits[0].row, why=misfits[0].why,
            )
        )  # fmt: skip
    raise FileProblem(message("{file} has no rows below its headings.", file=file))


def report_on(sheet: MembershipSheet | SuccessionSheet) -> ReportBuilder:
    """Begin the report of an import with what of the sheet cannot be taken."""
    kind: ImportKind = "memberships" if isinstance(sheet, MembershipSheet) else "successions"
    report = ReportBuilder(kind, sheet.file)
    report.count_found({kind: len(sheet.rows) + len(sheet.misfits)})
    for one in sheet.misfits:
        report.left_out(kind, message("Row {row}", row=one.row), sheet.file, one.why)
    for column in sheet.unused:
        report.left_out(
            "columns", message("the column {column}", column=column), sheet.file,
            message("Its heading is none that an import of this kind knows."),
        )  # fmt: skip
    for warning in sheet.warnings:
        report.decided("rows", message("the file"), sheet.file, warning)
    return report


# ------------------------------------------------------------------------------------- out
def membership_table(project: ProjectFile) -> WordTable:
    """Return every membership as a table that `read_memberships` reads again."""
    names = {one.id: one.name for one in cases.all_cases(project.connection)}
    kinds = {one.id: one.name for one in groups.all_kinds(project.connection)}
    known = {one.id: one for one in groups.all_groups(project.connection)}
    return WordTable(
        message("Memberships"),
        tuple(
            (heading, "text")
            for heading in (
                message("office"), message("kind"), message("group"), message("from"),
                message("to"),
            )
        ),
        tuple(
            (
                names[one.case], kinds[known[one.group].kind], known[one.group].name,
                short_since(one.since), short_until(one.until),
            )
            for one in groups.all_memberships(project.connection)
        ),
    )  # fmt: skip


def succession_table(project: ProjectFile, translator: Translator) -> WordTable:
    """Return every succession as a table that `read_successions` reads again."""
    names = {one.id: one.name for one in cases.all_cases(project.connection)}
    return WordTable(
        message("Mergers and splits"),
        tuple(
            (heading, "text")
            for heading in (
                message("predecessor"), message("successor"), message("date"), message("kind"),
            )
        ),
        tuple(
            (names[one.old], names[one.new], one.at, SUCCESSION_WORDS[one.kind].say(translator))
            for one in groups.all_successions(project.connection)
        ),
    )  # fmt: skip


assert set(KIND_NAMES.values()) == set(SUCCESSION_KINDS)  # noqa: S101 - every kind has a name
