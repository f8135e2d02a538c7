"""What an import took, decided and left out: every count in is a count out or a line.

A `ReportBuilder` goes along with an import and collects; `finished()` gives the report that the
project keeps. The same model serves every kind of import.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, NewType

from qda.model.ids import Guid
from qda.model.messages import Message, message

ImportReportId = NewType("ImportReportId", int)

ImportKind = Literal[
    "documents", "survey", "cases", "participants", "values", "codings", "codebook", "project",
    "merge", "export", "memberships", "successions", "scores",
]  # fmt: skip
"""What was imported; `project` is a whole project of this or another program.

An `export` is told of in the same way, but not kept.
"""

LineKind = Literal["left out", "uncertain", "decided", "came in"]
LINE_KINDS: Final[tuple[LineKind, ...]] = ("left out", "uncertain", "decided", "came in")
"""In the order in which a report tells them: what somebody has to look at comes first."""

KIND_WORDS: Final[Mapping[ImportKind, Message]] = {
    "documents": message("Import of documents"),
    "survey": message("Import of survey answers"),
    "cases": message("Import of cases"),
    "participants": message("Import of participants"),
    "values": message("Import of values"),
    "codings": message("Import of codings"),
    "codebook": message("Import of a codebook"),
    "project": message("Import of a project"),
    "merge": message("Merge of a project"),
    "export": message("Export of a project"),
    "memberships": message("Import of memberships"),
    "successions": message("Import of mergers and splits"),
    "scores": message("Import of score sheets"),
}
ITEM_WORDS: Final[Mapping[str, Message]] = {
    "files": message("files"),
    "folders": message("folders"),
    "rows": message("rows"),
    "columns": message("columns"),
    "answers": message("answers"),
    "coders": message("coders"),
    "codes": message("codes"),
    "code sets": message("code sets"),
    "cases": message("cases"),
    "participants": message("participants"),
    "variables": message("variables"),
    "values": message("values"),
    "memberships": message("memberships"),
    "successions": message("mergers, splits and renamings"),
    "scores": message("scores"),
    "documents": message("documents"),
    "turns": message("turns"),
    "source notes": message("comments and footnotes"),
    "codings": message("codings"),
    "memos": message("memos"),
    "selections": message("segments"),
    "links": message("links"),
    "sets": message("sets"),
    "graphs": message("drawings"),
    "media": message("recordings and pictures"),
    "case links": message("links of cases"),
    "projects": message("projects"),
    "queries": message("queries"),
    "characters": message("characters"),
    "elements": message("parts of the file"),
}
"""The kinds of things that are counted, in the order in which they are told."""
MAIN_ITEMS: Final[Mapping[ImportKind, str]] = {
    "documents": "documents",
    "survey": "documents",
    "cases": "cases",
    "participants": "participants",
    "values": "values",
    "codings": "codings",
    "codebook": "codes",
    "project": "documents",
    "merge": "codings",
    "export": "documents",
    "memberships": "memberships",
    "successions": "successions",
    "scores": "scores",
}
"""What a list of reports counts of each kind of import."""


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One thing to know about an import: what, where it stood, why, how many.

    `item` names the kind of thing (`codings`, `memos`, ...) that `count` counts. `left out` did
    not come over, `uncertain` came by a guess that ought to be looked at, `decided` came otherwise
    than it was, `came in` as it was.
    """

    kind: LineKind
    item: str
    what: Message
    where: str
    why: Message
    count: int = 1


@dataclass(frozen=True, slots=True)
class ImportReport:
    """A report as it is kept: counts in (`found`) and out (`kept`) by kind, and the lines.

    `source` is the name of the file or folder, `origin` the program that wrote it, if known. Of a
    merge, `reached` says how far the record of the copy went; see `qda.store.copy_base`.
    """

    kind: ImportKind
    source: str
    origin: str = ""
    found: Mapping[str, int] = field(default_factory=dict[str, int])
    kept: Mapping[str, int] = field(default_factory=dict[str, int])
    lines: tuple[ReportLine, ...] = ()
    reached: str = ""

    @property
    def clean(self) -> bool:
        """Tell whether nothing was left out and nothing is to be looked at."""
        return not any(line.kind in ("left out", "uncertain") for line in self.lines)

    def of_kind(self, kind: LineKind) -> tuple[ReportLine, ...]:
        """Return the lines of one kind, in the order they were found."""
        return tuple(line for line in self.lines if line.kind == kind)

    def total(self, kind: LineKind) -> int:
        """Return how many things the lines of one kind are about."""
        return sum(line.count for line in self.lines if line.kind == kind)


@dataclass(frozen=True, slots=True)
class KeptReport:
    """A report in a project's list: when it was made, by whom, and what it comes to.

    `kept` counts the things of `MAIN_ITEMS` that came over.
    """

    id: ImportReportId
    guid: Guid
    kind: ImportKind
    source: str
    created: str
    coder: str
    kept: int
    left_out: int
    uncertain: int


