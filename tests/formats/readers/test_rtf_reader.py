import random
from pathlib import Path

import pytest

from qda.formats.readers import read_file, reread, rtf_parser, story_text
from qda.model.errors import FileProblem
from qda.model.reading import ReadDocument

DATA = Path(__file__).parents[2] / "data" / "readers"


def read(body: str, head: str = "") -> ReadDocument:
    return reread(f"{{\\rtf1\\ansi{head} {body}}}".encode("latin-1"), "a.rtf")


def text(body: str, head: str = "") -> str:
    return read(body, head).text


def problem(source: bytes) -> str:
    with pytest.raises(FileProblem) as caught:
        reread(source, "a.rtf")
    return str(caught.value)


def test_what_libreoffice_made_of_a_word_document_reads_the_same() -> None:
    word, rtf = read_file(DATA / "samtale.docx"), read_file(DATA / "samtale.rtf")
    # LibreOffice itself loses the text box on its way to RTF.
    assert rtf.text == word.text.replace("Lapp på døra: stengt til ni.\n", "")
    assert [(one.label, one.interviewer) for one in rtf.turns] == [
        (one.label, one.interviewer) for one in word.turns
    ]
    assert rtf.notes == word.notes
    assert rtf.warnings == word.warnings


def test_paragraphs_lines_tabs_and_marks() -> None:
    body = r"a\par b\line c\tab d\~e\_f\-g\emdash h\lquote i\rquote\par\par \{j\}\\" + "\\\nk"
    assert text(body) == "a\nb\nc\td\u00a0e\u2011f\u00adg—h‘i’\n\n{j}\\\nk"
    assert text("en\r\n to\\par") == "en to"


def test_unicode_and_what_stands_for_it() -> None:
    assert text(r"\u229 ?\u230\'e6\u-3913 ?") == "åæ\uf0b7"
    assert text(r"\uc2 \u8211\'96\'96x{\uc0 \u248 o}\u248 ooo") == "–xøoøo"
    assert text(r"\uc0 \u55357\uc1 \u56832\'3f!") == "😀!"
    assert text(r"{\upr{ANSI}{\*\ud{\u216 O}}}x") == "x"
    assert text(r"\u229 }\par") == "å"


def test_code_pages_of_the_document_and_of_fonts() -> None:
    fonts = (
        r"{\fonttbl{\f0 Arial;}{\f1\fcharset204 Arial Cyr;}{\f2\fcharset2 Symbol;}"
        r"{\f3\fcharset128 MS Mincho;}{\f4\fcharset2 Wingdings;}}"
    )
    body = r"\f0\'e5{\f1 \'ff\'e0}\f2\'b7\f3\'93\'fa\'96{\f4\'fc}"
    assert text(body, fonts).strip() == "åяа•日\ufffd✓"
    assert text(r"\'86", r"\pc") == "å"
    assert text(r"\'8c", r"\mac") == "å"
    assert text(r"\'e5\'f9", r"\ansicpg1251") == "ещ"
    assert text("\xe5 rå") == "å rå"
    assert "could not be read" in str(read(r"a\'81").warnings[0])


def test_what_is_no_text_is_out() -> None:
    body = (
        r"{\info{\title HEMMELIG}}{\*\ukjent BORTE}{\header TOPP\par}{\pict 00ff}"
        r"a{\field{\*\fldinst HYPERLINK x}{\fldrslt lenke}}{\xe{\v ord}}"
        r"{\deleted borte}{\v skjult}b{\object{\*\objdata 00}{\result c}}"
        r"{\*\bkmkstart m}{\*\shppict{\pict 0}}\bin5 {{}}}d"
    )
    document = read(body)
    assert document.text == "alenkebcd"
    assert "1 piece of hidden text" in str(document.warnings[0])


def test_bold_names_and_labels_of_lists() -> None:
    body = "".join(
        rf"{{\b {name}}} {words}\par "
        for name, words in [("Tora", "Ja."), ("Odd", "Nei."), ("Tora", "Jo."), ("Odd", "Vel.")]
    )
    assert [turn.label for turn in read(body).turns] == ["Tora", "Odd", "Tora", "Odd"]
    listed = r"{\listtext\pard 1.\tab}a\par{\listtext\'b7\tab}b\par{\pntext -\tab}c\par d"
    assert text(listed) == "1. a\n• b\n- c\nd"


