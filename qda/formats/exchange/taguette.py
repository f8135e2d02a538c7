"""Read a project of Taguette: a SQLite file with one project or several."""

from collections import Counter
from collections.abc import Mapping, Sequence
from json import JSONDecodeError, loads
from pathlib import Path, PurePath

from qda.formats.exchange.convention_choice import CERTAIN
from qda.formats.exchange.model import ExchangedDocument, ExchangedProject
from qda.formats.exchange.offsets import Convention, FoundConvention, Unit, shows
from qda.formats.exchange.peer_building import PeerProject, clean, tell_unread
from qda.formats.exchange.placing import OUTSIDE, ZERO
from qda.formats.exchange.qdpx_codes import moment, one_line
from qda.formats.exchange.questions import (
    EVERY_PROJECT,
    ProjectChoice,
    ReadAnswers,
    which_project,
)
from qda.formats.exchange.report import ExchangeReport
from qda.formats.exchange.taguette_text import TaguetteText
from qda.formats.readers.raw import check_length
from qda.jobs.progress import Progress
from qda.model.errors import FileProblem, NotFound
from qda.model.ids import Guid
from qda.model.messages import message
from qda.store.foreign import ForeignDatabase, ForeignRow, open_foreign
from qda.text.language_guess import guess_language
from qda.text.normalise import dropped_warning

TABLES = ("projects", "documents", "highlights", "tags", "highlight_tags")
UNTAGGED = "untagged"
"""The code of highlights that have no tag: here a segment is there only with a code."""

_COUNTED: tuple[Unit, ...] = ("UTF-8", "code point")
_SILENT = {
    "users": frozenset({"*"}),
    "project_members": frozenset({"*"}),
    "alembic_version": frozenset({"*"}),
    "commands": frozenset({"id", "document_id"}),
    "projects": frozenset[str](),
    "documents": frozenset({"text_direction"}),
}
"""Passwords, rights and versions of the tool are no part of the study."""


def read_taguette(
    path: Path, progress: Progress | None = None, answers: ReadAnswers | None = None
) -> tuple[ExchangedProject, ExchangeReport]:
    """Read a database of Taguette, one project of it or every one.

    Raises FileProblem, OpenQuestions where it holds several projects and none is chosen, and
    Cancelled from `progress`.
    """
    progress = progress or Progress()
    with open_foreign(path, progress) as database:
        if not database.has(*TABLES):
            raise FileProblem(
                message("{name} is no database of Taguette; choose another file.", name=path.name)
            )
        return _Reader(database, path, progress).read(answers or ReadAnswers())


