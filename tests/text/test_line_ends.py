import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.model.reading import Hyphens, Paragraphs, ReadOptions
from qda.text.line_ends import tidy

PROSE = (
    "Da vi begynte å snakke om ordningen i fjor høst, var det mange ved kontoret som ikke trodde "
    "på den. De hadde sett slike planer før, og de visste hvor mye tid som går med til møter og "
    "skjemaer før noe skjer ute hos folk. Likevel ble vi enige om å prøve i tre måneder og se om "
    "oppfølgingen ble bedre. Etter de tre månedene var svaret ikke entydig, men de fleste ville "
    "fortsette, og det er jo et slags svar det også. Nå sitter vi her og skal forklare hva som "
    "skjedde, og det er ikke helt lett, fordi så mye annet endret seg samtidig i kommunen."
)
AUTO = ReadOptions()


def wrapped(width: int = 72) -> str:
    return "\n".join(textwrap.wrap(PROSE, width))


def test_one_turn_a_line_is_left_alone() -> None:
    text = "I: Hei?\nR: Ja, hei.\nI: mm\nR: Jeg tenkte at-\nI: Ja?\nR: nei, ikke noe.\n"
    assert tidy(text, AUTO, labels=frozenset(range(6))).text == text
    assert tidy(text, AUTO).text == text


def test_turns_between_blank_lines_are_left_alone() -> None:
    text = "".join(f"Leder: {PROSE[: 40 + 31 * n]}.\n\n" for n in range(12))
    result = tidy(text, AUTO, labels=frozenset(range(0, 24, 2)))
    assert (result.text, result.decisions, result.layout) == (text, (), "plain")


def test_short_lower_case_lines_are_left_alone() -> None:
    text = "ja\nikke helt\nmen det ble jo sånn at vi måtte vente\nog så\nvet ikke\nnei\nhm\n" * 5
    assert tidy(text, AUTO).text == text


def test_lines_beyond_any_margin_are_nobody_s_wrapping() -> None:
    turn = "Leder: " + PROSE[:300] + "\nog så sa hun at det fikk vente til over ferien en gang\n"
    text = turn + "eller kanskje lenger enn det, ingen visste det den gangen\n" + turn * 5
    labels = frozenset(at for at, line in enumerate(text.split("\n")) if line[:6] == "Leder:")
    assert tidy(text, AUTO, labels=labels).text == text


def test_wrapped_paragraphs_are_joined_and_stay_apart() -> None:
    text = f"{wrapped()}\n\n{wrapped()}\n"
    result = tidy(text, AUTO)
    assert result.layout == "wrapped"
    assert result.text == f"{PROSE}\n\n{PROSE}\n"
    (decision,) = result.decisions
    assert (decision.kind, decision.applied, decision.count) == ("paragraph", True, 14)


def test_joining_can_be_declined() -> None:
    result = tidy(wrapped(), ReadOptions(choices={"paragraph:lines": False}))
    assert result.text == wrapped()
    assert [decision.applied for decision in result.decisions] == [False]


def test_labels_begin_paragraphs() -> None:
    text = f"Leder: {wrapped()}\nVeileder: {wrapped()}"
    second = text.split("\n").index(next(x for x in text.split("\n") if x.startswith("Veil")))
    result = tidy(text, AUTO, labels=frozenset([0, second]))
    assert result.text == f"Leder: {PROSE}\nVeileder: {PROSE}"


def double_spaced(*paragraphs: str, page_after: int = 0) -> str:
    lines = [line + " " for one in paragraphs for line in [*textwrap.wrap(one, 80)]]
    text = "\n\n".join(lines)
    if page_after:
        text = text.replace("\n\n" + lines[page_after], "\n " + lines[page_after], 1)
    return text


def test_a_blank_line_after_every_line() -> None:
    result = tidy(double_spaced(PROSE, PROSE[:-1] + ".", PROSE), AUTO)
    assert result.layout == "double"
    assert result.text.split("\n") == [PROSE, PROSE, PROSE]


def test_a_page_break_in_mid_sentence() -> None:
    result = tidy(double_spaced(PROSE, PROSE, page_after=3), AUTO)
    assert result.text == f"{PROSE}\n{PROSE}"
    assert {decision.key for decision in result.decisions} == {"paragraph:lines", "paragraph:pages"}


