"""What memos are on and linked with: names, colours, places, and rows to choose from."""

from dataclasses import replace
from typing import cast

from qda.gui.context import Place
from qda.gui.language import tr
from qda.gui.widgets.link_list import LinkRow
from qda.gui.widgets.palette_match import PaletteItem
from qda.model.entities import THING_KINDS, Coding, Memo, MemoTarget, Thing, ThingKind
from qda.model.ids import CaseId, CodeId, CoderId, CodingId, DocumentId, MemoId, ParticipantId
from qda.store import (
    by_coder,
    cases,
    codes,
    codings,
    documents,
    memo_links,
    memos,
    participants,
)
from qda.store.project_file import ProjectFile

EXCERPT = 60
FOUND = 20
"""How many segments are offered for words that one types."""
LEAST_WORDS = 2
"""Letters that must be typed before segments are looked for."""


def kind_words() -> dict[str, str]:
    """Return what things are, in the user's language, with a capital."""
    return {
        "project": tr("Project"),
        "document": tr("Source"),
        "case": tr("Office"),
        "participant": tr("Participant"),
        "code": tr("Code"),
        "coding": tr("Segment"),
        "memo": tr("Memo"),
    }


class ThingNames:
    """The names of things, read once; made anew for every look.

    With `only`, memos and segments of other coders are as good as not there.
    """

    def __init__(self, project: ProjectFile, only: CoderId | None = None) -> None:
        """Read the names of what there are few of."""
        self._connection = project.connection
        self._only = only
        everything = codes.all_codes(project.connection)
        self._colors = {one.id: one.color for one in everything}
        self._names: dict[str, dict[int, str]] = {
            "project": {0: tr("The project")},
            "document": {one.id: one.name for one in documents.all_documents(self._connection)},
            "case": {one.id: one.name for one in cases.all_cases(self._connection)},
            "participant": {
                one.id: one.name for one in participants.all_participants(self._connection)
            },
            "code": {int(one): path for one, path in codes.path_texts(everything).items()},
        }

    def named(self) -> list[tuple[MemoTarget, int, str, str]]:
        """Return what a memo can be on: kind, id, name and a code's colour."""
        return [
            (cast("MemoTarget", kind), number, name, self.color(kind, number))
            for kind, names in self._names.items()
            for number, name in names.items()
        ]

    def title(self, kind: MemoTarget | ThingKind, number: int) -> str:
        """Return the name of a thing; a segment and a memo are called by what they say."""
        if kind == "coding":
            coding = codings.by_id(self._connection, CodingId(number))
            return "" if coding is None else self.segment_title(coding)
        if kind == "memo":
            memo = memos.by_id(self._connection, MemoId(number))
            return "" if memo is None else short(first_line(memo.text))
        return self._names[kind].get(number, "")

    def segment_title(self, coding: Coding) -> str:
        """Return what a segment is called: its source, its first words and its code."""
        source = self._names["document"].get(coding.document, "")
        code = self._names["code"].get(coding.code, "")
        return f"{source}: «{short(coding.quote)}» · {code}"

    def color(self, kind: str, number: int) -> str:
        """Return the colour of a code, or of a segment's code; empty for other things."""
        if kind == "coding":
            coding = codings.by_id(self._connection, CodingId(number))
            return "" if coding is None else self.code_color(coding.code)
        return self.code_color(CodeId(number)) if kind == "code" else ""

    def code_color(self, code: CodeId) -> str:
        """Return the colour of a code, empty when it is gone."""
        return self._colors.get(code, "")

    # ----------------------------------------------------------------------------- links
    def link_rows(self, thing: Thing, *, with_memos: bool = False) -> list[LinkRow]:
        """Return the links of a thing as rows; with those memos that are on it, if asked for."""
        rows: list[LinkRow] = []
        if with_memos and thing.kind != "memo":
            for memo in memos.of_target(self._connection, thing.kind, thing.id):
                if self.shows_memo(memo):
                    of = Thing("memo", memo.id)
                    rows.append(self._row(-int(memo.id), of, away=False, removable=False))
        for link in memo_links.of_thing(self._connection, thing):
            away = link.origin == thing
            other = link.target if away else link.origin
            if self._shows(other):
                rows.append(self._row(link.id, other, away=away))
        return rows

    def _row(self, number: int, of: Thing, *, away: bool, removable: bool = True) -> LinkRow:
        return LinkRow(
            number, kind_words()[of.kind], self.title(of.kind, of.id), away, of,
            self.color(of.kind, of.id), removable,
        )  # fmt: skip

    def _shows(self, thing: Thing) -> bool:
        """Tell whether a thing may be seen: not what another coder did, where one is blind."""
        if self._only is None or thing.kind not in ("memo", "coding"):
            return True
        if thing.kind == "memo":
            memo = memos.by_id(self._connection, MemoId(thing.id))
            return memo is not None and self.shows_memo(memo)
        coding = codings.by_id(self._connection, CodingId(thing.id))
        return coding is not None and self.shows_coding(coding)

    def shows_memo(self, memo: Memo) -> bool:
        """Tell whether a memo may be seen."""
        return self._only is None or memo.coder == self._only

    def shows_coding(self, coding: Coding) -> bool:
        """Tell whether a segment may be seen."""
        return self._only is None or coding.coder == self._only

    # ---------------------------------------------------------------------------- choosing
    def link_items(self, origin: Thing) -> list[PaletteItem]:
        """Return what `origin` can be linked with, memos first; segments are found by typing."""
        words = kind_words()
        items = [
            PaletteItem(
                ("memo", memo.id), short(first_line(memo.text)), words["memo"].lower(),
                keywords=(memo.text[:400],),
            )
            for memo in reversed(memos.all_memos(self._connection))
            if Thing("memo", memo.id) != origin and self.shows_memo(memo)
        ]  # fmt: skip
        return items + [
            PaletteItem((kind, number), name, words[kind].lower(), color=color)
            for kind, number, name, color in self.named()
            if kind in THING_KINDS
        ]

    def segment_items(self, query: str, origin: Thing) -> list[PaletteItem]:
        """Return segments that hold the words of `query`; few letters find none."""
        if len(query) < LEAST_WORDS:
            return []
        word = kind_words()["coding"].lower()
        found = by_coder.with_words(self._connection, query.split(), self._only, FOUND + 1)
        return [
            PaletteItem(
                ("coding", one.id), self.segment_title(one), word,
                color=self.code_color(one.code),
            )
            for one in found
            if Thing("coding", one.id) != origin
        ]  # fmt: skip


