"""The spaCy pipelines: tokens, sentences, keys, and a trained pipeline where one is installed."""

import sys
from pathlib import Path
from typing import Any

import pytest

from qda.language import pipeline
from qda.language.lemmas import Keys


def test_a_pipeline_gives_tokens_sentences_and_keys() -> None:
    doc = pipeline.blank("nb")("Se kap. 2. i planen. Veilederne liker styringsdialogen.")
    assert [sentence.text for sentence in doc.sents] == [
        "Se kap. 2. i planen.",
        "Veilederne liker styringsdialogen.",
    ]
    words = {token.text: token for token in doc}
    assert words["Veilederne"].lemma_ == "veileder"
    keys = words["styringsdialogen"]._.keys
    assert isinstance(keys, Keys)
    assert keys.lemmas == ("styringsdialog",)
    assert set(keys.parts) >= {"styring", "dialog"}
    assert words["."]._.keys is None


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("NAV-kontoret", ["NAV-kontoret"]),
        ("og/eller", ["og", "/", "eller"]),
        ("«Ja», sa", ["«", "Ja", "»", ",", "sa"]),
        ("f.eks. 12,5 %", ["f.eks.", "12,5", "%"]),
    ],
)
def test_the_tokeniser_keeps_compounds_whole(text: str, tokens: list[str]) -> None:
    assert [token.text for token in pipeline.tokenised(text, "nb")] == tokens


def test_english_words_with_a_hyphen_are_whole_too() -> None:
    words = [token.text for token in pipeline.tokenised("a well-known office's", "en")]
    assert words == ["a", "well-known", "office", "'s"]


def test_without_a_trained_pipeline_there_is_none() -> None:
    assert [name for name in pipeline.installed() if name.startswith("nb_")] == []
    assert pipeline.trained("nb") is None


def test_a_trained_pipeline_that_is_installed_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Write what spaCy installs for a trained pipeline: a package, its data, its entry point."""
    made = pipeline.blank("nb")
    for name in (pipeline.SENTENCES, pipeline.KEYS):
        made.remove_pipe(name)
    ruler: Any = made.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PER", "pattern": "Solveig"}])
    package = tmp_path / "nb_trial_sm"
    package.mkdir()
    made.to_disk(package / "data")
    (package / "__init__.py").write_text(
        "from pathlib import Path\n"
        "from spacy.util import load_model_from_path\n"
        "def load(**overrides):\n"
        "    return load_model_from_path(Path(__file__).parent / 'data', **overrides)\n",
        encoding="utf-8",
    )
    info = tmp_path / "nb_trial_sm-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: nb_trial_sm\nVersion: 1.0\n", encoding="utf-8"
    )
    (info / "entry_points.txt").write_text(
        "[spacy_models]\nnb_trial_sm = nb_trial_sm\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    assert pipeline.installed() == ("nb_trial_sm",)
    assert pipeline.trained("nn") is None
    trained = pipeline.trained("nb")
    assert trained is not None
    doc = trained("Solveig leder teamet. Hun liker det.")
    assert [(entity.text, entity.label_) for entity in doc.ents] == [("Solveig", "PER")]
    assert len(list(doc.sents)) == 2
    assert doc[2]._.keys.lemmas[0] == "team"
    sys.modules.pop("nb_trial_sm", None)
