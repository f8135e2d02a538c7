import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.model.reading import ReadTurn
from qda.text.time_stamps import parse_time
from qda.text.turn_finding import LabelHints, find_turns

_NO_HINTS = LabelHints()


def said(text: str, hints: LabelHints = _NO_HINTS) -> list[tuple[str, str]]:
    return [(turn.label, text[turn.start : turn.end]) for turn in find_turns(text, hints)]


def asking(text: str) -> set[str]:
    return {turn.label for turn in find_turns(text) if turn.interviewer}


def test_label_with_colon_and_paragraphs_that_belong_to_the_turn() -> None:
    text = "Intervjuer: Hvordan gikk det?\n\nVeileder 2: Bra.\n\nOg så ble det travelt.\n"
    turns = find_turns(text)
    assert said(text) == [
        ("Intervjuer", "Hvordan gikk det?"),
        ("Veileder 2", "Bra.\n\nOg så ble det travelt."),
    ]
    assert [turn.label_start for turn in turns] == [0, text.index("Veileder 2")]
    assert [turn.interviewer for turn in turns] == [True, False]


@pytest.mark.parametrize(
    ("line", "time"),
    [
        ("[00:12:31] Leder: Ja.", 751_000),
        ("Leder [00:12:31]: Ja.", 751_000),
        ("00:12:31 Leder: Ja.", 751_000),
        ("(12:31) Leder: Ja.", 751_000),
        ("Leder (12:31): Ja.", 751_000),
        ("Leder: [00:12:31] Ja.", 751_000),
        ("[00:12:31.250] Leder: Ja.", 751_250),
        ("#00:12:31-5# Leder: Ja.", 751_500),
        ("[00:12:31 - 00:12:40] Leder: Ja.", 751_000),
        ("[00:12:31]\nLeder: Ja.", 751_000),
        ("Leder: Ja.", None),
    ],
)
def test_time_stamps_in_every_place(line: str, time: int | None) -> None:
    text = f"Intervjuer: Hei.\n{line}\nIntervjuer: Takk."
    turn = find_turns(text)[1]
    assert (turn.label, turn.time_ms, text[turn.start : turn.end]) == ("Leder", time, "Ja.")
    assert turn.label_start == len("Intervjuer: Hei.\n")


def test_label_alone_on_its_line() -> None:
    text = "Intervjuer\nHva da?\n\nLeder 1\nIngenting.\n\nIntervjuer\nJa?\n\nLeder 1\nNei.\n"
    assert said(text)[:2] == [("Intervjuer", "Hva da?"), ("Leder 1", "Ingenting.")]
    assert len(said(text)) == 4


def test_label_alone_with_a_time_behind_it() -> None:
    text = "Speaker 1  00:12\nGood morning.\n\nSpeaker 2  00:15\nHi.\n\nSpeaker 1  00:17\nSo?\n\n"
    text += "Speaker 2  00:20\nWell."
    assert said(text)[0] == ("Speaker 1", "Good morning.")
    assert [turn.time_ms for turn in find_turns(text)] == [12_000, 15_000, 17_000, 20_000]


def test_usual_roles_alone_behind_a_time() -> None:
    text = "00:00:05 Intervjuer\nHei.\n\n00:00:09 Leder\nHei, du.\n"
    assert said(text) == [("Intervjuer", "Hei."), ("Leder", "Hei, du.")]


def test_label_before_a_tab() -> None:
    text = "Intervjuer\tHva gjør du?\nLeder\tJeg leder.\n"
    assert said(text) == [("Intervjuer", "Hva gjør du?"), ("Leder", "Jeg leder.")]


def test_names_before_tabs_must_recur() -> None:
    text = "Kari\tHei, du.\nOla\tHei.\n" * 3
    assert len(said(text)) == 6
    assert said("Oslo\ttolv ansatte\nBergen\tti ansatte\nTromsø\tåtte\n") == []


def test_markdown_names() -> None:
    text = "**Kari:** Ja.\n\n**Ola:** Nei.\n\n**Kari**: Jo.\n\n__Ola:__ Vel."
    assert said(text) == [("Kari", "Ja."), ("Ola", "Nei."), ("Kari", "Jo."), ("Ola", "Vel.")]


def test_bold_names_with_and_without_colon() -> None:
    text = "Berit Hva tenker du?\nLars: Jeg tenker.\nBerit Og så?\nLars Ikke mer."
    lines = [0]
    for line in text.split("\n")[:-1]:
        lines.append(lines[-1] + len(line) + 1)
    bold = tuple((at, at + 5) for at in lines)
    hints = LabelHints(bold=bold)
    assert [label for label, _ in said(text, hints)] == ["Berit", "Lars", "Berit", "Lars"]
    assert said(text, hints)[0] == ("Berit", "Hva tenker du?")
    assert said(text) == []


def test_bold_headings_are_nobody() -> None:
    text = "Bakgrunn\nVi startet i fjor.\nRekruttering\nDet er vanskelig."
    hints = LabelHints(bold=((0, 8), (text.index("Rekr"), text.index("Rekr") + 12)))
    assert said(text, hints) == []


def test_cells_of_a_speaker_table() -> None:
    text = "Intervjuer\tHva?\nKari\tDet.\nKari\tOg det."
    starts = [0, text.index("Kari"), text.rindex("Kari")]
    hints = LabelHints(cells=tuple((at, text.index("\t", at)) for at in starts))
    assert said(text, hints) == [
        ("Intervjuer", "Hva?"),
        ("Kari", "Det."),
        ("Kari", "Og det."),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Merk: dette er et utkast.",
        "Husk: dette er et utkast.",
        "Klokka 12: da var det mat.",
        "Saken er: vi må gjøre det.",
        "Dato: 3. mai",
        "https://example.org",
        "Se 12:30 for mer.",
    ],
)
def test_a_colon_in_running_text_is_no_speaker(line: str) -> None:
    text = f"Intervjuer: Hva skjedde?\n\nLeder: Mye.\n\n{line}\n\nLeder: Slik var det."
    assert [label for label, _ in said(text)] == ["Intervjuer", "Leder", "Leder"]
    assert said(line) == []