def first_line(text: str) -> str:
    """Return the first line that says something: what a memo is called by."""
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


def short(text: str, most: int = EXCERPT) -> str:
    """Return the first words of a text on one line."""
    words = " ".join(text.split())
    if len(words) <= most:
        return words
    return words[:most].rsplit(" ", 1)[0] + " …"


def place_of(thing: Thing) -> Place:
    """Return where one sees a thing."""
    if thing.kind == "memo":
        return Place("memos", memo=MemoId(thing.id))
    if thing.kind == "document":
        return Place("coding", document=DocumentId(thing.id))
    if thing.kind == "case":
        return Place("cases", case=CaseId(thing.id))
    if thing.kind == "participant":
        return Place("sources", participant=ParticipantId(thing.id))
    if thing.kind == "code":
        return Place("codebook", code=CodeId(thing.id))
    return Place("coding", coding=CodingId(thing.id))


def writing_place(thing: Thing) -> Place:
    """Return where one begins a memo on a thing."""
    return replace(place_of(thing), workspace="memos")


def as_thing(identifier: object) -> Thing | None:
    """Return the thing that an item of `link_items`, or what was dropped, stands for."""
    if not (isinstance(identifier, tuple) and len(identifier) == 2):
        return None
    named, number = cast("tuple[object, object]", identifier)
    for kind in THING_KINDS:
        if kind == named and isinstance(number, int):
            return Thing(kind, number)
    return None