def test_tables_give_lines_with_tabs() -> None:
    row = r"\trowd\intbl {}\cell {}\cell\row "
    rows = [("Leder", "Ja."), ("Intervjuer", "Når?"), ("Leder", ""), ("", "Nå.")]
    document = read("".join(row.format(*one) for one in rows) + r"\pard etter\par")
    assert document.text == "Leder\tJa.\nIntervjuer\tNår?\nLeder\t\n\tNå.\netter"
    assert [turn.label for turn in document.turns] == ["Leder", "Intervjuer", "Leder"]
    inner = r"\intbl a\par b\nestcell c\nestcell{\*\nesttableprops\trowd\nestrow}"
    nested = inner + r"{\nonesttables\par}d\cell e\cell\row"
    assert text(nested) == "a\nb\tc\nd\te"


def test_notes_stand_apart() -> None:
    body = (
        r"a{\super\chftn}{\footnote\pard {\super\chftn} Fot\par note}b"
        r"{\footnote\ftnalt Slutt}{\*\atrfstart 7}cd{\*\atrfend 7}"
        r"{\*\atnid T}{\*\atnauthor Tora}\chatn{\*\annotation{\*\atnref 7}{\*\atndate 1}Sjekk}e"
        r"{\*\atnauthor Odd}{\*\annotation Her}"
    )
    document = read(body)
    assert document.text == "abcde"
    assert [(n.kind, n.start, n.end, n.author, n.text) for n in document.notes] == [
        ("footnote", 1, 1, "", "Fot\nnote"),
        ("endnote", 2, 2, "", "Slutt"),
        ("comment", 2, 4, "Tora", "Sjekk"),
        ("comment", 5, 5, "Odd", "Her"),
    ]


def test_boxes_come_once_after_their_paragraph() -> None:
    shape = r"{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt boks\par}}{\shprslt boks}}"
    assert text(rf"a{shape}b\par c") == "ab\nboks\nc"
    assert text(rf"{shape}\par c") == "boks\nc"


def test_what_is_no_rtf() -> None:
    assert "no RTF document" in problem(b"Dette er ikke RTF.")
    assert "no text in it" in problem(b"{\\rtf1}")
    assert reread(b"\xef\xbb\xbf\n{\\rtf1 a}", "a.rtf").text == "a"


def test_deep_and_endless_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "too deeply" in problem(b"{\\rtf1 a" + b"{" * 100_000)
    assert text("{" * 1500 + "a" + "}" * 5000) == "a"
    footnotes = b"{\\rtf1 a" + b"{\\footnote b" * 1500
    assert reread(footnotes, "a.rtf").text == "a"
    monkeypatch.setattr(rtf_parser, "MAX_TOKENS", 50_000)
    assert "too big" in problem(b"{\\rtf1 a" + b"{}" * 100_000)


def test_endless_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(story_text, "MAX_PIECES", 1_000)
    assert "too much text" in problem(b"{\\rtf1 a" + b"\\par b" * 2_000)
    monkeypatch.setattr(rtf_parser, "MAX_NOTES", 10)
    assert "too big" in problem(b"{\\rtf1 a" + b"{\\footnote b}" * 20)


def test_broken_files() -> None:
    assert reread(b"{\\rtf1 a\\", "a.rtf").text == "a"
    assert text(r"a\bin99999999999 b") == "a"
    assert text(r"a}b}}c") == "abc"
    assert text(r"\u99999999 ?a\f77\'e5\cpg1\fcharset9\uc-5\u229 b") == "aååb"


def unharmed(source: bytes) -> None:
    try:
        assert reread(source, "a.rtf").text
    except FileProblem as error:
        assert "a.rtf" in str(error)  # noqa: PT017


def test_mutated_files() -> None:
    whole = (DATA / "samtale.rtf").read_bytes()
    rng = random.Random(31)
    signs = rb"{}\'*0u \n-"
    for _ in range(110):
        source = bytearray(whole)
        for _ in range(rng.randint(1, 30)):
            at = rng.randrange(len(source))
            source[at : at + rng.randint(0, 3)] = bytes([rng.choice(signs), rng.randrange(256)])
        unharmed(bytes(source))
    for length in range(0, len(whole), len(whole) // 40):
        unharmed(whole[:length])
