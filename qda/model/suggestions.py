"""Proposed codings: what is proposed, why, and what was decided of it. Nothing codes by itself."""

from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal, TypeAlias

from qda.model.ids import CodeId, CoderId, CodingId, DocumentId, Guid

Engine = Literal["rules", "learned"]
"""The keywords of the codebook, or what was learned from the project's own codings."""
ENGINES: tuple[Engine, ...] = ("rules", "learned")
EngineChoice = Literal["rules", "learned", "both"]
ENGINE_CHOICES: tuple[EngineChoice, ...] = ("rules", "learned", "both")
SuggestionVerdict = Literal["accepted", "rejected", "later"]
"""Coded; never to be proposed again; put off until the rest is done."""
_KEY_BYTES = 5
_SIGNS: dict[Engine, str] = {"rules": "r", "learned": "l"}


@dataclass(frozen=True, slots=True)
class KeywordReason:
    """A keyword of the codebook stands at `start:end`; as part of a longer word, `inside`."""

    keyword: str
    start: int
    end: int
    inside: bool = False


@dataclass(frozen=True, slots=True)
class QuestionReason:
    """The question that this answers: a keyword of the codebook stands in it, at `start:end`.

    Without a keyword, `start:end` is the whole question: what was learned rests on it, or, where it
    is `guided`, the interview guide has it as one about this code.
    """

    keyword: str
    start: int
    end: int
    guided: bool = False


@dataclass(frozen=True, slots=True)
class SimilarReason:
    """A segment that is coded so already; `likeness` is the cosine of the two, from 0 to 1."""

    coding: CodingId
    likeness: float


Reason: TypeAlias = KeywordReason | QuestionReason | SimilarReason


@dataclass(frozen=True, slots=True)
class SuggestionKey:
    """A segment and the code proposed for it, by which engine. Half-open code points."""

    document: DocumentId
    start: int
    end: int
    code: CodeId
    engine: Engine


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposed coding of one sentence or turn.

    `score` lies in 0..1 and puts the suggestions of one code and engine in order; it is no
    probability. `later` says that it was put off. `id` is the same for as long as text, segment
    and code are.
    """

    id: str
    key: SuggestionKey
    quote: str
    score: float
    reasons: tuple[Reason, ...]
    later: bool = False


@dataclass(frozen=True, slots=True)
class SuggestionSpec:
    """What to propose: for which codes and documents (None for all), by which engine.

    With `coder`, only this coder's codings are learned from, shown as reasons, and held to be
    coded already. `limit` is how many of each code, 0 for no limit.
    """

    codes: tuple[CodeId, ...] | None = None
    documents: tuple[DocumentId, ...] | None = None
    engine: EngineChoice = "both"
    coder: CoderId | None = None
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Examples:
    """The codings that a code can be learned from: how many segments, in how many documents.

    Without `enough` of them nothing is learned, and nothing proposed but by keywords.
    """

    code: CodeId
    segments: int
    documents: int
    enough: bool


@dataclass(frozen=True, slots=True)
class SuggestionDecision:
    """What a coder decided of a segment and a code; `coding` is what came of an accepted one."""

    key: SuggestionKey
    coder: CoderId
    verdict: SuggestionVerdict
    coding: CodingId | None = None


@dataclass(frozen=True, slots=True)
class EngineMeasure:
    """How one engine does for one code on documents that it did not learn from.

    `precision` is how many of what it proposed were coded so, `recall` how many of what was coded
    so it proposed, `average` the average precision over all thresholds (the area under the curve of
    precision and recall). None where nothing was proposed.
    """

    proposed: int
    right: int
    precision: float | None
    recall: float
    average: float


@dataclass(frozen=True, slots=True)
class CodeMeasure:
    """Both engines on the same held-out sentences or turns of one code.

    `units` were looked at, `positives` of them are coded so. `learned` is None with too few
    examples, and both are where no document can be held out.
    """

    examples: Examples
    units: int
    positives: int
    rules: EngineMeasure | None
    learned: EngineMeasure | None


@dataclass(frozen=True, slots=True)
class Proposals:
    """What was proposed, in the order of the codebook, best first, those put off last.

    `examples` has every code that was asked for. Of the `doubtful` ones the keywords alone did
    better on documents that were held out: asked for both, nothing learned is proposed for them.
    `measures` are of every code, since learning holds documents out anyway; None where nothing was
    to be learned.
    """

    suggestions: tuple[Suggestion, ...]
    examples: tuple[Examples, ...]
    doubtful: tuple[CodeId, ...] = ()
    measures: tuple[CodeMeasure, ...] | None = None


@dataclass(frozen=True, slots=True)
class SuggestionParts:
    """What an id says: short marks of document (with its text) and code, segment and engine."""

    document: str
    start: int
    end: int
    code: str
    engine: Engine


def document_mark(guid: Guid, text_hash: str) -> str:
    """Return the mark of a document with this text in the ids of suggestions."""
    return blake2b(f"{guid}:{text_hash}".encode(), digest_size=_KEY_BYTES).hexdigest()


def code_mark(guid: Guid) -> str:
    """Return the mark of a code in the ids of suggestions."""
    return blake2b(guid.encode(), digest_size=_KEY_BYTES).hexdigest()


def suggestion_id(document: str, code: str, key: SuggestionKey) -> str:
    """Return the id of a suggestion; `document` and `code` are marks."""
    return f"{document}-{key.start}-{key.end}-{code}-{_SIGNS[key.engine]}"


def parse_suggestion_id(text: str) -> SuggestionParts | None:
    """Return what an id says, None where it is none."""
    signs: dict[str, Engine] = {sign: one for one, sign in _SIGNS.items()}
    match text.strip().split("-"):
        case [document, start, end, code, sign]:
            engine = signs.get(sign)
            numbers = start.isascii() and start.isdecimal() and end.isascii() and end.isdecimal()
            if engine is None or not numbers or max(len(start), len(end)) > 15:
                return None
            return SuggestionParts(document, int(start), int(end), code, engine)
        case _:
            return None
