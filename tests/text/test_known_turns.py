from qda.model.reading import ReadTurn
from qda.text.known_turns import settle_turns
from qda.text.turn_finding import turn_heads

TEXT = "Int: Hva?\nOdd: Ja.\nint: Når?\nNå."
TURNS = (
    ReadTurn(0, 5, 9, "Int", interviewer=False, time_ms=0),
    ReadTurn(10, 15, 18, "Odd", interviewer=False, time_ms=5),
    ReadTurn(19, 24, 28, "int", interviewer=False, time_ms=7),
    ReadTurn(29, 29, 32, "", interviewer=False, time_ms=9),
)


def test_interviewers_are_marked_and_spellings_are_one() -> None:
    settled = settle_turns(TEXT, TURNS, {})
    assert [one.label for one in settled] == ["Int", "Odd", "Int", ""]
    assert [one.interviewer for one in settled] == [True, False, True, False]
    assert [one.time_ms for one in settled] == [0, 5, 7, 9]


def test_a_label_that_is_nobody_goes_on_the_turn_before() -> None:
    settled = settle_turns(TEXT, TURNS, {"odd": "none"})
    assert [TEXT[one.start : one.end] for one in settled] == ["Hva?\nOdd: Ja.", "Når?", "Nå."]
    assert settle_turns(TEXT, TURNS[1:2], {"Odd": "none"}) == ()


def test_heads_of_turns_in_wrapped_lines() -> None:
    lines = (
        "Intervjuer: Hva skjer\nnår dere måler?\nLeder:  Ingenting\nav seg selv.\nIntervjuer: Nei."
    )
    heads = turn_heads(lines)
    assert [(one.line, one.label) for one in heads] == [
        (0, "Intervjuer"), (2, "Leder"), (4, "Intervjuer"),
    ]  # fmt: skip
    assert lines.split("\n")[2][heads[1].text_start :].strip() == "Ingenting"
