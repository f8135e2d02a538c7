"""Found places with the words around them, and how much of the text a coding of one takes."""

from hypothesis import given
from hypothesis import strategies as st

from qda.text.finding import find_all
from qda.text.hits import REACH, Said, Turns, hits_of, spread

TEXT = """Intervjuer: Hva teller dere?
Veileder: Vi teller planer. Hver veileder teller sine. Ikke folk.
Intervjuer: Hvem ser på tallene?
"""


def turn(number: int, label: str, said: str) -> Said:
    """Return the turn in which something is said."""
    start = TEXT.index(said)
    return Said(number, start - len(label) - 2, start, start + len(said), label)


TURNS = Turns(
    [
        turn(1, "Intervjuer", "Hva teller dere?"),
        turn(2, "Veileder", "Vi teller planer. Hver veileder teller sine. Ikke folk."),
        turn(3, "Intervjuer", "Hvem ser på tallene?"),
    ]
)


def test_a_hit_says_its_turn_and_what_stands_around_it_there() -> None:
    hits = hits_of(TEXT, find_all(TEXT, "teller"), TURNS)
    assert [(hit.turn, hit.speaker) for hit in hits] == [
        (1, "Intervjuer"), (2, "Veileder"), (2, "Veileder"),
    ]  # fmt: skip
    assert (hits[0].before, hits[0].found, hits[0].after) == ("Hva ", "teller", " dere?")
    assert hits[1].after == " planer. Hver veileder teller sine. Ikke folk."


def test_the_name_of_a_speaker_is_nothing_said() -> None:
    hits = hits_of(TEXT, find_all(TEXT, "veileder"), TURNS)
    assert [TEXT[hit.start : hit.end] for hit in hits] == ["veileder"]
    assert hits_of(TEXT, find_all(TEXT, "intervjuer"), TURNS) == ()
    # Words that go from one turn on into the next speaker's name are nothing said either.
    assert hits_of(TEXT, find_all(TEXT, "dere? Veileder"), TURNS) == ()


def test_context_is_cut_between_words_and_stands_on_one_line() -> None:
    text = "ordet " * 60 + "\n\nher\tstår plan\n" + "videre " * 60
    (hit,) = hits_of(text, find_all(text, "plan"), Turns([]))
    assert hit.turn == 0
    assert "\n" not in hit.before + hit.after
    assert hit.before.endswith("her står ")
    assert hit.before.startswith("ordet")
    assert hit.after.endswith("videre")
    assert len(hit.before) <= REACH


def test_a_coding_takes_the_words_the_sentence_or_the_turn() -> None:
    (first, _) = (place for place in find_all(TEXT, "teller") if place[0] > 40)
    taken = {
        how: TEXT[slice(*spread(TEXT, *first, how, TURNS))] for how in ("words", "sentence", "turn")
    }
    assert taken["words"] == "teller"
    assert taken["sentence"] == "Vi teller planer."
    assert taken["turn"] == "Vi teller planer. Hver veileder teller sine. Ikke folk."


def test_a_hit_over_two_sentences_takes_both() -> None:
    (place,) = find_all(TEXT, "planer. Hver")
    got = TEXT[slice(*spread(TEXT, *place, "sentence", TURNS))]
    assert got == "Vi teller planer. Hver veileder teller sine."


def test_without_turns_the_paragraph_is_taken() -> None:
    text = "Først dette.\nSå kommer plan to. Og mer.\nTil slutt."
    (place,) = find_all(text, "plan")
    none = Turns([])
    assert text[slice(*spread(text, *place, "turn", none))] == "Så kommer plan to. Og mer."
    assert text[slice(*spread(text, *place, "sentence", none))] == "Så kommer plan to."


@given(
    st.text(alphabet="ab .\n\u00e5\u0301\U0001f600", max_size=80),
    st.sampled_from(["a", "b a", "å"]),
    st.sampled_from(["words", "sentence", "turn"]),
)
def test_what_is_taken_holds_the_hit_and_lies_in_the_text(text: str, query: str, how: str) -> None:
    for start, end in find_all(text, query):
        low, high = spread(text, start, end, how, Turns([]))  # pyright: ignore[reportArgumentType]
        assert 0 <= low <= start < end <= high <= len(text)
        (hit,) = hits_of(text, [(start, end)], Turns([]))
        assert hit.found.split() == text[start:end].split()
