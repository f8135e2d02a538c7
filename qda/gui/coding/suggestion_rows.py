"""The rows that suggestions and the evidence for them are shown in."""

from collections import Counter
from collections.abc import Mapping

from qda.gui.coding.suggestion_queue import Left, Order, name_of
from qda.gui.coding.suggestion_words import clause, likeness, marks, score, short_reason, told
from qda.gui.language import tr
from qda.gui.widgets.queue_list import QueueHead, QueueRow
from qda.gui.widgets.quote_list import QuoteRow
from qda.model.entities import Code
from qda.model.ids import CodeId, DocumentId
from qda.model.suggestions import KeywordReason, QuestionReason, SimilarReason, Suggestion
from qda.store import codings, documents
from qda.store.project_file import ProjectFile

LONGEST = 180
"""Characters of a segment that is shown as evidence."""
AROUND = 44
"""Characters on either side of a keyword that is shown as evidence."""


class QueueRows:
    """Make rows of suggestions; each is made once, however often the queue is shown."""

    def __init__(self) -> None:
        """Know no row yet."""
        self._known: dict[tuple[str, str, str, str], QueueRow] = {}

    def clear(self) -> None:
        """Forget the rows: other suggestions were made."""
        self._known.clear()

    def rows(
        self,
        left: Left,
        order: Order,
        codes: Mapping[CodeId, Code],
        names: Mapping[DocumentId, str],
    ) -> list[QueueRow | QueueHead]:
        """Return what is left under heads: its codes, or its documents; then what waits."""
        now = left.suggestions[: left.later]
        counts: Counter[object] = Counter(_group(one, order) for one in now)
        rows: list[QueueRow | QueueHead] = []
        group: object = None
        for place, one in enumerate(left.suggestions):
            code, name = codes[one.key.code], names.get(one.key.document, "")
            color = color_of(code, codes)
            waits = place >= left.later
            here = "later" if waits else _group(one, order)
            if here != group:
                group = here
                if waits:
                    rows.append(QueueHead(tr("Left for later"), str(len(left.suggestions) - place)))
                elif order == "code":
                    rows.append(QueueHead(code.name, str(counts[here]), color))
                else:
                    rows.append(QueueHead(name, str(counts[here])))
            where = name if order == "code" and not waits else code.name
            rows.append(self._row(one, where, code.name, color))
        return rows

    def _row(self, one: Suggestion, where: str, code: str, color: str) -> QueueRow:
        key = (one.id, where, code, color)
        if key not in self._known:
            parts = (where, short_reason(one))
            self._known[key] = QueueRow(
                name_of(one),
                one.quote,
                " · ".join(part for part in parts if part),
                score(one),
                color,
                marks(one),
                told(code, clause(one, code), one.quote),
            )
        return self._known[key]


def _group(one: Suggestion, order: Order) -> int:
    return one.key.code if order == "code" else one.key.document


def evidence_rows(
    suggestion: Suggestion,
    codes: Mapping[CodeId, Code],
    names: Mapping[DocumentId, str],
    project: ProjectFile,
) -> list[QuoteRow]:
    """Return what the reasons of a suggestion rest on, each to be gone to.

    Coded segments come first: the words are in sight already.
    """
    text = documents.text(project.connection, suggestion.key.document)
    rows: list[QuoteRow] = []
    for reason in sorted(suggestion.reasons, key=lambda one: not isinstance(one, SimilarReason)):
        if isinstance(reason, KeywordReason):
            said = tr("keyword {word}", word=reason.keyword)
            rows.append(_words(reason.start, reason.end, text, said, suggestion.key.start))
        elif isinstance(reason, QuestionReason):
            if reason.keyword:
                said = tr("keyword {word}, in the question", word=reason.keyword)
                rows.append(_words(reason.start, reason.end, text, said, 0))
            else:
                asked = f"«{_cut(text[reason.start : reason.end])}»"
                place = ("words", reason.start, reason.end)
                said = tr("the question it answers")
                if reason.guided:
                    said = tr("the question it answers, from the interview guide")
                rows.append(QuoteRow(place, asked, said))
        else:
            coding = codings.by_id(project.connection, reason.coding)
            code = codes.get(coding.code) if coding is not None else None
            if coding is None or code is None:
                continue
            rows.append(
                QuoteRow(
                    ("coding", int(coding.id)),
                    f"«{_cut(coding.quote)}»",
                    f"{names.get(coding.document, '')} · {likeness(reason)}",
                    color_of(code, codes),
                    thing=("coding", coding.id),
                )
            )
    return rows


def _words(start: int, end: int, text: str, said: str, least: int) -> QuoteRow:
    """Return a keyword, marked, with what stands around it on its line, from `least` on."""
    line_start = max(least, text.rfind("\n", 0, start) + 1)
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    before, after = text[line_start:start], text[end:line_end]
    if len(before) > AROUND:
        before = "… " + before[-AROUND:].partition(" ")[2]
    if len(after) > AROUND:
        after = after[:AROUND].rpartition(" ")[0] + " …"
    at = len(before)
    shown = f"{before}{text[start:end]}{after}".rstrip()
    return QuoteRow(("words", start, end), shown, said, marks=((at, at + end - start),))


def _cut(quote: str) -> str:
    said = " ".join(quote.split())
    return said if len(said) <= LONGEST else said[:LONGEST].rsplit(" ", 1)[0] + " …"


def color_of(code: Code, codes: Mapping[CodeId, Code]) -> str:
    """Return the colour of a code's segments: that of the code above it, if there is one."""
    above = codes.get(code.parent) if code.parent is not None else None
    return (above or code).color
