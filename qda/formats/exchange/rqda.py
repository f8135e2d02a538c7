"""Read a project of RQDA (database versions 0.1.5 to 0.2.2): one SQLite file.

Rows carry a status: 1 is there, anything else was deleted and is only told of. Offsets count the
characters of the text, the end behind the last one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qda.formats.exchange.model import ExchangedDocument, ExchangedProject
from qda.formats.exchange.offsets import Place, SourceText
from qda.formats.exchange.peer_building import Left, PeerProject, local_moment, tell_unread
from qda.formats.exchange.peer_cases import CaseParts
from qda.formats.exchange.placing import CountedSource, place_all
from qda.formats.exchange.qdpx_codes import one_line
from qda.formats.exchange.questions import ReadAnswers
from qda.formats.exchange.report import ExchangeReport
from qda.formats.readers.raw import check_length
from qda.jobs.progress import Progress
from qda.model.errors import FileProblem
from qda.model.ids import Guid
from qda.model.messages import Message, message
from qda.store.foreign import ForeignDatabase, ForeignRow, open_foreign
from qda.text.language_guess import guess_language

TABLES = ("source", "freecode", "coding")
_SECOND = "coding2"
_LEFT: Left = {
    "image": ("media", message("Recordings and pictures are not kept here, only texts.")),
    "imagecoding": (
        "codings",
        message("What is coded is no text but a part of a recording or picture."),
    ),
}
_OWNED = frozenset({"owner", "date", "datem"})
_SILENT: Mapping[str, frozenset[str]] = {
    "project": frozenset({"about", "databaseversion", "datem", "imagedir", "bom", "encoding"}),
    "source": _OWNED,
    "freecode": _OWNED,
    "codecat": frozenset({*_OWNED, "cid"}),
    "treecode": _OWNED,
    "treefile": _OWNED,
    "filecat": frozenset({*_OWNED, "fid"}),
    "cases": _OWNED,
    "caselinkage": _OWNED,
    "attributes": _OWNED,
    "caseattr": _OWNED,
    "fileattr": _OWNED,
    "annotation": _OWNED,
    "journal": _OWNED,
}
"""Who made a row of a list, and when it was changed, is not kept where it is no memo or coding."""

_WORDS: Mapping[str, tuple[str, Message]] = {
    "source": ("documents", message("Deleted documents")),
    "freecode": ("codes", message("Deleted codes")),
    "codecat": ("codes", message("Deleted categories of codes")),
    "treecode": ("rows", message("Deleted places of codes in categories")),
    "coding": ("codings", message("Deleted codings")),
    "coding2": ("codings", message("Deleted codings")),
    "cases": ("cases", message("Deleted cases")),
    "caselinkage": ("case links", message("Deleted links of cases")),
    "filecat": ("rows", message("Deleted categories of documents")),
    "treefile": ("rows", message("Deleted places of documents in categories")),
    "attributes": ("variables", message("Deleted variables")),
    "caseattr": ("values", message("Deleted values")),
    "fileattr": ("values", message("Deleted values")),
    "annotation": ("memos", message("Deleted annotations")),
    "journal": ("memos", message("Deleted journals")),
}
_LINE = 200


def read_rqda(
    path: Path, progress: Progress | None = None, answers: ReadAnswers | None = None
) -> tuple[ExchangedProject, ExchangeReport]:
    """Read a project of RQDA.

    Raises FileProblem, OpenQuestions where `answers` ask for it, and Cancelled from `progress`.
    """
    progress = progress or Progress()
    with open_foreign(path, progress) as database:
        if not database.has(*TABLES):
            raise FileProblem(
                message("{name} is no project of RQDA; choose another file.", name=path.name)
            )
        return _Reader(database, path, progress, answers or ReadAnswers()).read()


@dataclass(slots=True)
class _Source:
    """A text with what stands in it: codings with who made them, and parts of cases."""

    guid: Guid
    name: str
    text: SourceText
    codings: list[tuple[ForeignRow, str]] = field(default_factory=list[tuple[ForeignRow, str]])
    parts: list[tuple[ForeignRow, Guid]] = field(default_factory=list[tuple[ForeignRow, Guid]])

    @property
    def rows(self) -> list[ForeignRow]:
        """Return every row that has offsets in the text."""
        return [row for row, _of in (*self.codings, *self.parts)]


class _Reader:
    def __init__(
        self, database: ForeignDatabase, path: Path, progress: Progress, answers: ReadAnswers
    ) -> None:
        self._database = database
        self._path = path
        self._progress = progress
        self._answers = answers
        self._report = ExchangeReport(path.name)
        self._codes: dict[int, Guid] = {}
        self._cases: dict[int, Guid] = {}
        self._sources: dict[int, _Source] = {}

    def read(self) -> tuple[ExchangedProject, ExchangeReport]:
        """Read every table that has a place here, and tell of the others."""
        database, report = self._database, self._report
        info = next(iter(database.rows("project")), None)
        created = info.text("date") if info is not None else ""
        version = info.text("databaseversion") if info is not None else ""
        report.origin = f"RQDA {version}".strip()
        self._into = PeerProject("RQDA", [created], report)
        self._read_codes()
        self._read_cases()
        self._read_sources()
        self._read_file_categories()
        self._read_segments()
        self._read_attributes()
        for row in self._live("journal"):
            self._into.add_memo_of(
                "project", None, row, f"{row.text('name')}\n\n{row.text('journal')}"
            )
        if info is not None:
            self._into.add_memo("project", None, info.text("memo"))
        tell_unread(database, report, _LEFT, silent=_SILENT)
        return self._into.finish(self._path.stem, created=local_moment(created)), report

    def _live(self, table: str) -> Iterator[ForeignRow]:
        """Yield the rows that were not deleted, and tell how many were."""
        deleted = 0
        for row in self._database.rows(table):
            # Old files know no status for some tables; what has none is there.
            if row.has("status") and row.whole("status") != 1:
                deleted += 1
            else:
                yield row
        if deleted:
            item, what = _WORDS[table]
            self._report.found[item] += deleted
            self._report.left_out(
                item,
                what,
                f"{self._path.name} ({table})",
                message("They were deleted in the program and only kept to be brought back."),
                count=deleted,
            )

    # ----------------------------------------------------------------------------- codes
    def _read_codes(self) -> None:
        into = self._into
        folders: dict[int, Guid] = {}
        for row in self._live("codecat"):
            into.add_folder(row, folders)
        for row in self._live("freecode"):
            guid = into.add_code(
                row.text("name"), color=_color(row.text("color").strip()), text=row.text("memo")
            )
            self._codes.setdefault(row.whole("id") or 0, guid)
        placed: dict[Guid, Guid] = {}
        for row in self._live("treecode"):
            code = self._codes.get(row.whole("cid") or 0)
            folder = folders.get(row.whole("catid") or 0)
            if row.text("memo").strip() and code is not None:
                self._into.add_memo_of("code", code, row)
            if code is None or folder is None or placed.get(code) == folder:
                continue
            if code in placed:
                self._report.decided(
                    "codes",
                    message("The code {name}", name=into.code_name(code)),
                    f"{self._path.name} (treecode)",
                    message(
                        "It is also in the category {name}; here a code stands in one place.",
                        name=into.code_name(folder),
                    ),
                )
                continue
            placed[code] = folder
            into.move_code(code, folder)

    # ----------------------------------------------------------------- cases and documents
    def _read_cases(self) -> None:
        for row in self._live("cases"):
            self._into.add_case(row, "id", self._cases)

    def _read_sources(self) -> None:
        rows = list(self._live("source"))
        self._progress.start(2 * len(rows), message("Reading {name}", name=self._path.name))
        for row in rows:
            self._progress.step()
            self._report.found["documents"] += 1
            number, name = row.whole("id") or 0, one_line(row.text("name")) or "?"
            text = SourceText(row.text("file"))
            check_length(text.raw, name)
            if number in self._sources:
                self._into.tell_second(name)
                continue
            guid = self._into.guid("document", name, text.text)
            self._sources[number] = _Source(guid, name, text)
            encoding = self._encoding(row, name)
            self._into.tell_dropped(name, text.dropped)
            self._into.documents.append(
                ExchangedDocument(
                    guid=guid,
                    name=name,
                    text=text.text,
                    source=row.bytes("file"),
                    language=guess_language(text.text),
                    encoding=encoding,
                    created=local_moment(row.text("date")),
                )
            )
            self._into.add_memo_of("document", guid, row)

    def _encoding(self, row: ForeignRow, name: str) -> str:
        try:
            row.bytes("file").decode("utf-8")
        except UnicodeDecodeError:
            self._report.decided(
                "documents",
                message("The encoding of {name}", name=name),
                self._path.name,
                message("It is not in UTF-8; it was read as {name}.", name="cp1252"),
            )
            return "cp1252"
        return "utf-8"

    def _read_file_categories(self) -> None:
        """Read categories of documents as a variable or, where they overlap, as several."""
        names: dict[int, str] = {}
        notes: list[str] = []
        for row in self._live("filecat"):
            name = one_line(row.text("name")) or "?"
            names.setdefault(row.whole("catid") or 0, name)
            if row.text("memo").strip():
                notes.append(f"{name}: {row.text('memo')}")
        members: dict[int, dict[Guid, None]] = {}
        for row in self._live("treefile"):
            source = self._sources.get(row.whole("fid") or 0)
            category = row.whole("catid") or 0
            if source is not None and category in names:
                members.setdefault(category, {})[source.guid] = None
        total = sum(map(len, members.values()))
        if total and len({one for some in members.values() for one in some}) == total:
            cells = [(one, names[category]) for category, some in members.items() for one in some]
            self._into.add_variable("document", "file category", cells, number=False)
        else:
            for category, some in members.items():
                self._into.add_boolean("document", names[category], some)
        if names:
            self._report.decided(
                "variables",
                message("Categories of documents"),
                f"{self._path.name} (filecat)",
                message("They are variables of the documents now."),
                count=len(names),
            )
        self._into.add_memo("project", None, "\n".join(notes))

    # -------------------------------------------------------------------------- segments
    def _read_segments(self) -> None:
        parts = CaseParts(self._into, f"{self._path.name} (caselinkage)")
        for table in ("coding", _SECOND):
            self._gather(table)
        for row in self._live("caselinkage"):
            self._take_case_part(row, parts)
        sources = list(self._sources.values())
        placed = place_all(
            [self._counted(one) for one in sources], "RQDA", self._answers, self._report
        )
        for source, spans in zip(sources, placed, strict=True):
            self._progress.step()
            self._code(source, spans[: len(source.codings)])
            for (_row, case), span in zip(source.parts, spans[len(source.codings) :], strict=True):
                parts.add_part(case, source.guid, span)
        for row in self._live("annotation"):
            self._annotate(row)
        parts.settle()

    def _gather(self, table: str) -> None:
        lost = second = 0
        for row in self._live(table):
            self._report.found["codings"] += 1
            source = self._sources.get(row.whole("fid") or 0)
            if source is None:
                lost += 1
                continue
            coder = row.text("owner")
            if table == _SECOND:
                second += 1
                coder = f"{coder} ({_SECOND})".strip()
            source.codings.append((row, coder))
        if lost:
            self._report.left_out(
                "codings",
                message("Codings of documents that are not there"),
                f"{self._path.name} ({table})",
                message("The text that it belongs to did not come over."),
                count=lost,
            )
        if second:
            self._report.decided(
                "codings",
                message("Codings of the second table"),
                f"{self._path.name} ({table})",
                message("They are those of a coder of their own, so that they stay apart."),
                count=second,
            )

    def _take_case_part(self, row: ForeignRow, parts: CaseParts) -> None:
        self._report.found["case links"] += 1
        case = self._cases.get(row.whole("caseid") or 0)
        source = self._sources.get(row.whole("fid") or 0)
        if case is None or source is None:
            self._report.left_out(
                "case links",
                message("A link of a case"),
                f"{self._path.name} (caselinkage)",
                message("The case or the source that it names did not come over."),
            )
            return
        self._into.add_memo_of("case", case, row)
        start, end = row.whole("selfirst") or 0, row.whole("selend") or 0
        if start <= 0 and end >= len(source.text.raw.rstrip()):
            parts.add_whole(case, source.guid)
        else:
            source.parts.append((row, case))

    def _counted(self, source: _Source) -> CountedSource:
        rows = source.rows
        return CountedSource(
            source.guid,
            source.name,
            source.text,
            [_place(row, source.text.raw) for row in rows],
            lambda number: f"{source.name} ({rows[number].whole('selfirst')})",
        )

    def _code(self, source: _Source, spans: Sequence[tuple[int, int] | Message]) -> None:
        for (row, coder), span in zip(source.codings, spans, strict=True):
            code = self._codes.get(row.whole("cid") or 0)
            if isinstance(span, Message) or code is None:
                self._report.left_out(
                    "codings",
                    message("A coding of {name}", name=source.name),
                    f"{source.name} ({row.whole('selfirst')})",
                    span
                    if isinstance(span, Message)
                    else message("There is no such code in the file."),
                )
                continue
            self._into.add_coding(
                source.guid, code, span,
                coder=coder, created=local_moment(row.text("date")), memo=row.text("memo"),
            )  # fmt: skip

    def _annotate(self, row: ForeignRow) -> None:
        source = self._sources.get(row.whole("fid") or 0)
        text = row.text("annotation")
        if source is None or not text.strip():
            self._report.found["memos"] += 1
            self._report.left_out(
                "memos",
                message("An annotation"),
                f"{self._path.name} (annotation)",
                message("The text that it belongs to did not come over.")
                if source is None
                else message("It is empty, or its text is not in the exchange file."),
            )
            return
        line = _line_at(source.text.text, row.whole("position") or 0)
        self._into.add_memo_of(
            "document", source.guid, row, f"«{line}»\n\n{text}" if line else text
        )

    # ------------------------------------------------------------------------ attributes
    def _read_attributes(self) -> None:
        kinds: dict[str, bool] = {}
        notes: list[str] = []
        for row in self._live("attributes"):
            name = row.text("name")
            kinds[name] = row.text("class").strip().lower() == "numeric"
            if row.text("memo").strip():
                notes.append(f"{name}: {row.text('memo')}")
        sources = {number: one.guid for number, one in self._sources.items()}
        used: set[str] = set()
        for table, owner, guids in (
            ("caseattr", "caseid", self._cases),
            ("fileattr", "fileid", sources),
        ):
            cells: dict[str, list[tuple[Guid, str]]] = {}
            lost: dict[str, int] = {}
            for row in self._live(table):
                name, guid = row.text("variable"), guids.get(row.whole(owner) or 0)
                if guid is None:
                    lost[name] = lost.get(name, 0) + 1
                else:
                    cells.setdefault(name, []).append((guid, row.text("value")))
            for name, count in lost.items():
                self._report.found["values"] += count
                self._report.left_out(
                    "values",
                    message("Values of {name}", name=one_line(name)),
                    f"{self._path.name} ({table})",
                    message("What they are values of did not come over."),
                    count=count,
                )
            for name, found in cells.items():
                used.add(name)
                self._into.add_variable(
                    "case" if table == "caseattr" else "document",
                    name,
                    found,
                    number=kinds.get(name, False),
                )
        for name, number in kinds.items():
            if name not in used:
                self._into.add_variable("case", name, [], number=number)
        self._into.add_memo("project", None, "\n".join(notes))


def _place(row: ForeignRow, text: str) -> Place:
    start, end, shown = row.whole("selfirst"), row.whole("selend"), row.text("seltext")
    if start is None or end is None:
        return Place(-1, -1, shown)
    # When a text is edited the program keeps one character too many before each segment.
    if 0 < start < end and len(shown) > 1 and text[start - 1 : end] == shown:
        shown = shown[1:]
    return Place(start, end, shown)


def _color(text: str) -> str:
    """Return a colour with one byte for each part; the window toolkit of RQDA writes two."""
    if len(text) == 13 and text.startswith("#"):
        return "#" + text[1:3] + text[5:7] + text[9:11]
    return text


def _line_at(text: str, position: int) -> str:
    """Return the line that a position is in, or its part around it."""
    position = min(max(position, 0), len(text))
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    end = len(text) if end < 0 else end
    return text[max(start, position - _LINE) : min(end, position + _LINE)].strip()
