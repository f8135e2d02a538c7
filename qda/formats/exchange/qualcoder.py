"""Read a project of QualCoder (database versions 1 to 17): `data.qda` and its documents.

Columns came with the versions; what an older file lacks is empty.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from qda.formats.exchange.model import ExchangedDocument, ExchangedProject
from qda.formats.exchange.offsets import Place, SourceText
from qda.formats.exchange.peer_building import (
    Left,
    PeerProject,
    local_moment,
    tell_unread,
)
from qda.formats.exchange.peer_cases import CaseParts
from qda.formats.exchange.placing import CountedSource, place_all
from qda.formats.exchange.qdpx_codes import one_line
from qda.formats.exchange.qualcoder_files import QualCoderFiles, open_files
from qda.formats.exchange.questions import ReadAnswers
from qda.formats.exchange.report import ExchangeReport
from qda.formats.readers.raw import check_length
from qda.jobs.progress import Progress
from qda.model.errors import FileProblem
from qda.model.ids import Guid
from qda.model.messages import Message, counted, message
from qda.store.foreign import ForeignDatabase, ForeignRow, open_foreign
from qda.text.language_guess import guess_language

TABLES = ("source", "code_name", "code_text")
IMPORTANT = "important"
"""The value of codings that are marked as important."""

_MEDIA = ("images", "audio", "video")
_RECORDINGS = message("What is coded is no text but a part of a recording or picture.")
_LEFT: Left = {
    "code_image": ("codings", _RECORDINGS),
    "code_av": ("codings", _RECORDINGS),
    "graph": ("graphs", message("Drawings are not kept here.")),
    "stored_sql": ("queries", message("Queries of another program are not kept here.")),
}
_SILENT: Mapping[str, frozenset[str]] = {
    "project": frozenset(
        {"about", "bookmarkfile", "bookmarkpos", "recently_used_codes", "avbookmarkfile",
         "avbookmarkmsec", "avbookmarktextpos"}
    ),
    "code_text": frozenset({"ctid"}),
    "case_text": frozenset({"id"}),
    "coder_names": frozenset({"visibility"}),
    "journal": frozenset({"jid"}),
    "attribute": frozenset({"attrid", "owner", "date"}),
    "attribute_type": frozenset({"owner", "date"}),
    "annotation": frozenset({"anid"}),
    "code_cat": frozenset({"owner", "date", "position"}),
    "code_name": frozenset({"owner", "date", "position"}),
    "manage_files_display": frozenset({"*"}),
    "files_filter": frozenset({"*"}),
    "audit_log": frozenset({"*"}),
    "sync_log": frozenset({"*"}),
}  # fmt: skip
"""Bookmarks, settings of lists and numbers of rows say nothing of the study."""


def read_qualcoder(
    path: Path, progress: Progress | None = None, answers: ReadAnswers | None = None
) -> tuple[ExchangedProject, ExchangeReport]:
    """Read a project of QualCoder: its folder, a zip of that, or the database in it.

    Raises FileProblem, OpenQuestions where `answers` ask for it, and Cancelled from `progress`.
    """
    progress = progress or Progress()
    with open_files(path) as files, open_foreign(files.database, progress) as database:
        if not database.has(*TABLES):
            raise FileProblem(
                message("{name} is no project of QualCoder; choose another file.", name=path.name)
            )
        return _Reader(database, files, progress, answers or ReadAnswers()).read()


@dataclass(slots=True)
class _Source:
    """A text with what stands in it; `segments` are of `codings`, `notes` and `parts`, in turn."""

    row: ForeignRow
    guid: Guid
    name: str
    text: SourceText
    codings: list[ForeignRow] = field(default_factory=list[ForeignRow])
    notes: list[ForeignRow] = field(default_factory=list[ForeignRow])
    parts: list[ForeignRow] = field(default_factory=list[ForeignRow])

    @property
    def segments(self) -> list[ForeignRow]:
        """Return every row that has offsets in the text."""
        return [*self.codings, *self.notes, *self.parts]


class _Reader:
    def __init__(
        self,
        database: ForeignDatabase,
        files: QualCoderFiles,
        progress: Progress,
        answers: ReadAnswers,
    ) -> None:
        self._database = database
        self._files = files
        self._progress = progress
        self._answers = answers
        self._report = ExchangeReport(files.name)
        self._codes: dict[int, Guid] = {}
        self._cases: dict[int, Guid] = {}
        self._sources: dict[int, _Source] = {}
        self._media: dict[int, str] = {}

    def read(self) -> tuple[ExchangedProject, ExchangeReport]:
        """Read every table that has a place here, and tell of the others."""
        database, report = self._database, self._report
        info = next(iter(database.rows("project")), None)
        created = info.text("date") if info is not None else ""
        coder = info.text("codername") if info is not None else ""
        report.origin = " ".join(
            filter(None, ("QualCoder", info.text("databaseversion") if info is not None else ""))
        )
        self._into = PeerProject("QualCoder", [created], report)
        for row in database.rows("coder_names"):
            self._into.coder(row.text("name"))
        self._read_codes()
        self._read_cases()
        self._read_sources()
        self._read_segments()
        self._read_attributes()
        self._read_journals()
        if info is not None:
            self._into.add_memo("project", None, info.text("memo"))
        tell_unread(database, report, _LEFT, silent=_SILENT)
        name = self._files.name.removesuffix(".qda")
        known = coder if self._into.has_coder(coder) else ""
        return self._into.finish(name, created=local_moment(created), coder=known), report

    # ----------------------------------------------------------------------------- codes
    def _read_codes(self) -> None:
        into = self._into
        folders: dict[int, Guid] = {}
        above: list[tuple[Guid, Mapping[int, Guid], int | None]] = []
        for row in self._database.rows("code_cat"):
            guid = into.add_folder(row, folders)
            above.append((guid, folders, row.whole("supercatid")))
        for row in self._database.rows("code_name"):
            guid = into.add_code(row.text("name"), color=row.text("color"), text=row.text("memo"))
            self._codes.setdefault(row.whole("cid") or 0, guid)
            parent = row.whole("supercid")
            if parent is not None:
                row.whole("catid")
                above.append((guid, self._codes, parent))
            else:
                above.append((guid, folders, row.whole("catid")))
        for guid, known, number in above:
            if number is None:
                continue
            if number in known:
                into.move_code(guid, known[number])
            else:
                self._report.decided(
                    "codes",
                    message("The code {name}", name=into.code_name(guid)),
                    self._files.name,
                    message("What it stands below is not in the file; it is at the top now."),
                )

    # ----------------------------------------------------------------------------- cases
    def _read_cases(self) -> None:
        for row in self._database.rows("cases"):
            self._into.add_case(row, "caseid", self._cases)

    # --------------------------------------------------------------------------- sources
    def _read_sources(self) -> None:
        rows = list(self._database.rows("source"))
        self._progress.start(2 * len(rows), message("Reading {name}", name=self._files.name))
        for row in rows:
            self._progress.step()
            number, name = row.whole("id") or 0, one_line(row.text("name")) or "?"
            path = row.text("mediapath").lstrip("/")
            if path.startswith(_MEDIA) and not row.has("fulltext"):
                self._leave_media(row, name)
                self._media[number] = name
                continue
            self._report.found["documents"] += 1
            text = SourceText(row.text("fulltext"))
            check_length(text.raw, name)
            guid = self._into.guid("document", name, text.text)
            if number in self._sources:
                self._into.tell_second(name)
                continue
            self._sources[number] = _Source(row, guid, name, text)
            self._add_document(self._sources[number], path)

    def _leave_media(self, row: ForeignRow, name: str) -> None:
        self._report.found["media"] += 1
        self._report.left_out(
            "media",
            message("{name}", name=name),
            self._files.name,
            message("Recordings and pictures are not kept here, only texts."),
        )
        memo = row.text("memo")
        if memo.strip():
            self._into.add_memo_of("project", None, row, f"{name}\n\n{memo}")
            self._report.decided(
                "memos",
                message("The memo on {name}", name=name),
                self._files.name,
                message("What it is on did not come over, so it is on the project."),
            )

    def _add_document(self, source: _Source, path: str) -> None:
        row = source.row
        self._into.tell_dropped(source.name, source.text.dropped)
        file_name = PurePosixPath(path.rpartition(":")[2].replace("\\", "/")).name or source.name
        # A path to somewhere else on the disk is never followed.
        linked = path.startswith("docs:")
        original = None if linked else self._files.original(file_name)
        ending = PurePosixPath(file_name).suffix.lower().removeprefix(".")
        self._into.documents.append(
            ExchangedDocument(
                guid=source.guid,
                name=source.name,
                text=source.text.text,
                source=source.text.raw.encode("utf-8", "replace") if original is None else original,
                language=guess_language(source.text.text),
                file_name=one_line(file_name) if original is not None else "",
                file_type=(ending or "txt") if original is not None else "txt",
                encoding="utf-8" if original is None else "",
                created=local_moment(row.text("date")),
            )
        )
        self._into.add_memo_of("document", source.guid, row)

    # -------------------------------------------------------------------------- segments
    def _read_segments(self) -> None:
        parts = CaseParts(self._into, self._files.name)
        self._gather("code_text", "codings", lambda source, row: source.codings.append(row))
        self._gather("annotation", "memos", lambda source, row: source.notes.append(row))
        for row in self._database.rows("case_text"):
            self._take_case_text(row, parts)
        sources = list(self._sources.values())
        placed = place_all(
            [self._counted(one) for one in sources],
            "QualCoder",
            self._answers,
            self._report,
        )
        important: set[Guid] = set()
        for source, spans in zip(sources, placed, strict=True):
            self._progress.step()
            self._code(source, spans[: len(source.codings)], important)
            first = len(source.codings) + len(source.notes)
            self._annotate(source, spans[len(source.codings) : first])
            for row, span in zip(source.parts, spans[first:], strict=True):
                parts.add_part(self._cases[row.whole("caseid") or 0], source.guid, span)
        parts.settle()
        self._into.add_scale(important, IMPORTANT)

    def _gather(self, table: str, item: str, keep: Callable[[_Source, ForeignRow], None]) -> None:
        lost: dict[str, int] = {}
        for row in self._database.rows(table):
            number = row.whole("fid") or 0
            source = self._sources.get(number)
            if source is not None:
                keep(source, row)
            else:
                name = self._media.get(number, f"? {number}")
                lost[name] = lost.get(name, 0) + 1
        for name, count in lost.items():
            self._report.found[item] += count
            self._report.left_out(
                item,
                message("Codings of {name}", name=name)
                if item == "codings"
                else message("Annotations of {name}", name=name),
                f"{self._files.name} ({table})",
                message("The text that it belongs to did not come over."),
                count=count,
            )

    def _take_case_text(self, row: ForeignRow, parts: CaseParts) -> None:
        case = self._cases.get(row.whole("caseid") or 0)
        source = self._sources.get(row.whole("fid") or 0)
        start, end = row.whole("pos0") or 0, row.whole("pos1") or 0
        self._report.found["case links"] += 1
        if case is None or source is None:
            self._report.left_out(
                "case links",
                message("A link of a case"),
                f"{self._files.name} (case_text)",
                message("The case or the source that it names did not come over."),
            )
            return
        self._into.add_memo_of("case", case, row)
        # Somebody may have added to the text since: what reaches to its end is all of it.
        if start <= 0 and end >= len(source.text.raw.rstrip()):
            parts.add_whole(case, source.guid)
        else:
            source.parts.append(row)

    def _counted(self, source: _Source) -> CountedSource:
        rows = source.segments
        return CountedSource(
            source.guid,
            source.name,
            source.text,
            [_place(row) for row in rows],
            lambda number: f"{source.name} ({rows[number].whole('pos0')})",
        )

    def _code(
        self, source: _Source, spans: Sequence[tuple[int, int] | Message], important: set[Guid]
    ) -> None:
        marked = 0
        for row, span in zip(source.codings, spans, strict=True):
            self._report.found["codings"] += 1
            code = self._codes.get(row.whole("cid") or 0)
            if isinstance(span, Message) or code is None:
                self._report.left_out(
                    "codings",
                    message("A coding of {name}", name=source.name),
                    f"{source.name} ({row.whole('pos0')})",
                    span
                    if isinstance(span, Message)
                    else message("There is no such code in the file."),
                )
                continue
            is_important = (row.whole("important") or 0) > 0
            if is_important:
                important.add(code)
                marked += 1
            self._into.add_coding(
                source.guid, code, span,
                coder=row.text("owner"),
                created=local_moment(row.text("date")),
                memo=row.text("memo"),
                value=IMPORTANT if is_important else "",
            )  # fmt: skip
        if marked:
            self._report.decided(
                "codings",
                counted("{n} coding of {name}", "{n} codings of {name}", marked, name=source.name),
                self._files.name,
                message("Codings that are marked as important have the value «important» now."),
                count=marked,
            )

    def _annotate(self, source: _Source, spans: Sequence[tuple[int, int] | Message]) -> None:
        for row, span in zip(source.notes, spans, strict=True):
            text = row.text("memo")
            if not isinstance(span, Message) and text.strip():
                text = f"«{source.text.text[span[0] : span[1]]}»\n\n{text}"
            self._into.add_memo(
                "document", source.guid, text,
                coder=row.text("owner"), created=local_moment(row.text("date")),
            )  # fmt: skip

    # ----------------------------------------------------------------- attributes, journals
    def _read_attributes(self) -> None:
        cells: dict[tuple[str, str], list[tuple[int, str]]] = {}
        for row in self._database.rows("attribute"):
            key = (row.text("attr_type").strip().lower(), row.text("name"))
            cells.setdefault(key, []).append((row.whole("id") or 0, row.text("value")))
        owners = {
            "case": ("case", self._cases),
            "file": ("document", {number: one.guid for number, one in self._sources.items()}),
        }
        notes: list[str] = []
        for row in self._database.rows("attribute_type"):
            name, kind = row.text("name"), row.text("caseorfile").strip().lower()
            number = row.text("valuetype").strip().lower() == "numeric"
            memo = row.text("memo")
            if memo.strip():
                notes.append(f"{name}: {memo}")
            found = cells.pop((kind, name), [])
            if kind not in owners:
                self._leave_values(name, len(found))
                continue
            subject, guids = owners[kind]
            self._leave_values(name, sum(one not in guids for one, _text in found))
            kept = [(guids[one], text) for one, text in found if one in guids]
            self._into.add_variable(
                "case" if subject == "case" else "document", name, kept, number=number
            )
        for (_kind, name), found in cells.items():
            self._leave_values(name, len(found))
        if notes:
            self._into.add_memo("project", None, "\n".join(notes))
            self._report.decided(
                "variables",
                message("Descriptions of variables"),
                self._files.name,
                message("Variables have none here; they stand in a memo on the project."),
                count=len(notes),
            )

    def _leave_values(self, name: str, count: int) -> None:
        if count:
            self._report.found["values"] += count
            self._report.left_out(
                "values",
                message("Values of {name}", name=one_line(name)),
                f"{self._files.name} (attribute)",
                message("What they are values of did not come over."),
                count=count,
            )

    def _read_journals(self) -> None:
        for row in self._database.rows("journal"):
            name, text = one_line(row.text("name")), row.text("jentry")
            self._into.add_memo_of("project", None, row, f"{name}\n\n{text}")


def _place(row: ForeignRow) -> Place:
    start, end = row.whole("pos0"), row.whole("pos1")
    if start is None or end is None:
        return Place(-1, -1, row.text("seltext"))
    return Place(start, end, row.text("seltext"))
