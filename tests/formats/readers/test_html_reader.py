import random
from pathlib import Path

import pytest

from qda.formats.readers import html_parser, read_file, reread
from qda.model.errors import FileProblem
from qda.model.reading import ReadDocument, ReadOptions

DATA = Path(__file__).parents[2] / "data" / "readers"


def read(body: str) -> ReadDocument:
    return reread(f"<!DOCTYPE html><html><body>{body}</body></html>".encode(), "a.html")


def text(body: str) -> str:
    return read(body).text


def problem(source: bytes) -> str:
    with pytest.raises(FileProblem) as caught:
        reread(source, "a.html")
    return str(caught.value)


def test_what_libreoffice_made_of_a_word_document_reads_the_same() -> None:
    word, page = read_file(DATA / "samtale.docx"), read_file(DATA / "samtale.html")
    # Web pages know no tabs, no brackets behind numbers and no changes: LibreOffice writes it so.
    expected = word.text.replace("tabulator:\t", "tabulator: ").replace("Ja,", "Ja, nesten,")
    assert page.text == expected.replace("a) ", "a. ").replace("b) ", "b. ")
    assert [(one.label, one.interviewer) for one in page.turns] == [
        (one.label, one.interviewer) for one in word.turns
    ]
    assert [(one.kind, one.text) for one in page.notes] == [
        (one.kind, one.text) for one in word.notes if one.kind != "comment"
    ]
    assert page.notes[0].start == word.notes[0].start


def test_blocks_are_lines_and_white_space_is_collapsed() -> None:
    body = "<h1>a</h1>\n<div>b\n  c<p>d <b> e</b> f</p>g</div><br>h<br/>i<p><br></p><p>j<br></p>k"
    assert text(body) == "a\nb c\nd e f\ng\n\nh\ni\n\nj\nk"
    assert text("<pre>a\n  b\n</pre>c&nbsp;d&aring;&#229;&#xe5;&lt;") == "a\n  b\nc\u00a0dååå<"
    assert text("<p>a<p>b<o:p>&nbsp;</o:p><p><o:p>&nbsp;</o:p><p>c") == "a\nb\n\nc"


def test_an_empty_paragraph_of_libreoffice_is_one_line() -> None:
    body = "<p>a</p><p><br/>\n<br/>\n\n</p><p>b<br/><br/>c</p>"
    page = f'<meta name="generator" content="LibreOffice 7.4">{body}'
    assert reread(page.encode(), "a.html").text == "a\n\nb\n\nc"
    assert text(body) == "a\n\n\nb\n\nc"


def test_what_shows_no_text_is_out() -> None:
    body = (
        "<script>1</script><style>2</style><p>a<!-- 3 --><span style='display:none'>4</span>"
        "<template>5</template><del>6</del><ins>b</ins></p><p hidden>7</p><noscript>8</noscript>"
        "<ruby>c<rt>9</rt></ruby><select><option>10</select><textarea>d\ne</textarea>"
    )
    document = read(body)
    assert document.text == "ab\nc\nd\ne"
    assert "2 pieces of hidden text" in str(document.warnings[0])
    assert reread(b"<title>1</title><p>a", "a.htm").text == "a"


def test_lists_are_numbered() -> None:
    body = (
        '<ol start=3><li>a<li value=7><p>b</p><p>c</p><ol type="a"><li>d</ol></li><li></li>'
        '<li>e</ol><ul><li>f</ul><ul style="list-style-type:none"><li>g</ul>'
        '<ol style="list-style-type: upper-roman"><li>h</ol>'
    )
    assert text(body) == "3. a\n7. b\nc\na. d\n9. e\n• f\ng\nI. h"


