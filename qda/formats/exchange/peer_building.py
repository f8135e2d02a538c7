"""What every project of another program is built with: GUIDs, coders, codes, memos, times.

Peers number their rows. Two copies of one project go on numbering on their own, so a number does
not say what a thing is: its GUID is made from the project's beginning and from what it is.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from qda.formats.exchange.identifiers import made_guid
from qda.formats.exchange.model import (
    ExchangedCase,
    ExchangedCode,
    ExchangedCoder,
    ExchangedCoding,
    ExchangedDocument,
    ExchangedMemo,
    ExchangedProject,
    ExchangedValue,
    ExchangedVariable,
)
from qda.formats.exchange.qdpx_codes import moment, one_line
from qda.formats.exchange.report import ExchangeReport
from qda.model.entities import MemoTarget, Subject, Value, VariableType
from qda.model.ids import Guid
from qda.model.messages import Message, message
from qda.store.foreign import ForeignDatabase, ForeignRow
from qda.text.normalise import dropped_warning

_COLOR = re.compile(r"#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})", re.ASCII)
_R_DATE = re.compile(r"[A-Za-z]{3} ([A-Za-z]{3}) +(\d{1,2}) (\d\d:\d\d:\d\d) (\d{4})", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")


def clean(text: str) -> str:
    """Return a text without what can never be text, its lines ended as here."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def color_of(text: str) -> str:
    """Return a colour as it is kept here, empty where it is none."""
    match = _COLOR.fullmatch(text.strip())
    if match is None:
        return ""
    digits = match[1].lower()
    return "#" + "".join(one * (6 // len(digits)) for one in digits)


def local_moment(text: str) -> str:
    """Return a time that a program wrote by the clock of its machine, empty where it is none."""
    text = text.strip()
    match = _R_DATE.fullmatch(text)
    if match is not None and match[1].lower() in _MONTHS:
        month = _MONTHS.index(match[1].lower()) + 1
        text = f"{match[4]}-{month:02}-{int(match[2]):02} {match[3]}"
    try:
        found = datetime.fromisoformat(text)
        # A time without a zone is that of this machine.
        return moment(found.astimezone().isoformat())
    except (ValueError, OverflowError, OSError):
        return ""


def number_of(text: str) -> float | None:
    """Return a finite number, with comma or point, None where it is none."""
    try:
        number = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


@dataclass(slots=True)
class PlannedCode:
    """A code or category of a peer, before it is known where it stands."""

    key: Guid
    name: str
    above: Guid | None = None
    color: str = ""
    text: str = ""
    codable: bool = True
    scale: tuple[str, ...] = ()


class PeerProject:
    """Gather a project of another program; `finish` gives it with everything in its order."""

    def __init__(self, program: str, seed: Sequence[str], report: ExchangeReport) -> None:
        """Make GUIDs from `seed`, which all copies of the project have in common."""
        self.report = report
        self._seed = "\x1f".join((program, *seed))
        self._taken: set[Guid] = set()
        self._coders: dict[str, ExchangedCoder] = {}
        self._codes: dict[Guid, PlannedCode] = {}
        self.cases: dict[Guid, ExchangedCase] = {}
        self.variables: list[ExchangedVariable] = []
        self.values: list[ExchangedValue] = []
        self.documents: list[ExchangedDocument] = []
        self.codings: list[ExchangedCoding] = []
        self.memos: list[ExchangedMemo] = []

    def guid(self, kind: str, *parts: object) -> Guid:
        """Return a GUID for a thing, another one for each that is the same in all its parts."""
        key = "\x1f".join((self._seed, kind, *map(str, parts)))
        found, number = made_guid(key), 1
        while found in self._taken:
            number += 1
            found = made_guid(f"{key}\x1f{number}")
        self._taken.add(found)
        return found

    def coder(self, name: str) -> Guid | None:
        """Return the coder of that name, None where there is no name."""
        name = one_line(name)
        if not name:
            return None
        if name not in self._coders:
            # A person is the same in every project of theirs.
            self._coders[name] = ExchangedCoder(made_guid(f"coder {name}"), name)
        return self._coders[name].guid

    def has_coder(self, name: str) -> bool:
        """Tell whether somebody of that name was met."""
        return one_line(name) in self._coders

    # ----------------------------------------------------------------------------- codes
    def add_code(
        self,
        name: str,
        *,
        kind: str = "code",
        above: Guid | None = None,
        color: str = "",
        text: str = "",
        codable: bool = True,
    ) -> Guid:
        """Add a code or, where nothing can be coded with it, a category; return its GUID."""
        shown = one_line(name) or "?"
        key = self.guid(kind, shown, above or "")
        self._codes[key] = PlannedCode(key, shown, above, color_of(color), clean(text), codable)
        if color.strip() and not self._codes[key].color:
            self.report.decided(
                "codes",
                message("The colour of the code {name}", name=shown),
                self.report.source,
                message("{value} is no colour; another was chosen.", value=color.strip()[:50]),
            )
        return key

    def add_folder(self, row: ForeignRow, folders: dict[int, Guid]) -> Guid:
        """Add a category of codes, known by its number in `folders`; return its GUID."""
        guid = self.add_code(
            row.text("name"), kind="category", text=row.text("memo"), codable=False
        )
        folders.setdefault(row.whole("catid") or 0, guid)
        return guid

    def move_code(self, code: Guid, above: Guid) -> None:
        """Put a code below another."""
        self._codes[code].above = above

    def add_scale(self, codes: Iterable[Guid], value: str) -> None:
        """Make a value one that codings of these codes may have."""
        for code in codes:
            self._codes[code].scale = (value,)

    def codes(self) -> tuple[ExchangedCode, ...]:
        """Return the codes, parents before children; a ring of parents is broken and told."""
        below: dict[Guid | None, list[PlannedCode]] = {}
        for one in self._codes.values():
            below.setdefault(one.above if one.above in self._codes else None, []).append(one)
        ordered: list[ExchangedCode] = []
        seen: set[Guid] = set()

        def take(roots: Iterable[PlannedCode]) -> None:
            stack = list(roots)[::-1]
            while stack:
                one = stack.pop()
                if one.key in seen:
                    continue
                above = one.above if one.above in seen else None
                seen.add(one.key)
                ordered.append(
                    ExchangedCode(
                        one.key,
                        above,
                        one.name,
                        one.color,
                        one.text,
                        scale=one.scale,
                        codable=one.codable,
                    )
                )
                stack += below.get(one.key, [])[::-1]

        take(below.get(None, []))
        for one in self._codes.values():
            if one.key not in seen:
                self.report.decided(
                    "codes",
                    message("The code {name}", name=one.name),
                    self.report.source,
                    message("It stands below itself in the file; it is at the top now."),
                )
                take([one])
        return tuple(ordered)

    def code_name(self, code: Guid) -> str:
        """Return the name of a code."""
        return self._codes[code].name

    # ----------------------------------------------------------------- memos, variables
    def add_memo(
        self,
        on: MemoTarget,
        target: Guid | None,
        text: str,
        *,
        coder: str = "",
        created: str = "",
    ) -> None:
        """Add a memo unless it is empty."""
        text = clean(text)
        if not text:
            return
        self.report.found["memos"] += 1
        guid = self.guid("memo", on, target or "", coder, text)
        self.memos.append(
            ExchangedMemo(guid, on, target, text, self.coder(coder), created, created)
        )

    def add_memo_of(
        self, on: MemoTarget, target: Guid | None, row: ForeignRow, text: str | None = None
    ) -> None:
        """Add the memo of a row, or `text`, by whom and when the row says."""
        self.add_memo(
            on,
            target,
            row.text("memo") if text is None else text,
            coder=row.text("owner"),
            created=local_moment(row.text("date")),
        )

    def add_case(self, row: ForeignRow, number: str, cases: dict[int, Guid]) -> None:
        """Add a case with its memo, known in `cases` by the column `number`."""
        name = one_line(row.text("name")) or "?"
        guid = self.guid("case", name)
        cases.setdefault(row.whole(number) or 0, guid)
        self.cases[guid] = ExchangedCase(guid, name)
        self.add_memo_of("case", guid, row)

    def tell_second(self, name: str) -> None:
        """Say that a document was left out, since its number is that of another."""
        self.report.left_out(
            "documents",
            message("The document {name}", name=name),
            self.report.source,
            message("Another has the same number in the file."),
        )

    def tell_dropped(self, name: str, dropped: int) -> None:
        """Say how many characters of a text are left out, if any."""
        if dropped:
            self.report.decided(
                "documents",
                message("The text of {name}", name=name),
                self.report.source,
                dropped_warning(dropped),
            )

    def add_variable(
        self, subject: Subject, name: str, cells: Iterable[tuple[Guid, str]], *, number: bool
    ) -> None:
        """Add a variable with its values as the peer has them, all texts.

        One that is to be a number and has something else among its values is one of texts.
        """
        report, name = self.report, one_line(name) or "?"
        filled: dict[Guid, str] = {}
        empty = double = 0
        for owner, cell in cells:
            text = clean(cell)
            if not text:
                empty += 1
            elif owner in filled:
                double += 1
            else:
                filled[owner] = text
        report.found["values"] += len(filled) + empty + double
        report.found["variables"] += 1
        for count, why in (
            (empty, message("Here a value that is not known is not there.")),
            (double, message("There is a value of this variable already; the first was kept.")),
        ):
            if count:
                report.left_out(
                    "values",
                    message("Values of {name}", name=name),
                    report.source,
                    why,
                    count=count,
                )
        kind: VariableType = "text"
        read: dict[Guid, Value] = dict(filled)
        if number:
            numbers = {owner: number_of(text) for owner, text in filled.items()}
            if None not in numbers.values():
                kind = "number"
                read = {owner: one for owner, one in numbers.items() if one is not None}
            else:
                report.decided(
                    "variables",
                    message("The variable {name}", name=name),
                    report.source,
                    message("Not all its values are of its type, so it is one of texts now."),
                )
        guid = self.guid("variable", subject, name)
        self.variables.append(ExchangedVariable(guid, subject, name, kind))
        self.values += [ExchangedValue(guid, owner, value) for owner, value in read.items()]

    def add_boolean(self, subject: Subject, name: str, owners: Iterable[Guid]) -> None:
        """Add a variable that is true of some and not there for others."""
        guid = self.guid("variable", subject, name)
        self.variables.append(ExchangedVariable(guid, subject, one_line(name) or "?", "boolean"))
        self.values += [ExchangedValue(guid, owner, value=True) for owner in owners]

    # ---------------------------------------------------------------------------- codings
    def add_coding(
        self,
        document: Guid,
        code: Guid,
        span: tuple[int, int],
        *,
        coder: str = "",
        created: str = "",
        memo: str = "",
        value: str = "",
    ) -> Guid:
        """Add a coding; return its GUID."""
        guid = self.guid("coding", document, code, coder, *span)
        self.codings.append(
            ExchangedCoding(
                guid, document, code, self.coder(coder), *span, None, value, clean(memo), created
            )
        )
        return guid

    # ----------------------------------------------------------------------------- the end
    def finish(self, name: str, *, created: str = "", coder: str = "") -> ExchangedProject:
        """Return the whole project; count what else was found."""
        codes = self.codes()
        user = self.coder(coder)
        self.report.count_found(
            {"coders": len(self._coders), "codes": len(codes), "cases": len(self.cases)}
        )
        return ExchangedProject(
            name=one_line(name) or self.report.source,
            guid=made_guid(self._seed),
            created=created,
            coder=user,
            coders=tuple(self._coders.values()),
            codes=codes,
            cases=tuple(self.cases.values()),
            variables=tuple(self.variables),
            values=tuple(self.values),
            documents=tuple(self.documents),
            codings=tuple(self.codings),
            memos=tuple(self.memos),
        )


Left = Mapping[str, tuple[str, Message]]
"""For tables that have no place here: what kind of things their rows are, and why they stay."""

NO_PLACE = message("There is no place for it here.")


def tell_unread(
    database: ForeignDatabase,
    report: ExchangeReport,
    left: Left,
    *,
    silent: Mapping[str, frozenset[str]],
) -> None:
    """Tell of every filled table that was not read, and every filled column of those that were.

    `silent` names the columns of each table that say nothing of the study itself.
    """
    for table in sorted(database.tables):
        quiet = silent.get(table, frozenset())
        unasked = database.unasked(table)
        if unasked is not None:
            for column, count in unasked.items():
                if column not in quiet:
                    report.left_out(
                        "columns",
                        message("{column} of the table {table}", column=column, table=table),
                        report.source,
                        NO_PLACE,
                        count=count,
                    )
        elif "*" not in quiet and (count := database.count(table)):
            item, why = left.get(table, ("rows", NO_PLACE))
            report.found[item] += count
            report.left_out(
                item, message("The table {table}", table=table), report.source, why, count=count
            )
    if database.left:
        report.decided(
            "elements",
            message("{names}", names=", ".join(name for _kind, name in database.left[:20])),
            report.source,
            message("Parts of a database that run when they are read were not looked at."),
            count=len(database.left),
        )