class _Reader:
    def __init__(self, database: ForeignDatabase, path: Path, progress: Progress) -> None:
        self._database = database
        self._path = path
        self._progress = progress
        self._report = ExchangeReport(path.name)
        self._report.origin = "Taguette"
        self._tags: dict[int, Guid] = {}
        self._tags_of: dict[int, list[int]] = {}
        self._made: dict[int, tuple[str, str]] = {}
        self._untagged: Guid | None = None
        self._tops: dict[int, Guid] = {}

    def read(self, answers: ReadAnswers) -> tuple[ExchangedProject, ExchangeReport]:
        database = self._database
        projects = list(database.rows("projects"))
        documents = list(database.rows("documents"))
        chosen = self._chosen(projects, documents, answers.project)
        numbers = {one.whole("id") for one in chosen}
        self._tell_others(projects, documents, numbers)
        first = chosen[0]
        self._into = PeerProject(
            "Taguette", [first.text("created"), first.text("name")], self._report
        )
        names = {one.whole("id"): one.text("name") for one in chosen}
        self._read_tags(names)
        self._read_commands(numbers)
        by_document: dict[int, list[ForeignRow]] = {}
        for row in database.rows("highlights"):
            by_document.setdefault(row.whole("document_id") or 0, []).append(row)
        for row in database.rows("highlight_tags"):
            tag = row.whole("tag_id")
            if tag in self._tags:
                self._tags_of.setdefault(row.whole("highlight_id") or 0, []).append(tag)
        self._tell_lost(projects, documents, by_document)
        wanted = [one for one in documents if one.whole("project_id") in numbers]
        self._progress.start(len(wanted), message("Reading {name}", name=self._path.name))
        for document in wanted:
            self._progress.step()
            self._read_document(document, by_document.get(document.whole("id") or 0, ()))
        for one in chosen:
            self._into.add_memo("project", None, one.text("description"))
        tell_unread(database, self._report, {}, silent=_SILENT)
        name = first.text("name") if len(chosen) == 1 else self._path.stem
        project = self._into.finish(name, created=moment(first.text("created")))
        return project, self._report

    # -------------------------------------------------------------------------- projects
    def _chosen(
        self, projects: Sequence[ForeignRow], documents: Sequence[ForeignRow], wish: str
    ) -> Sequence[ForeignRow]:
        if not projects:
            raise FileProblem(message("{name} holds no project.", name=self._path.name))
        if len(projects) == 1 or wish == EVERY_PROJECT:
            return projects
        counts = Counter(one.whole("project_id") for one in documents)
        choices = [
            ProjectChoice(
                str(one.whole("id")), one_line(one.text("name")), counts[one.whole("id")],
                moment(one.text("created")),
            )
            for one in projects
        ]  # fmt: skip
        if not wish:
            raise which_project(self._path.name, choices)
        by_name = [row for row, one in zip(projects, choices, strict=True) if wish == one.name]
        found = by_name or [
            row for row, one in zip(projects, choices, strict=True) if wish == one.key
        ]
        if len(found) != 1:
            raise NotFound(
                message(
                    "There is no project «{wish}» in {name}; there are {projects}.",
                    wish=wish,
                    name=self._path.name,
                    projects=", ".join(f"«{one.name}» ({one.key})" for one in choices),
                )
            )
        return found

    def _tell_others(
        self,
        projects: Sequence[ForeignRow],
        documents: Sequence[ForeignRow],
        numbers: set[int | None],
    ) -> None:
        known = {one.whole("id") for one in projects}
        for one in projects:
            if one.whole("id") not in numbers:
                self._report.left_out(
                    "projects",
                    message("The project {name}", name=one_line(one.text("name"))),
                    self._path.name,
                    message("Another project of the file was chosen."),
                )
        for one in documents:
            if one.whole("project_id") not in known:
                self._report.found["documents"] += 1
                self._report.left_out(
                    "documents",
                    message("The document {name}", name=one_line(one.text("name"))),
                    self._path.name,
                    message("It belongs to no project of the file."),
                )

    def _tell_lost(
        self,
        projects: Sequence[ForeignRow],
        documents: Sequence[ForeignRow],
        by_document: Mapping[int, Sequence[ForeignRow]],
    ) -> None:
        """Tell of highlights whose document is in no project of the file."""
        known = {one.whole("id") for one in projects}
        there = {one.whole("id") for one in documents if one.whole("project_id") in known}
        lost = [row for number, rows in by_document.items() if number not in there for row in rows]
        if not lost:
            return
        codings = sum(max(1, len(self._tags_of.get(row.whole("id") or 0, ()))) for row in lost)
        for item, count in (("selections", len(lost)), ("codings", codings)):
            self._report.found[item] += count
            self._report.left_out(
                item,
                message("Segments of documents that are not there"),
                self._path.name,
                message("The text that it belongs to did not come over."),
                count=count,
            )

    # ------------------------------------------------------------------------------ tags
    def _read_tags(self, names: Mapping[int | None, str]) -> None:
        rows: list[tuple[tuple[str, ...], int, ForeignRow]] = []
        for row in self._database.rows("tags"):
            project, tag = row.whole("project_id"), row.whole("id")
            if project not in names or tag is None:
                continue
            parts = [one_line(part) for part in row.text("path").split(".")]
            path = tuple(part for part in parts if part)
            rows.append((path or ("?",), project or 0, row))
        if len(names) > 1:
            for number, name in names.items():
                self._tops[number or 0] = self._into.add_code(name, kind="folder", codable=False)
        real = {(project, path) for path, project, _row in rows}
        codes: dict[tuple[int, tuple[str, ...]], Guid] = {}
        # What stands above comes first, whatever the order of the rows.
        for path, project, row in sorted(rows, key=lambda one: len(one[0])):
            above = self._tops.get(project)
            for depth in range(1, len(path)):
                key = (project, path[:depth])
                if key not in codes:
                    codes[key] = self._into.add_code(
                        path[depth - 1], kind="folder", above=above, codable=key in real
                    )
                above = codes[key]
            code = self._into.add_code(path[-1], above=above, text=row.text("description"))
            codes.setdefault((project, path), code)
            self._tags[row.whole("id") or 0] = code

    def _read_commands(self, numbers: set[int | None]) -> None:
        """Find out who made each highlight, and when: only the record of commands says it."""
        for row in self._database.rows("commands"):
            if row.whole("project_id") not in numbers:
                continue
            highlight = _added(row.text("payload"))
            if highlight is not None:
                first = self._made.get(highlight, ("", ""))[1]
                self._made[highlight] = (row.text("user_login"), first or moment(row.text("date")))

    # ------------------------------------------------------------------------- documents
    def _read_document(self, row: ForeignRow, highlights: Sequence[ForeignRow]) -> None:
        report, source = self._report, row.text("contents")
        shown = one_line(row.text("name")) or "?"
        report.found["documents"] += 1
        text = TaguetteText(source)
        check_length(text.text, shown)
        if text.dropped:
            report.decided(
                "documents",
                message("The text of {name}", name=shown),
                self._path.name,
                dropped_warning(text.dropped),
            )
        guid = self._into.guid("document", shown, text.text)
        file_name = one_line(PurePath(row.text("filename")).stem or shown)
        self._into.documents.append(
            ExchangedDocument(
                guid=guid,
                name=shown,
                text=text.text,
                source=source.encode("utf-8", "replace"),
                language=guess_language(text.text),
                file_name=f"{file_name}.html",
                file_type="html",
                encoding="utf-8",
                created=moment(row.text("created")),
            )
        )
        self._into.add_memo("document", guid, row.text("description"))
        unit = self._unit(shown, highlights, text)
        for one in highlights:
            self._read_highlight(one, guid, text, unit)

    def _unit(self, name: str, highlights: Sequence[ForeignRow], text: TaguetteText) -> Unit:
        """Return what the highlights of a document count, by the snippets kept of them."""
        named = [(*_offsets(one), _snippet(one.text("snippet"))) for one in highlights]
        named = [one for one in named if one[2]]
        scores = {
            unit: sum(
                _shown(text, text.span(start, end, unit), snippet) for start, end, snippet in named
            )
            for unit in _COUNTED
        }
        unit = max(_COUNTED, key=lambda one: scores[one])
        if scores[unit] < 0.5 * len(named):
            unit = _COUNTED[0]
        if highlights:
            score = scores[unit] / len(named) if named else 1.0
            self._report.conventions.append(
                FoundConvention(
                    name, Convention(unit), round(score, 3), len(highlights), scores[unit],
                    certain=score >= CERTAIN,
                )
            )  # fmt: skip
        if unit != _COUNTED[0]:
            self._report.decided(
                "codings",
                message("The segments of {name}", name=name),
                self._path.name,
                message(
                    "They are counted in characters, not in bytes as the program does; each stands "
                    "where its own text is."
                ),
                count=len(highlights),
            )
        return unit

    def _read_highlight(
        self, row: ForeignRow, document: Guid, text: TaguetteText, unit: Unit
    ) -> None:
        report, number = self._report, row.whole("id") or 0
        start, end = _offsets(row)
        tags = self._tags_of.get(number, [])
        name = self._into.documents[-1].name
        report.found["selections"] += 1
        report.found["codings"] += max(1, len(tags))
        span = text.span(start, end, unit)
        where = f"{name} ({number})"
        if span is None:
            what = message("A segment of {name}", name=name)
            why = ZERO if start == end else OUTSIDE
            report.left_out("selections", what, where, why)
            report.left_out("codings", what, where, why, count=max(1, len(tags)))
            return
        report.kept["selections"] += 1
        snippet = _snippet(row.text("snippet"))
        if snippet and not _shown(text, span, snippet):
            report.uncertain(
                "codings",
                message("The segment «{quote}»", quote=snippet[:60]),
                where,
                message("The text at its offsets is another than the one it is named by."),
            )
        coder, created = self._made.get(number, ("", ""))
        for tag in tags:
            self._into.add_coding(document, self._tags[tag], span, coder=coder, created=created)
        if not tags:
            self._into.add_coding(document, self._without_tag(), span, coder=coder, created=created)

    def _without_tag(self) -> Guid:
        if self._untagged is None:
            self._untagged = self._into.add_code(UNTAGGED, kind="untagged")
            self._report.decided(
                "codes",
                message("The code {name}", name=UNTAGGED),
                self._path.name,
                message(
                    "Highlights without a tag have this code now: here a segment is there only "
                    "with a code."
                ),
            )
        return self._untagged


def _snippet(source: str) -> str:
    return clean(TaguetteText(source).text)


def _offsets(row: ForeignRow) -> tuple[int, int]:
    """Return the offsets of a highlight; what is no number is outside every text."""
    start, end = row.whole("start_offset"), row.whole("end_offset")
    return (-1, -2) if start is None or end is None else (start, end)


def _shown(text: TaguetteText, span: tuple[int, int] | None, snippet: str) -> bool:
    return span is not None and shows(text.text[span[0] : span[1]], snippet)


def _added(payload: str) -> int | None:
    """Return the highlight that a command added or changed, None for any other command."""
    if '"highlight_add"' not in payload:
        return None
    try:
        content: object = loads(payload)
    except (JSONDecodeError, RecursionError, ValueError):
        return None
    if not isinstance(content, dict):
        return None
    found: object = content.get("highlight_id")  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return found if isinstance(found, int) and not isinstance(found, bool) else None
