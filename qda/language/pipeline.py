"""spaCy pipelines for bokmål, nynorsk and English: tokens, sentences, keys.

The tokeniser is spaCy's; sentences come from `qda.text.sentences`, dictionary forms from
`qda.language.lemmas`. A trained pipeline that the user has installed is taken instead of the blank
one where it is asked for (names, parts of speech), with our components among its own.
"""

from collections.abc import Callable, Iterable
from functools import cache
from importlib import metadata
from typing import TYPE_CHECKING, Any, Protocol

from qda.language.forms import form_of
from qda.language.lemmas import Keys, Lemmatiser
from qda.language.lexicon import shared_lexicon
from qda.language.offline import load_spacy
from qda.model.entities import Language
from qda.text.sentences import sentences

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline
    from spacy.tokens import Doc

SENTENCES = "qda_sentences"
KEYS = "qda_keys"
_SIZES = ("trf", "lg", "md", "sm")


class Piece(Protocol):
    """What is asked of a token."""

    @property
    def idx(self) -> int:
        """Where it begins, in code points of what was tokenised."""
        ...

    @property
    def text(self) -> str:
        """Its characters."""
        ...


Tokenise = Callable[[str], Iterable[Piece]]


def blank(language: Language) -> "Pipeline":
    """Return the pipeline of a language: tokens, sentences, and keys as `token._.keys`.

    Whoever reads `token._.keys` gets a `Keys`; `token.lemma_` is the likeliest dictionary form.
    """
    return _with_ours(_blank(language), language)


def trained(language: Language) -> "Pipeline | None":
    """Return the trained pipeline of that language that the user has installed, if there is one.

    Of several the largest: `nb_core_news_lg` before `nb_core_news_sm`.
    """
    names = [name for name in installed() if name.startswith(language + "_")]
    if not names:
        return None
    return _with_ours(load_spacy().load(min(names, key=_rank)), language)


def installed() -> tuple[str, ...]:
    """Return the names of the trained pipelines that are installed, without importing anything."""
    return tuple(sorted({one.name for one in metadata.entry_points(group="spacy_models")}))


def tokenised(text: str, language: Language) -> Iterable[Piece]:
    """Return the tokens of a text: what the index of words is made with."""
    return _tokeniser(language)(text)


def _rank(name: str) -> int:
    size = name.rpartition("_")[2]
    return _SIZES.index(size) if size in _SIZES else len(_SIZES)


@cache
def _tokeniser(language: Language) -> Tokenise:
    made: Any = _blank(language)
    return made.tokenizer


def _blank(language: Language) -> "Pipeline":
    """Return spaCy's blank pipeline; in English too, words with a hyphen are one word."""
    spacy: Any = load_spacy()
    pipeline: Any = spacy.blank(language)
    if language == "en":
        hyphens: str = spacy.lang.char_classes.HYPHENS
        infixes = [one for one in pipeline.Defaults.infixes if hyphens not in str(one)]
        pipeline.tokenizer.infix_finditer = spacy.util.compile_infix_regex(infixes).finditer
    return pipeline


def _with_ours(pipeline: "Pipeline", language: Language) -> "Pipeline":
    _register()
    if SENTENCES not in pipeline.pipe_names:
        pipeline.add_pipe(SENTENCES, first=True)
    if KEYS not in pipeline.pipe_names:
        pipeline.add_pipe(KEYS, config={"language": language})
    return pipeline


@cache
def _register() -> None:
    """Make our components known to spaCy, once."""
    spacy: Any = load_spacy()
    spacy.tokens.Token.set_extension("keys", default=None, force=True)
    spacy.language.Language.component(SENTENCES, func=mark_sentences)

    def make(nlp: "Pipeline", name: str, language: Language) -> KeyComponent:
        del nlp, name
        return KeyComponent(language)

    spacy.language.Language.factory(KEYS, default_config={"language": "nb"}, func=make)


def mark_sentences(doc: "Doc") -> "Doc":
    """Let sentences begin where `qda.text.sentences` says."""
    starts = {start for start, _ in sentences(doc.text)}
    for token in doc:
        token.is_sent_start = token.idx in starts or token.i == 0
    return doc


class KeyComponent:
    """Give every word its keys and its likeliest dictionary form."""

    def __init__(self, language: Language) -> None:
        """Use the lexicon of this process."""
        self._lemmatiser = Lemmatiser(shared_lexicon(), language)
        self._known: dict[str, Keys] = {}

    def __call__(self, doc: "Doc") -> "Doc":
        """Set `token._.keys`, and `token.lemma_` where nothing has."""
        for token in doc:
            form = form_of(token.text)
            if not form:
                continue
            if form not in self._known:
                self._known[form] = self._lemmatiser.keys(form)
            keys = self._known[form]
            token.lemma_ = token.lemma_ or keys.lemmas[0]
            token._.set("keys", keys)
        return doc