def test_a_report_with_lettered_lists_has_no_speakers() -> None:
    text = "Rapport om arbeidet.\n\nA: Første punkt på lista.\n\n" + "En setning til.\n\n" * 200
    assert said(text) == []


def test_a_table_of_letters_and_numbers_has_no_speakers() -> None:
    text = "A\tfjorten\nB\ttolv\nC3\tåtte\nD\tto"
    starts = [text.index(one) for one in "ABCD"]
    cells = tuple((at, text.index("\t", at)) for at in starts)
    assert said(text) == said(text, LabelHints(cells=cells)) == []
    assert [label for label, _ in said("I\tHva?\nA\tDet.")] == ["I", "A"]


def test_recurring_names_are_believed() -> None:
    text = "Kari: Hei.\nOla: Hei på deg.\nKari: Ja.\nOla: Nei."
    assert [label for label, _ in said(text)] == ["Kari", "Ola", "Kari", "Ola"]


def test_remarks_in_brackets_are_taken_off_unless_they_tell_apart() -> None:
    text = "Kari: Hei.\nOla (ler): Hei.\nKari: Ja.\nOla: Nei."
    assert [label for label, _ in said(text)] == ["Kari", "Ola", "Kari", "Ola"]
    text = "Informant (leder): Ja.\nInformant (rådgiver): Nei.\n" * 2
    assert {label for label, _ in said(text)} == {"Informant (leder)", "Informant (rådgiver)"}


def test_two_spellings_are_one_speaker() -> None:
    text = "INTERVJUER: Hei?\nLeder: Ja.\nIntervjuer: Og?\nleder: Nei."
    assert [label for label, _ in said(text)] == ["INTERVJUER", "Leder", "INTERVJUER", "Leder"]


def test_turns_without_speech_are_left_out() -> None:
    text = "Intervjuer:\nLeder: Ja.\nIntervjuer:   \n"
    assert said(text) == [("Leder", "Ja.")]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("I: Hva?\nR1: Ja.\nR2: Nei.", {"I"}),
        ("Int.: Hva?\nI: Ja.", {"Int"}),
        ("Intervjuer: Hva?\nLeder: Ja.\nI: Og?\nVeileder 2: Nei.", {"Intervjuer", "I"}),
        ("Intervjuar: Kva?\nRettleiar: Ja.", {"Intervjuar"}),
        ("F: Hva?\nI: Ja.\nF: Hvorfor?\nI: Fordi.", {"F"}),
        ("Moderator: Hva?\nDeltaker 1: Ja.\nDeltaker 2: Nei.", {"Moderator"}),
        ("Q: What?\nA: This.", {"Q"}),
        ("Forsker: Hva?\nFylkesdirektør: Ja.", {"Forsker"}),
        ("Leder: Ja.\nVeileder: Nei.", set()),
    ],
)
def test_the_interviewer_by_label(text: str, who: set[str]) -> None:
    assert asking(text) == who


def test_the_interviewer_by_questions() -> None:
    pairs = ["Kari: Hva da?\nOla: Det er en lang historie om hvordan vi kom hit, og den er god."]
    assert asking("\n".join(pairs * 4)) == {"Kari"}
    assert asking("\n".join(pairs * 2)) == set()


def test_the_user_decides() -> None:
    text = "I: Hva?\nLeder: Ja.\nPoenget: det går bra.\nLeder: Nei."
    turns = find_turns(text, speakers={"Poenget": "informant", "I": "none", "Leder": "interviewer"})
    assert [(turn.label, turn.interviewer) for turn in turns] == [
        ("Leder", True),
        ("Poenget", False),
        ("Leder", True),
    ]


def test_clock_times() -> None:
    assert parse_time("[1:02:03,5]") == 3_723_500
    assert parse_time("12:75") is None
    assert parse_time("tolv") is None


_PIECES = st.sampled_from(
    ["Intervjuer:", "I:", "Leder 1:", "Kari:", " ", "\n", "\t", "[00:01:02]", "(00:12)", "00:13",
     "\u00a0", "\u2028", "ja", "Nei.", "?", "**", "**Ola:**", "😀", "-", "R1"]
)  # fmt: skip


def check(text: str, turns: tuple[ReadTurn, ...]) -> None:
    before = 0
    for turn in turns:
        assert before <= turn.label_start < turn.start < turn.end <= len(text)
        spoken = text[turn.start : turn.end]
        assert spoken == spoken.strip()
        assert turn.label
        before = turn.end


@given(st.lists(_PIECES, max_size=40).map("".join))
def test_turns_are_ordered_disjoint_and_trimmed(text: str) -> None:
    check(text, find_turns(text))


@given(st.text(max_size=200), st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200))))
def test_hints_never_lead_astray(text: str, spans: list[tuple[int, int]]) -> None:
    hints = LabelHints(bold=tuple(spans), cells=tuple(spans[1:]))
    check(text, find_turns(text, hints, {"a": "informant"}))


@pytest.mark.parametrize("filler", [" ", "\t", "a", "(", "-", ":", "\u00a0", "1:1", "a:\n", "\n"])
def test_hostile_repetition_takes_no_time(filler: str) -> None:
    check(filler * 20_000, find_turns(filler * 20_000))