def test_running_headers_are_dropped_and_can_be_kept() -> None:
    lines = textwrap.wrap(" ".join([PROSE] * 8), 80)
    pages = [lines[at : at + 10] for at in range(0, len(lines), 10)]
    text = "\n".join(
        " " + f"Notat om ordningen, side {number}\n\n" + "\n\n".join(page)
        for number, page in enumerate(pages, 1)
    ).lstrip()
    result = tidy(text, AUTO, pages=frozenset([0]))
    assert "Notat" not in result.text
    header = next(decision for decision in result.decisions if decision.kind == "header")
    assert (header.count, header.applied) == (len(pages), True)
    kept = tidy(text, ReadOptions(choices={header.key: False}), pages=frozenset([0]))
    assert kept.text.count("Notat") == len(pages)


def test_hyphens_in_wrapped_text() -> None:
    broken = PROSE.replace("oppfølgingen ble", "opp- følgingen ble") + " Og oppfølgingen varte."
    text = "\n".join(textwrap.wrap(broken, 72)).replace("opp- følg", "opp-\nfølg")
    assert "opp-\nfølg" in text
    assert "oppfølgingen ble" in tidy(text, AUTO).text
    assert "opp-følgingen ble" in tidy(text, ReadOptions(hyphens="keep")).text


def test_a_proven_hyphen_is_joined_in_plain_text_and_an_unproven_one_offered() -> None:
    text = "Det heter oppfølging.\nVi driver opp-\nfølging her, men jeg ville vel-\nnei.\n"
    result = tidy(text, AUTO)
    assert result.text == text.replace("opp-\n", "opp")
    assert [decision.applied for decision in result.decisions] == [True, False]
    assert "vellnei" not in result.text
    chosen = ReadOptions(choices={result.decisions[1].key: True, result.decisions[0].key: False})
    assert tidy(text, chosen).text == text.replace("vel-\n", "vel")


def test_hyphens_asked_for_in_plain_text() -> None:
    text = "mål-\nog resultat\nopp-\nfølging\nHei-\nKari\n"
    joined = tidy(text, ReadOptions(hyphens="join")).text
    assert joined == "mål-\nog resultat\noppfølging\nHei-\nKari\n"


def test_lines_and_keep_is_verbatim() -> None:
    text = " a\n\n\n b-  \nc\t\n opp-\nfølging oppfølging\n\n"
    assert tidy(text, ReadOptions("keep", "lines")).text == text


def test_blank_joins_within_paragraphs() -> None:
    options = ReadOptions("auto", "blank")
    assert tidy("a\nb\n\n\nc\nd-\ne og\n", options).text == "a b\n\n\nc d-e og\n"


def test_lists_and_headings_stay_apart() -> None:
    text = f"{wrapped()}\n• første punkt\n• andre punkt\n2.1 Neste del\n{wrapped()}"
    assert tidy(text, AUTO).text.split("\n") == [
        PROSE, "• første punkt", "• andre punkt", "2.1 Neste del", PROSE,
    ]  # fmt: skip


_LINES = st.lists(st.sampled_from(["", " ", "ab-", "cd ef", " gh", "Ij: kl", "m-n", "\t", "o."]))


@given(_LINES.map("\n".join))
def test_keep_and_lines_never_change_anything(text: str) -> None:
    assert tidy(text, ReadOptions("keep", "lines")).text == text


@given(
    _LINES.map("\n".join),
    st.sampled_from(["keep", "join", "auto"]),
    st.sampled_from(["lines", "blank", "auto"]),
)
def test_only_hyphens_and_white_space_ever_go(
    text: str, hyphens: Hyphens, paragraphs: Paragraphs
) -> None:
    result = tidy(text, ReadOptions(hyphens, paragraphs)).text

    def bare(text: str) -> str:
        return "".join(text.replace("-", "").split())

    assert bare(result) == bare(text)


def test_real_texts_lose_no_word(shared: Path) -> None:
    for path in (shared / "real").glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        result = tidy(text, AUTO)
        assert result.layout == "double"
        gone = sum(d.count for d in result.decisions if d.kind == "hyphen" and d.applied)
        before, after = "".join(text.split()), "".join(result.text.split())
        assert len(before) - len(after) == gone


@pytest.mark.parametrize(
    "filler", ["a", "-", "a-\n", ". ", "...", "\n ", "a\n\n", "(a) ", ").", "…"]
)
def test_hostile_repetition_takes_no_time(filler: str) -> None:
    for paragraphs in ("auto", "blank"):
        tidy(filler * 20_000, ReadOptions(paragraphs=paragraphs))
