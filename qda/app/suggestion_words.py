"""Why something is proposed and how often that was right, as sentences."""

from collections.abc import Callable
from textwrap import shorten

from qda.model.ids import CodingId
from qda.model.messages import Message, counted, message
from qda.model.suggestions import (
    CodeMeasure,
    EngineMeasure,
    KeywordReason,
    QuestionReason,
    SimilarReason,
    Suggestion,
)

SHOWN = 60
"""Characters of a segment that are quoted as a reason."""
Quotes = Callable[[CodingId], str]
"""The words of a coding, empty where it is gone."""


def why(suggestion: Suggestion, quotes: Quotes) -> tuple[Message, ...]:
    """Return the reasons of a suggestion, one sentence each, similar segments in one."""
    found: list[Message] = []
    similar: list[str] = []
    for one in suggestion.reasons:
        if isinstance(one, KeywordReason):
            begin = suggestion.key.start
            form = " ".join(suggestion.quote[one.start - begin : one.end - begin].split())
            if one.inside:
                found.append(
                    message(
                        "«{form}» has the keyword «{keyword}» in it",
                        form=form,
                        keyword=one.keyword,
                    )
                )
            else:
                found.append(
                    message("«{form}» is the keyword «{keyword}»", form=form, keyword=one.keyword)
                )
        elif isinstance(one, QuestionReason):
            found.append(_asked(one))
        else:
            quote = " ".join(quotes(one.coding).split())
            similar += [f"«{shorten(quote, SHOWN, placeholder=' …')}»"] if quote else []
    if similar:
        found.append(
            counted(
                "similar to a segment that is coded so: {quotes}",
                "similar to {n} segments that are coded so: {quotes}",
                len(similar),
                quotes=", ".join(similar),
            )
        )
    return tuple(found)


def _asked(reason: QuestionReason) -> Message:
    if reason.keyword:
        return message("the question has the keyword «{keyword}»", keyword=reason.keyword)
    if reason.guided:
        return message("the interview guide has the question for this code")
    return message("the question is like those that coded segments answer")


def similar_codings(suggestion: Suggestion) -> tuple[SimilarReason, ...]:
    """Return the segments that a suggestion is similar to, the nearest first."""
    return tuple(one for one in suggestion.reasons if isinstance(one, SimilarReason))


def readiness(measure: CodeMeasure) -> Message:
    """Say of a code how often proposals were right, as a colleague would."""
    examples = measure.examples
    if measure.learned is None:
        return counted(
            "{n} coded segment is too little to learn from: it takes 8 in 2 documents, so only "
            "keywords are looked for.",
            "{n} coded segments in {documents} documents are too little to learn from: it takes 8 "
            "in 2 documents, so only keywords are looked for.",
            examples.segments,
            documents=examples.documents,
        )
    return message(
        "On documents it had not seen, {right} of {proposed} proposals were coded so, and it found "
        "{right} of {positives}; {rules}",
        right=measure.learned.right,
        proposed=measure.learned.proposed,
        positives=measure.positives,
        rules=_compared(measure.learned, measure.rules),
    )


def _compared(learned: EngineMeasure, rules: EngineMeasure | None) -> Message:
    if rules is None or learned.average > rules.average:
        return message("it does better than the keywords alone.")
    return message("the keywords alone do better.")