def test_tables_give_lines_with_tabs_and_speakers() -> None:
    rows = [("Leder", "Ja."), ("Intervjuer", "Når?"), ("Leder", "Nå."), ("", "Vel.")]
    body = "".join(f"<tr>\n<td><p>{one}</p></td>\n<td> {two} </td></tr>\n" for one, two in rows)
    document = read(f"<table>{body}</table>etter")
    assert document.text == "Leder\tJa.\nIntervjuer\tNår?\nLeder\tNå.\n\tVel.\netter"
    assert [turn.label for turn in document.turns] == ["Leder", "Intervjuer", "Leder"]
    inner = "<table><tr><td>b<td>c</table>"
    assert text(f"<table><tr><td>a{inner}<td>d<tr><td><br><td></table>e") == "a\nb\tc\td\n\t\ne"


def test_bold_names_are_speakers() -> None:
    said = [("Tora", "Ja."), ("Odd", "Nei."), ("Tora", "Jo."), ("Odd", "Vel.")]
    for form in ("<p><b>{}</b> {}", "<p><span style='font-weight:700'>{}</span> {}"):
        document = read("".join(form.format(*one) for one in said))
        assert [turn.label for turn in document.turns] == ["Tora", "Odd", "Tora", "Odd"]


def test_notes_as_word_writes_them() -> None:
    body = (
        '<p>a<a href="#_ftn1" name="_ftnref1"><span>[1]</span></a>b '
        '<a href="#_ftn9">[9]</a></p>'
        '<div id=ftn1><p><a href="#_ftnref1">[1]</a> Noten.</p></div>'
    )
    document = read(body)
    assert document.text == "ab [9]"
    assert [(n.kind, n.start, n.text) for n in document.notes] == [("footnote", 1, "Noten.")]


def test_encodings() -> None:
    page = '<meta charset="{}"><p>blåbær</p>'
    for said, codec, told in [
        ("utf-8", "utf-8", "utf-8"),
        ("iso-8859-1", "cp1252", "cp1252"),
        ("windows-1252", "utf-8", "utf-8"),
        ("macintosh", "mac_roman", "mac-roman"),
        ("unicode_escape", "cp1252", "cp1252"),
        ("finnes ikke", "cp1252", "cp1252"),
        ("utf-16", "utf-8-sig", "utf-8-sig"),
        ("utf-8", "utf-16", "utf-16-le"),
    ]:
        document = reread(page.format(said).encode(codec), "a.html")
        assert (document.text, document.encoding) == ("blåbær", told)
    forced = reread("<p>\xe5".encode("latin-1"), "a.html", ReadOptions(encoding="cp850"))
    assert forced.text == "Õ"


def test_nothing_is_fetched_and_no_entity_grows() -> None:
    evil = '<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY x SYSTEM "file:///etc/passwd">]><p>&a;&x;b'
    assert "root:" not in reread(evil.encode(), "a.html").text
    assert (
        text('<img src="http://x.invalid/a.png"><link rel=stylesheet href="//x.invalid">a') == "a"
    )


def test_wrong_types_and_nothing() -> None:
    assert "no web page" in problem(b"%PDF-1.7")
    assert "no text in it" in problem(b"<html><body></body></html>")
    assert reread(b"bare tekst", "a.html").text == "bare tekst"
    assert reread(b"<p>a\x00b", "a.html").text == "ab"


def test_deep_and_endless_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "too deeply" in problem(b"<div>" * 100_000 + b"a")
    assert text("<b>" * 200 + "a") == "a"
    assert text("a</p></div></x>" * 10_000).startswith("a")
    monkeypatch.setattr(html_parser, "MAX_ELEMENTS", 1_000)
    assert "too big" in problem(b"<p>a" * 2_000)


def unharmed(source: bytes) -> None:
    try:
        assert reread(source, "a.html").text
    except FileProblem as error:
        assert "a.html" in str(error)  # noqa: PT017


def test_mutated_files() -> None:
    whole = (DATA / "samtale.html").read_bytes()
    rng = random.Random(41)
    signs = b"<>/&;\"'=-! \x00\xff"
    for _ in range(110):
        source = bytearray(whole)
        for _ in range(rng.randint(1, 30)):
            at = rng.randrange(len(source))
            source[at : at + rng.randint(0, 3)] = bytes([rng.choice(signs), rng.randrange(256)])
        unharmed(bytes(source))
    for length in range(0, len(whole), len(whole) // 40):
        unharmed(whole[:length])
