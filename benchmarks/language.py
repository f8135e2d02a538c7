"""The index of words, searches and lists over five million words of Norwegian."""

import itertools
import random
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.generate import Size, build
from benchmarks.measuring import Figure, median, milliseconds
from qda.app.searching import Searcher, chosen
from qda.app.session import Session
from qda.app.word_counts import WordCounter
from qda.language.lexicon import forget, shared_lexicon
from qda.model.searching import Limits, Search

SPEECH = Size(documents=1_000, words=5_000, turns=60, codings=20)
FORMS = 150_000
"""Different forms, as many as that much talk has; half of them are compounds."""
WORDS = (
    "og i det er på som en av at til ikke å for med jeg de så vi den har men kan skal vil må "
    "var om bli ble noe mye mer her der når da hva hvor bare også etter over under fra ut opp "
    "kontor kontoret veileder veilederne bruker brukerne oppfølging oppfølgingen møte møtet leder "
    "målekort måltallene teller rutiner rutinene plan planene arbeid arbeidet styringsdialogen "
    "kompetanse strategi kompetansestrategien tiltak vedtak"
)


def zipf_words(seed: int = 1) -> list[str]:
    """Return words so repeated that drawing from them gives speech: few often, many seldom."""
    random_ = random.Random(seed)
    shared_lexicon().is_lemma("kontor", "nb")
    listed = [word for word in shared_lexicon().forms("nb") if word.isalpha() and len(word) > 3]
    simple = random_.sample(listed, FORMS // 2)
    halves = [word for word in simple if word.isalpha() and 4 < len(word) < 9]
    compounds = (f"{random_.choice(halves)}s{random_.choice(halves)}" for _ in itertools.count())
    ranked = [*WORDS.split(), *simple, *itertools.islice(compounds, FORMS // 2)]
    most = 60_000
    return [word for rank, word in enumerate(ranked, 1) for _ in range(max(1, most // rank))]


def language_project(folder: Path) -> Path:
    """Make the project of five million words."""
    path = folder / "language.qdaproj"
    if not path.exists():
        build(path, SPEECH, words=zipf_words()).close()
    forget()
    return path


def measure_language(path: Path) -> dict[str, Figure]:
    """Measure making the index, loading it, searching, and reading a concordance."""
    figures: dict[str, Figure] = {}
    session = Session.open(path)
    start, used = time.perf_counter(), time.process_time()
    table = session.words.build()
    figures["words: index of 5 million words"] = Figure(
        round(time.perf_counter() - start, 1), "s", 60
    )
    figures["words: processor time of that"] = Figure(round(time.process_time() - used, 1), "s", 60)
    assert len(table) > 5_000_000
    figures["words: size of the index in the file"] = Figure(_size(session), "MB", 60)
    session.close()
    forget()
    session = Session.open(path)
    start, used = time.perf_counter(), time.process_time()
    session.words.table()
    session.words.spoken()
    figures["words: loading the index"] = Figure(round(time.perf_counter() - start, 2), "s", 2)
    figures["words: processor time of loading"] = Figure(
        round(time.process_time() - used, 2), "s", 1.5
    )
    figures |= _searches(session)
    figures |= _lists(session)
    session.close()
    return figures


def _size(session: Session) -> float:
    count = session.project.connection.execute
    texts = count("SELECT sum(length(forms) + length(places) + length(sentences)) FROM word_index")
    forms = count(
        "SELECT sum(length(form) + length(lemmas) + length(others) + length(parts) + 12)"
        " FROM word_form"
    )
    return round((texts.fetchone()[0] + forms.fetchone()[0]) / 1e6, 1)


def _searches(session: Session) -> dict[str, Figure]:
    figures: dict[str, Figure] = {}
    queries: Sequence[tuple[str, Search]] = (
        ("a word", Search("veileder")),
        ("a phrase", Search("det er veileder")),
        ("a part of a compound", Search("~strategi")),
        ("NEAR and AND", Search("(veileder NEAR/5 bruker) AND møte")),
        (
            "a word in 30 offices' limit",
            Search("veileder", limits=Limits(where=(("case", "Kontor 03"),))),
        ),
    )
    searcher = Searcher(session)
    for name, query in queries:
        assert len(searcher.find(query)) > 0
        taken = milliseconds(lambda query=query: _first(session, query), 9)
        figures[f"words: first hits of {name}"] = Figure(median(taken), "ms", 50)
    found = searcher.find(Search("veileder OR bruker"))
    assert len(found) > 2_000
    import numpy as np

    rows = np.linspace(0, len(found) - 1, 2_000).astype(np.int64)
    taken = milliseconds(lambda: list(searcher.hits(chosen(found, rows))), 5)
    figures["words: 2,000 hits in context, from all sources"] = Figure(median(taken), "ms", 200)
    return figures


def _lists(session: Session) -> dict[str, Figure]:
    """Measure lists of words: of one half of the offices against the other."""
    counter = WordCounter(Searcher(session))
    group = Limits(where=tuple(("case", f"Kontor {number:02}") for number in range(1, 16)))
    assert len(counter.compare(group, None, 500)) == 500
    taken = milliseconds(lambda: WordCounter(Searcher(session)).compare(group, None, 500), 5)
    seconds = round(median(taken) / 1000, 2)
    figures = {"words: what sets two groups of offices apart": Figure(seconds, "s", 1)}
    taken = milliseconds(lambda: counter.frequencies_by(Limits(), "case", 500), 3)
    seconds = round(median(taken) / 1000, 2)
    figures["words: 500 words by 30 offices"] = Figure(seconds, "s", 5)
    return figures


def _first(session: Session, query: Search) -> None:
    """Search, and read the first screen of hits."""
    import numpy as np

    searcher = Searcher(session)
    found = searcher.find(query)
    assert list(searcher.hits(chosen(found, np.arange(min(40, len(found))))))
