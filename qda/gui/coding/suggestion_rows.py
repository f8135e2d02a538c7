"""The rows that suggestions and the evidence for them are shown in."""

from collections.abc import Mapping

from qda.gui.coding.suggestion_queue import Left, Order
from qda.gui.coding.suggestion_words import clause, likeness, marks, score, short_reason, spoken
from qda.gui.language import tr
from qda.gui.widgets.queue_list import QueueHead, QueueRow
from qda.gui.widgets.quote_list import QuoteRow
from qda.model.entities import Code
from qda.model.ids import CodeId, DocumentId
from qda.model.suggestions import KeywordReason, QuestionReason, Suggestion
from qda.store import codings, documents
from qda.store.project_file import ProjectFile

LONGEST = 180
"""Characters of a segment that is shown as evidence."""
AROUND = 60
"""Characters on either side of a keyword that is shown as evidence."""


def queue_rows(
    left: Left,
    order: Order,
    codes: Mapping[CodeId, Code],
    names: Mapping[DocumentId, str],
) -> list[QueueRow | QueueHead]:
    """Return what is left to decide under heads: its codes, or its documents; then what waits."""
    rows: list[QueueRow | QueueHead] = []
    count = len(left.suggestions)
    group: object = None
    for place, one in enumerate(left.suggestions):
        code = codes.get(one.key.code)
        if code is None:
            continue
        waits = place >= left.later
        here = "later" if waits else one.key.code if order == "code" else one.key.document
        if here != group:
            group = here
            rows.append(_head(left, place, order, codes, names))
        name = names.get(one.key.document, "")
        where = name if order == "code" and not waits else code.name
        short = short_reason(one)
        quote = " ".join(one.quote.split())
        rows.append(
            QueueRow(
                one.id,
                one.quote,
                " · ".join(part for part in (where, short) if part),
                score(one),
                color_of(code, codes),
                marks(one),
                spoken(place + 1, count, code.name, clause(one, code.name), quote),
            )
        )
    return rows


def _head(
    left: Left,
    place: int,
    order: Order,
    codes: Mapping[CodeId, Code],
    names: Mapping[DocumentId, str],
) -> QueueHead:
    """Return the head of the group that begins at a place."""
    everything = left.suggestions
    if place >= left.later:
        return QueueHead(tr("Left for later"), str(len(everything) - left.later))
    first, now = everything[place].key, everything[: left.later]
    if order == "code":
        code = codes[first.code]
        count = sum(one.key.code == first.code for one in now)
        return QueueHead(code.name, str(count), color_of(code, codes))
    count = sum(one.key.document == first.document for one in now)
    return QueueHead(names.get(first.document, ""), str(count))


def evidence_rows(
    suggestion: Suggestion,
    codes: Mapping[CodeId, Code],
    names: Mapping[DocumentId, str],
    project: ProjectFile,
) -> list[QuoteRow]:
    """Return what the reasons of a suggestion rest on, each to be gone to."""
    text = documents.text(project.connection, suggestion.key.document)
    rows: list[QuoteRow] = []
    for reason in suggestion.reasons:
        if isinstance(reason, KeywordReason):
            said = tr("keyword {word}", word=reason.keyword)
            rows.append(_words(reason.start, reason.end, text, said, suggestion.key.start))
        elif isinstance(reason, QuestionReason):
            said = tr("keyword {word}, in the question", word=reason.keyword)
            rows.append(_words(reason.start, reason.end, text, said, 0))
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
