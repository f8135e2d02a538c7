"""Every memo of a project with what it is on, read from the store."""

from collections.abc import Callable
from dataclasses import dataclass

from qda.gui.context import Place
from qda.gui.language import current_catalogue, tr
from qda.model.entities import Memo, MemoTarget
from qda.model.ids import CaseId, CodeId, CodingId, DocumentId, MemoId
from qda.store import cases, coders, codes, codings, documents, memos, participants
from qda.store.project_file import ProjectFile

EXCERPT = 60
KINDS: tuple[MemoTarget, ...] = ("project", "document", "case", "participant", "code", "coding")


@dataclass(frozen=True, slots=True)
class HubMemo:
    """A memo to show: its own, or the note that stands on a coding (`memo` is None then).

    `key` is stable while the memo is there; `about` says what it is on, `where` leads there.
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


def kind_words() -> dict[MemoTarget, str]:
    """Return what memos are on, in the user's language."""
    return {
        "project": tr("Project"),
        "document": tr("Source"),
        "case": tr("Office"),
        "participant": tr("Participant"),
        "code": tr("Code"),
        "coding": tr("Segment"),
    }


class MemoHub:
    """Read all memos, and the names of what they can be on."""

    def __init__(self, project: ProjectFile) -> None:
        """Read the names once; a hub is made anew for every look."""
        connection = project.connection
        self._connection = connection
        self._coders = {one.id: one.name for one in coders.all_coders(connection)}
        everything = codes.all_codes(connection)
        self._colors = {one.id: one.color for one in everything}
        self._names: dict[MemoTarget, dict[int, str]] = {
            "project": {0: tr("The project")},
            "document": {one.id: one.name for one in documents.all_documents(connection)},
            "case": {one.id: one.name for one in cases.all_cases(connection)},
            "participant": {one.id: one.name for one in participants.all_participants(connection)},
            "code": {int(one): path for one, path in codes.path_texts(everything).items()},
        }

    def targets(self) -> list[tuple[MemoTarget, int, str, str]]:
        """Return what a memo can be on: kind, id, name and a code's colour."""
        return [
            (kind, target, name, self._colors.get(CodeId(target), "") if kind == "code" else "")
            for kind, names in self._names.items()
            for target, name in names.items()
        ]

    def memos(self) -> list[HubMemo]:
        """Return every memo and every note on a coding, latest first."""
        found = [self._own(memo) for memo in memos.all_memos(self._connection)]
        for coding in codings.with_memo(self._connection):
            color = self._colors.get(coding.code, "")
            found.append(
                HubMemo(
                    f"coding {coding.id}", None, coding.id, "coding", coding.id,
                    self._about_coding(coding.id), coding.memo,
                    self._coders.get(coding.coder, ""), coding.created, color,
                    Place("coding", coding=coding.id),
                )
            )  # fmt: skip
        return sorted(found, key=lambda one: one.when, reverse=True)

    def _own(self, memo: Memo) -> HubMemo:
        color = self._colors.get(CodeId(memo.target), "") if memo.on == "code" else ""
        return HubMemo(
            f"memo {memo.id}", memo.id, None, memo.on, memo.target,
            self.about(memo.on, memo.target), memo.text, self._coders.get(memo.coder, ""),
            memo.modified, color, place_of(memo.on, memo.target),
        )  # fmt: skip

    def about(self, on: MemoTarget, target: int) -> str:
        """Return the name of what a memo is on."""
        if on == "coding":
            return self._about_coding(CodingId(target))
        return self._names[on].get(target, "")

    def _about_coding(self, coding: CodingId) -> str:
        found = codings.by_id(self._connection, coding)
        if found is None:
            return ""
        words = " ".join(found.quote.split())
        if len(words) > EXCERPT:
            words = words[:EXCERPT].rsplit(" ", 1)[0] + " …"
        return f"{self._names['document'].get(found.document, '')}: «{words}»"


def place_of(on: MemoTarget, target: int) -> Place | None:
    """Return where one sees what a memo is on; None for the project itself."""
    made: dict[MemoTarget, Callable[[], Place]] = {
        "document": lambda: Place("coding", document=DocumentId(target)),
        "case": lambda: Place("cases", case=CaseId(target)),
        "participant": lambda: Place("sources"),
        "code": lambda: Place("codebook", code=CodeId(target)),
        "coding": lambda: Place("coding", coding=CodingId(target)),
    }
    return made[on]() if on in made else None


def attribution(memo: HubMemo) -> str:
    """Say what a memo is on, who wrote it and when."""
    day = current_catalogue().format_day_of(memo.when)
    parts = (f"{kind_words()[memo.on]} · {memo.about}", memo.coder, day)
    return " · ".join(part for part in parts if part)
