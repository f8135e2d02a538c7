"""What is said of suggestions: why one is made, and how far those for a code can be trusted."""

from collections.abc import Iterable

from qda.gui.language import current_catalogue, tr, tr_n
from qda.gui.widgets.queue_list import QueueRow
from qda.model.entities import Code
from qda.model.suggestions import (
    CodeMeasure,
    EngineChoice,
    EngineMeasure,
    Examples,
    KeywordReason,
    QuestionReason,
    SimilarReason,
    Suggestion,
)

WEAK = 0.1
"""Average precision below which it would be flattery to call something a guide."""
NO_MATTER = 0.02
"""A difference of average precision that is none to speak of."""
LONGEST = 96
"""Characters of a definition that are shown."""
MOST_WORDS = 3
"""Words that are named in one reason."""


def short_reason(suggestion: Suggestion) -> str:
    """Say in a few words why something is proposed."""
    questions = _questions(suggestion)
    parts = [
        _named(_keywords(suggestion)),
        tr("asked: {words}", words=_named(questions)) if questions else "",
        tr("the question") if _is_asked(suggestion) else "",
    ]
    similar = len(_similar(suggestion))
    if similar:
        parts.append(tr_n("like {n} segment", "like {n} segments", similar))
    return ", ".join(part for part in parts if part) or tr("its words")


def clause(suggestion: Suggestion, code: str) -> str:
    """Say why something is proposed, to go on after «because»."""
    keywords, questions = _keywords(suggestion), _questions(suggestion)
    similar = len(_similar(suggestion))
    parts: list[str] = []
    if keywords:
        parts.append(
            tr_n(
                "{words} is a keyword of {code}",
                "{words} are keywords of {code}",
                len(keywords),
                words=_named(keywords),
                code=code,
            )
        )
    if questions:
        parts.append(
            tr("the question had {words}, from the keywords of {code}",
               words=_named(questions), code=code)
        )  # fmt: skip
    if _is_guided(suggestion):
        parts.append(tr("it answers what the interview guide asks about {code}", code=code))
    elif _is_asked(suggestion):
        parts.append(tr("the question is like those that such segments answer"))
    if similar:
        parts.append(
            tr_n(
                "it is like a segment coded with {code}",
                "it is like {n} segments coded with {code}",
                similar,
                code=code,
            )
        )
    if not parts:
        parts.append(tr("its words are such as are coded with {code}", code=code))
    if len(parts) < 2:
        return "".join(parts)
    return tr("{one}, and {other}", one=", ".join(parts[:-1]), other=parts[-1])


def sentence(suggestion: Suggestion, code: str) -> str:
    """Say in a sentence why something is proposed."""
    return tr("Because {why}.", why=clause(suggestion, code))


def meaning(code: Code) -> str:
    """Say in short what a code means, empty where the codebook does not say it."""
    said = " ".join(code.definition.split())
    if len(said) > LONGEST:
        said = said[:LONGEST].rsplit(" ", 1)[0] + "\u00a0…"
    return f"{code.name}: {said}" if said else ""


def told(code: str, why: str, quote: str) -> str:
    """Say what a screen reader says of a suggestion, after its number."""
    return tr("{code}, because {why}: «{quote}»", code=code, why=why, quote=" ".join(quote.split()))


def spoken(row: QueueRow, n: int, count: int) -> str:
    """Say what a screen reader says of the `n`-th suggestion."""
    return tr("suggestion {n} of {count}: {told}", n=n, count=count, told=row.spoken)


def likeness(reason: SimilarReason) -> str:
    """Say how much a coded segment is like what is proposed."""
    return tr("likeness {n}", n=current_catalogue().format_number(reason.likeness, 2))


def score(suggestion: Suggestion) -> str:
    """Return the score as it stands in the list."""
    return current_catalogue().format_number(suggestion.score, 2)


def marks(suggestion: Suggestion) -> tuple[tuple[int, int], ...]:
    """Return where in the quote the keywords stand, sorted."""
    begin, length = suggestion.key.start, len(suggestion.quote)
    found = {
        (one.start - begin, one.end - begin)
        for one in suggestion.reasons
        if isinstance(one, KeywordReason) and one.start >= begin and one.end - begin <= length
    }
    return tuple(sorted(found))


def _keywords(suggestion: Suggestion) -> list[str]:
    """Return the keywords as they stand in the text, each once."""
    return _few(suggestion.quote[start:end] for start, end in marks(suggestion))


