import pytest

from qda.model.reading import Hyphens
from qda.text.hyphens import HyphenJoiner, WordEvidence, classify

TEXT = (
    "Arbeidet ved Nav-kontoret heter oppfølging, og Nav har mange Nav-ansatte i Agder. "
    "Målstyring er noe annet. Vi har e-post, en kompetansestrategi og et her-og-nå-problem. "
    "Leder forteller.\n"
)


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        ("opp", "følging", "soft"),
        ("Nav", "kontoret", "hard"),
        ("Nav", "kontor", "hard"),
        ("NAV", "kontor", "hard"),
        ("Agder", "modellen", "hard"),
        ("mål", "og", "suspended"),
        ("stats", "eller", "suspended"),
        ("fort", "eller", "soft"),
        ("fem", "til", "suspended"),
        ("e", "post", "hard"),
        ("kompe", "tansestrategi", "soft"),
        ("ukjent", "ord", "soft"),
        ("Nord", "Norge", "hard"),
        ("1900", "tallet", "hard"),
        ("2008", "2009", "hard"),
        ("ikke", "statlig", "hard"),
        ("inter", "rater-mål", "hard"),
        ("NAV-kon", "toret", "soft"),
    ],
)
def test_kinds_of_hyphens(left: str, right: str, kind: str) -> None:
    assert classify(left, right, WordEvidence(TEXT)) == kind


def test_a_compound_with_nav_keeps_its_hyphen_without_any_evidence() -> None:
    assert classify("Nav", "kontor", WordEvidence("Ingenting om det.")) == "hard"


def test_evidence_leaves_the_places_themselves_out() -> None:
    evidence = WordEvidence("opp-\nfølging og opp-  \n\n følging, Nav-\nkontor")
    assert [evidence.count(word) for word in ("opp", "følging", "kontor", "og")] == [0, 0, 0, 1]


def seams(mode: Hyphens, choices: dict[str, bool] | None = None) -> list[tuple[int, str]]:
    joiner = HyphenJoiner(TEXT, mode, choices or {})
    places = [
        ("ny opp-", "følging"),
        ("et Nav-", "kontor"),
        ("mål-", "og"),
        ("19-", "20"),
        ("x", "y"),
    ]
    return [joiner.seam(left, right) for left, right in places]


def test_modes() -> None:
    rest = [(0, " "), (0, ""), (0, " ")]
    assert seams("auto") == [(1, ""), (0, ""), *rest]
    assert seams("keep") == [(0, ""), (0, ""), *rest]
    assert seams("join") == [(1, ""), (1, ""), *rest]


def test_choices_win_over_the_mode() -> None:
    answers = {"hyphen:opp|følging": False, "hyphen:Nav|kontor": True}
    assert seams("auto", answers)[:2] == [(0, ""), (1, "")]


def test_decisions_say_both_outcomes_and_count() -> None:
    joiner = HyphenJoiner(TEXT, "auto", {})
    for _ in range(3):
        joiner.seam("opp-", "følging")
    joiner.seam("Nav-", "kontor.")
    joiner.seam("mål-", "og")
    found = [(d.key, d.before, d.after, d.count, d.applied) for d in joiner.decisions()]
    assert found == [
        ("hyphen:opp|følging", "opp-følging", "oppfølging", 3, True),
        ("hyphen:Nav|kontor", "Nav-kontor", "Navkontor", 1, False),
    ]


def test_a_soft_hyphen_at_the_line_end_always_goes() -> None:
    assert HyphenJoiner("", "keep", {}).seam("opp\u00ad", "følging") == (1, "")


@pytest.mark.parametrize("filler", ["a", "a-", "-", "a-\n", " ", "\n", "å-\n\n "])
def test_hostile_repetition_takes_no_time(filler: str) -> None:
    HyphenJoiner(filler * 50_000, "auto", {}).seam(filler * 50_000, filler * 50_000)
