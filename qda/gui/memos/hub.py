"""Every memo of a project with what it is on, read from the store, narrowed and put in order."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from qda.gui.context import Place
from qda.gui.language import current_catalogue, tr, tr_n
from qda.gui.models.things import ThingNames, kind_words, place_of
from qda.model.entities import Coding, Memo, MemoTarget, Thing
from qda.model.ids import CoderId, CodingId, MemoId
from qda.store import coders, codings, memo_links, memo_versions, memos
from qda.store.project_file import ProjectFile
from qda.text.finding import find_all

KINDS: tuple[MemoTarget, ...] = ("project", "document", "case", "participant", "code", "coding")
Order = Literal["latest", "earliest", "about", "text"]
LEAD = 80
"""Characters that are shown before the first hit where a memo is long."""
FAR = 300
_TAG = re.compile(r"(?<![\w#&/])#([^\W\d_][\w-]*)")


@dataclass(frozen=True, slots=True)
class HubMemo:
    """A memo to show: its own, or the note that stands on a coding (`memo` is None then).

    `key` is stable while the memo is there; `about` says what it is on, `where` leads there,
    `links` counts those that lead away and here. Tags are the words behind `#` in the text.
    """

    key: str
    memo: MemoId | None
    coding: CodingId | None
    on: MemoTarget
    target: int
    about: str
    text: str
    coder: str
    when: str
    color: str
    where: Place | None
    links: int = 0

    @property
    def thing(self) -> Thing:
        """Return the end that links of this memo have."""
        if self.memo is not None:
            return Thing("memo", self.memo)
        return Thing("coding", self.target)

    @property
    def tags(self) -> frozenset[str]:
        """Return the tags of the text, in small letters."""
        return frozenset(hit[1].casefold() for hit in _TAG.finditer(self.text))


@dataclass(frozen=True, slots=True)
class Wish:
    """Which memos the user wants to see: all conditions hold together, empty ones always."""

    words: str = ""
    kind: str = ""
    coder: str = ""
    tag: str = ""
    order: Order = "latest"


class MemoHub:
    """Read all memos, and the names of what they can be on.

    With `only`, the memos and notes of other coders are as good as not there.
    """

    def __init__(self, project: ProjectFile, only: CoderId | None = None) -> None:
        """Read the names once; a hub is made anew for every look."""
        connection = project.connection
        self._connection = connection
        self.names = ThingNames(project, only)
        self._coders = {one.id: one.name for one in coders.all_coders(connection)}
        self._links: Counter[Thing] = Counter()
        for link in memo_links.all_links(connection):
            self._links.update((link.origin, link.target))
        self._saved = memo_versions.notes_saved(connection)

    def targets(self) -> list[tuple[MemoTarget, int, str, str]]:
        """Return what a memo can be on: kind, id, name and a code's colour."""
        return self.names.named()

    def memos(self) -> list[HubMemo]:
        """Return every memo and every note on a coding, latest first."""
        found = [
            self._own(memo)
            for memo in memos.all_memos(self._connection)
            if self.names.shows_memo(memo)
        ]
        found += [
            self._note(coding)
            for coding in codings.with_memo(self._connection)
            if self.names.shows_coding(coding)
        ]
        return sorted(found, key=lambda one: one.when, reverse=True)

    def _own(self, memo: Memo) -> HubMemo:
        of = Thing("memo", memo.id)
        where = None if memo.on == "project" else place_of(Thing(memo.on, memo.target))
        return HubMemo(
            f"memo {memo.id}", memo.id, None, memo.on, memo.target,
            self.about(memo.on, memo.target), memo.text, self._coders.get(memo.coder, ""),
            memo.modified, self.names.color(memo.on, memo.target), where, self._links[of],
        )  # fmt: skip

    def _note(self, coding: Coding) -> HubMemo:
        of = Thing("coding", coding.id)
        return HubMemo(
            f"coding {coding.id}", None, coding.id, "coding", coding.id,
            self.names.segment_title(coding), coding.memo, self._coders.get(coding.coder, ""),
            self._saved.get(coding.id, coding.created), self.names.code_color(coding.code),
            place_of(of), self._links[of],
        )  # fmt: skip

    def about(self, on: MemoTarget, target: int) -> str:
        """Return the name of what a memo is on."""
        return self.names.title(on, target)


def narrowed(everything: Iterable[HubMemo], wish: Wish, keep: str = "") -> list[HubMemo]:
    """Return the memos that are wished for, in their order; the one with the key `keep` stays."""
    words = wish.words.casefold().split()
    shown = [
        memo
        for memo in everything
        if memo.key == keep
        or (
            (not wish.kind or memo.on == wish.kind)
            and (not wish.coder or memo.coder == wish.coder)
            and (not wish.tag or wish.tag in memo.tags)
            and all(word in f"{memo.text} {memo.about}".casefold() for word in words)
        )
    ]
    if wish.order == "about":
        return sorted(shown, key=lambda one: (KINDS.index(one.on), one.about.casefold()))
    if wish.order == "text":
        return sorted(shown, key=lambda one: one.text.strip().casefold())
    return sorted(shown, key=lambda one: one.when, reverse=wish.order == "latest")


def tags_of(everything: Iterable[HubMemo]) -> list[str]:
    """Return every tag that is used, in the order of letters."""
    return sorted({tag for memo in everything for tag in memo.tags})


def coders_of(everything: Iterable[HubMemo]) -> list[str]:
    """Return the names of everyone who wrote a memo, in the order of letters."""
    return sorted({memo.coder for memo in everything if memo.coder}, key=str.casefold)


def hits(text: str, words: str) -> list[tuple[int, int]]:
    """Return where the searched words stand in a text, in order and without overlaps."""
    found = sorted(hit for word in words.split() for hit in find_all(text, word))
    apart: list[tuple[int, int]] = []
    for start, end in found:
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


def excerpt(text: str, words: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return a memo's text as the list shows it, from a little before the first hit, and hits."""
    shown = text.strip()
    found = hits(shown, words)
    if found and found[0][0] > FAR:
        cut = shown.rfind(" ", 0, found[0][0] - LEAD) + 1
        lead = "… "
        moved: Sequence[tuple[int, int]] = [
            (start - cut + len(lead), end - cut + len(lead)) for start, end in found
        ]
        return lead + shown[cut:], tuple(moved)
    return shown, tuple(found)


def attribution(memo: HubMemo) -> str:
    """Say what a memo is on, who wrote it, when, and how many links it has."""
    day = current_catalogue().format_day_of(memo.when)
    linked = tr_n("{n} link", "{n} links", memo.links) if memo.links else ""
    parts = (f"{kind_words()[memo.on]} · {memo.about}", memo.coder, day, linked)
    return " · ".join(part for part in parts if part)


def order_words() -> dict[Order, str]:
    """Return how memos can be put in order, in the user's language."""
    return {
        "latest": tr("Latest first"),
        "earliest": tr("Earliest first"),
        "about": tr("By what they are on"),
        "text": tr("By their first words"),
    }