def _questions(suggestion: Suggestion) -> list[str]:
    return _few(one.keyword for one in suggestion.reasons if isinstance(one, QuestionReason))


def _is_asked(suggestion: Suggestion) -> bool:
    """Tell whether the question speaks for it without having a keyword."""
    return any(isinstance(one, QuestionReason) and not one.keyword for one in suggestion.reasons)


def _is_guided(suggestion: Suggestion) -> bool:
    """Tell whether the interview guide has the question for the code."""
    return any(isinstance(one, QuestionReason) and one.guided for one in suggestion.reasons)


def _similar(suggestion: Suggestion) -> list[SimilarReason]:
    return [one for one in suggestion.reasons if isinstance(one, SimilarReason)]


def _few(words: Iterable[str]) -> list[str]:
    found = (" ".join(word.split()) for word in words)
    return list({word.casefold(): word for word in found if word}.values())[:MOST_WORDS]


def _named(words: Iterable[str]) -> str:
    return ", ".join(f"«{word}»" for word in words)


# ------------------------------------------------------------------------------------- trust
def standing(
    code: Code,
    measure: CodeMeasure,
    engine: EngineChoice,
    *,
    mine: bool,
    doubtful: bool = False,
) -> tuple[str, ...]:
    """Say how far the suggestions for a code can be trusted, in sentences.

    They are measured on one's own codings alone where only `mine` count. Where what was learned is
    `doubtful`, only keywords suggest, unless it alone is asked.
    """
    said: list[str] = []
    rules, learned = measure.rules, measure.learned
    if engine != "learned":
        if not code.keywords:
            said.append(tr("It has no keywords in the codebook."))
        elif rules is not None:
            said.append(_measured(rules, measure.positives, learned=False))
    if engine != "rules":
        if not measure.examples.enough:
            said.append(too_few(measure.examples, keywords=bool(code.keywords), mine=mine))
        elif learned is not None:
            said.append(_measured(learned, measure.positives, learned=True))
    if engine == "both" and rules is not None and learned is not None and code.keywords:
        said.append(_better(rules, learned, doubtful=doubtful))
    if rules is None and learned is None and not said:
        said.append(
            tr("How good they are cannot be said before it is coded in two sources or more.")
            if measure.examples.documents < 2
            else tr("It was not measured how good they are.")
        )
    return tuple(said)


def too_few(examples: Examples, *, keywords: bool, mine: bool) -> str:
    """Say that there is too little to learn from, and what that leaves."""
    sources = tr_n("{n} source", "{n} sources", examples.documents)
    if mine:
        said = tr_n(
            "You have coded {n} segment with it, in {sources}: too few to learn from.",
            "You have coded {n} segments with it, in {sources}: too few to learn from.",
            examples.segments,
            sources=sources,
        )
    else:
        said = tr_n(
            "{n} segment is coded with it, in {sources}: too few to learn from.",
            "{n} segments are coded with it, in {sources}: too few to learn from.",
            examples.segments,
            sources=sources,
        )
    left = (
        tr("What is suggested comes from its keywords alone.")
        if keywords
        else tr("Write keywords for it in the codebook, or code some more of it by hand.")
    )
    return f"{said} {left}"


def _measured(measure: EngineMeasure, positives: int, *, learned: bool) -> str:
    """Say how often an engine was right, and how much it found, on what is coded already."""
    if not measure.proposed:
        if learned:
            return tr("What was learned suggested nothing in sources it had not learned from.")
        return tr("Its keywords suggested nothing in what is coded.")
    values = {"right": measure.right, "proposed": measure.proposed, "positives": positives}
    if learned:
        return tr(
            "Learned from other sources, {right} of {proposed} suggestions were right, and they "
            "found {right} of the {positives} places coded with it.",
            **values,
        )
    return tr(
        "By its keywords, {right} of {proposed} suggestions were right, and they found {right} of "
        "the {positives} places coded with it.",
        **values,
    )


def _better(rules: EngineMeasure, learned: EngineMeasure, *, doubtful: bool) -> str:
    """Say which engine is the better guide, by the average precision of both."""
    if max(rules.average, learned.average) < WEAK:
        if doubtful:
            return tr("Neither is much of a guide here; only the keywords suggest.")
        return tr("Neither is much of a guide here.")
    if doubtful:
        return tr("Here the keywords are the better guide, so they alone suggest.")
    if abs(rules.average - learned.average) < NO_MATTER:
        return tr("Neither is better than the other here.")
    if rules.average > learned.average:
        return tr("Here the keywords are the better guide.")
    return tr("Here what was learned is the better guide.")
