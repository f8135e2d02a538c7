"""What a search by dictionary form finds in long real texts that a search for letters misses.

The texts are no part of the project: they are looked for beside it, or where `QDA_REAL_TEXTS` says,
and without them there is nothing to measure. The figures are printed.
"""

import os
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from qda.app.searching import Searcher
from qda.app.session import Session
from qda.formats.readers import read_file
from qda.model.searching import Limits, Search
from qda.operations import documents

Tell = Callable[[str], None]
BESIDE = Path(__file__).parents[3] / "shared" / "real"
FOLDER = Path(os.environ.get("QDA_REAL_TEXTS", BESIDE))
TEXTS = sorted(FOLDER.glob("*.txt")) if FOLDER.is_dir() else []
BROKEN = re.compile(r"(\w[\w-]*)-[ \t]*\n\s*(\w+)")
WORDS = (
    "veileder", "leder", "resultat", "indikator", "rutine", "organisasjon", "oppfølging",
    "arbeidsevnevurdering", "oppfølgingshyppighet", "nav-kontor",
)  # fmt: skip
ENDINGS = ("", "s", "en", "ens", "n", "er", "r", "ers", "e", "es", "ene", "enes", "ne", "nes")
ENDINGS += ("et", "ets")
"""What a form of these nouns may end with; each form that was found was read besides."""
VERBS = frozenset(("veilede", "veiledet", "lede", "ledet", "ledes", "ledende", "ledd"))
"""Forms of the verbs whose present looks like the noun: who asks for one is shown both."""


@pytest.fixture
def studies(session: Session) -> Session:
    """A project with the texts, as they are imported."""
    if not TEXTS:
        pytest.skip("no real texts beside the project")
    read = [read_file(one) for one in TEXTS]
    session.run(documents.import_documents, coder=session.coder, read=read)
    session.words.build()
    return session


def test_dictionary_forms_find_what_letters_miss(studies: Session, tell: Tell) -> None:
    written = [one.read_text(encoding="utf-8") for one in TEXTS]
    broken = Counter(
        form.casefold()
        for text in written
        for first, last in BROKEN.findall(text)
        for form in (first + last, f"{first}-{last}")
    )
    searcher = Searcher(studies)
    total = Counter[str]()
    for word in WORDS:
        hits = searcher.hits(searcher.find(Search(word, limits=Limits(turns="all"))))
        found = Counter("".join(hit.match.split()).casefold() for hit in hits)
        whole = re.compile(rf"(?i)(?<![\w-]){word}(?![\w-])")
        raw = sum(len(whole.findall(text)) for text in written)
        split = sum(broken[form] for form in found)
        verbs = sum(found[form] for form in VERBS)
        inflected = found.total() - found[word] - verbs
        tell(
            f"{word}: {raw} by letters, {found.total()} by dictionary form, {inflected} of them "
            f"inflected, {split} broken at a line's end, {verbs} forms of a verb"
        )
        total.update(raw=raw, found=found.total(), inflected=inflected, split=split)
        assert not found.keys() - {word + ending for ending in ENDINGS} - VERBS
        assert found[word] >= raw
    tell(f"together: {dict(total)}")
    assert total["inflected"] > total["raw"]
    assert total["split"] > 0