class ReportBuilder:
    """Collect what is told about one import.

    `found` counts what the file holds, `kept` what came over, both by kind.
    """

    def __init__(self, kind: ImportKind, source: str) -> None:
        """Begin a report on the file or folder called `source`."""
        self.kind: ImportKind = kind
        self.source = source
        self.origin = ""
        self.reached = ""
        self.found: Counter[str] = Counter()
        self.kept: Counter[str] = Counter()
        self._lines: list[ReportLine] = []

    @property
    def lines(self) -> tuple[ReportLine, ...]:
        """Return every line, in the order they were found."""
        return tuple(self._lines)

    def left_out(
        self, item: str, what: Message, where: str, why: Message, *, count: int = 1
    ) -> None:
        """Note that something did not come over."""
        self._lines.append(ReportLine("left out", item, what, where, why, count))

    def uncertain(
        self, item: str, what: Message, where: str, why: Message, *, count: int = 1
    ) -> None:
        """Note that something came over by a guess that ought to be looked at."""
        self._lines.append(ReportLine("uncertain", item, what, where, why, count))

    def decided(
        self, item: str, what: Message, where: str, why: Message, *, count: int = 1
    ) -> None:
        """Note that something came over otherwise than it was."""
        self._lines.append(ReportLine("decided", item, what, where, why, count))

    def came_in(
        self, item: str, what: Message, where: str, why: Message, *, count: int = 1
    ) -> None:
        """Note that something came over as it was; `why` says what became of it."""
        self._lines.append(ReportLine("came in", item, what, where, why, count))

    def of_kind(self, kind: LineKind) -> Iterator[ReportLine]:
        """Yield the lines of one kind."""
        return (line for line in self._lines if line.kind == kind)

    def count_found(self, counts: Mapping[str, int]) -> None:
        """Add to what was found."""
        self.found.update(counts)

    def count_kept(self, counts: Mapping[str, int]) -> None:
        """Add to what came over."""
        self.kept.update(counts)

    def finished(self) -> ImportReport:
        """Return the report; what neither came over nor has a line gets one."""
        lines = [*self._told_last(), *self._lines]
        lines += [
            ReportLine(
                "left out",
                item,
                kind_word(item),
                self.source,
                message("No line says what became of these."),
                count,
            )
            for item, count in unaccounted(self.found, self.kept, lines).items()
        ]
        return ImportReport(
            self.kind, self.source, self.origin, _ordered(self.found), _ordered(self.kept),
            tuple(lines), self.reached,
        )  # fmt: skip

    def _told_last(self) -> list[ReportLine]:
        """Return lines that are put together from something else when the report is finished."""
        return []


TABLE_WORDS: Final[Mapping[str, Message]] = {
    "memo_link": message("links between memos and segments"),
    "memo_version": message("earlier versions of memos"),
    "proposition": message("propositions"),
    "framework_cell": message("summaries of cells"),
    "framework_evidence": message("evidence of cells"),
    "judgement": message("grades and verdicts"),
    "judgement_evidence": message("evidence of grades and verdicts"),
    "claim": message("claims"),
    "claim_evidence": message("evidence of claims"),
    "recipe": message("recipes of tables"),
    "saved_query": message("saved queries"),
    "quote_use": message("uses of quotes"),
    "group_kind": message("kinds of groups"),
    "case_group": message("groups of cases"),
    "membership": message("memberships"),
    "succession": message("mergers, splits and renamings"),
    "score_sheet": message("score sheets"),
    "score_item": message("indicators of score sheets"),
    "score_file": message("scored files"),
    "score": message("scores"),
    "settlement": message("settled disagreements"),
    "settlement_coding": message("codings that were settled on"),
    "text_version": message("earlier versions of texts"),
    "recording": message("links to recordings"),
    "import_report": message("reports of imports"),
    "guide": message("interview guides"),
    "guide_question": message("questions of interview guides"),
    "guide_document": message("documents matched with an interview guide"),
    "question_code": message("codes of questions of an interview guide"),
    "turn_question": message("turns matched with questions"),
    "question_asked": message("questions marked as asked or not asked"),
}
"""What the tables of version 1.1 hold, as a report names it."""


def table_word(table: str) -> Message:
    """Return the word for what a table holds."""
    return TABLE_WORDS.get(table, message("rows of the table {table}", table=table))


OTHER_THINGS: Final = message("other things")


def unaccounted(
    found: Mapping[str, int], kept: Mapping[str, int], lines: list[ReportLine]
) -> dict[str, int]:
    """Return how many things of each kind neither came over nor have a line that says why."""
    told: Counter[str] = Counter()
    for line in lines:
        if line.kind == "left out":
            told[line.item] += line.count
    missing = {item: n - kept.get(item, 0) - told[item] for item, n in found.items()}
    return {item: n for item, n in missing.items() if n > 0}


def _ordered(counts: Mapping[str, int]) -> dict[str, int]:
    """Return the counts that are not zero, in the order in which they are told."""
    known = [one for one in ITEM_WORDS if one in counts]
    others = sorted(set(counts) - set(ITEM_WORDS))
    return {one: counts[one] for one in [*known, *others] if counts[one]}


def kind_word(item: str) -> Message:
    """Return the word for a kind of things that a report counts."""
    return ITEM_WORDS.get(item) or TABLE_WORDS.get(item, OTHER_THINGS)
