"""A text meant for one page is set as small as it takes, and no smaller."""

from dataclasses import replace

from qda.formats.writeup_files.fitting import height_mm, look_of
from qda.model.writeup import Heading, TableBlock, TableCell, WriteUp, plain

SAID = "Delt etter ytelse, med egne folk for marked. Brukeren hører til en ytelse. " * 3


def profile(themes: int) -> WriteUp:
    rows = tuple((TableCell("rutiner"), TableCell(SAID), TableCell("høy")) for _ in range(themes))
    head = tuple(map(TableCell, ("Tema", "Beskrivelse", "Gradering")))
    blocks = (plain("Slik beskrives kontoret."), Heading(1, "Tema"), TableBlock("", head, rows))
    return WriteUp("NAV Nord", "Studie", "nb", blocks, one_page=True)


def test_type_shrinks_with_what_there_is_to_say() -> None:
    looks = [look_of(profile(themes)) for themes in (2, 9, 12, 14)]
    scales = [one.scale for one in looks]
    assert scales[0] == 1.0
    assert scales == sorted(scales, reverse=True)
    assert scales[-1] < 1.0
    for themes, look in zip((2, 9, 12, 14), looks, strict=True):
        assert height_mm(profile(themes), look) <= look.room[1]


def test_type_stays_readable_where_nothing_helps() -> None:
    look = look_of(profile(60))
    assert height_mm(profile(60), look) > look.room[1]
    assert look.points(9.5) >= 7
    assert look.points(9) >= 7


def test_other_texts_have_the_usual_sizes() -> None:
    text = replace(profile(60), one_page=False)
    assert look_of(text).points(11) == 11
    assert look_of(replace(text, wide=True)).room == (249, 166)
