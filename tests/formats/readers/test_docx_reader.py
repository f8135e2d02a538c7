import io
import random
import zipfile

import docx
import pytest

from qda.formats.readers import reread
from qda.model.errors import FileProblem
from qda.model.reading import ReadDocument

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/'
    '2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def wrap(root: str, inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {NAMESPACES}>{inner}</w:{root}>'


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(inner: str, properties: str = "") -> str:
    if not inner.startswith("<"):
        inner = run(inner) if inner else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def make_docx(
    body: str, raw: dict[str, str] | None = None, parts: dict[str, str] | None = None
) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", CONTENT_TYPES)
        package.writestr("_rels/.rels", RELATIONS)
        package.writestr("word/document.xml", wrap("document", f"<w:body>{body}</w:body>"))
        for name, inner in (parts or {}).items():
            package.writestr(f"word/{name}.xml", wrap(name, inner))
        for name, content in (raw or {}).items():
            package.writestr(name, content)
    return out.getvalue()


def read(body: str, **parts: str) -> ReadDocument:
    return reread(make_docx(body, parts=parts), "a.docx")


def text(body: str, **parts: str) -> str:
    return read(body, **parts).text


def test_paragraphs_are_separated_by_one_newline() -> None:
    assert text(para("Ett") + para("") + para("To")) == "Ett\n\nTo"


def test_breaks_tabs_and_hyphens() -> None:
    body = para(
        "<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:cr/><w:t>c</w:t><w:tab/><w:t>d</w:t>"
        '<w:noBreakHyphen/><w:t>e</w:t><w:softHyphen/><w:t>f</w:t><w:br w:type="page"/>'
        "<w:t>g</w:t><w:lastRenderedPageBreak/></w:r>"
    )
    assert text(body) == "a\nb\nc\td\u2011e\u00adfg"


def test_line_ends_in_the_file_are_spaces() -> None:
    assert text(para("en\nto")) == "en to"


def test_deleted_and_moved_text_is_out_and_inserted_text_is_in() -> None:
    body = para(
        run("Vi ")
        + f"<w:del>{run('ikke ').replace('w:t', 'w:delText')}</w:del>"
        + f"<w:ins>{run('alltid ')}</w:ins>"
        + f"<w:moveFrom>{run('her ')}</w:moveFrom>"
        + f"<w:moveTo>{run('der ')}</w:moveTo>"
        + run("gjør det.")
    )
    assert text(body) == "Vi alltid der gjør det."


def test_a_deleted_paragraph_mark_joins() -> None:
    body = para("Først", "<w:rPr><w:del/></w:rPr>") + para(" og sist") + para("Ny")
    assert text(body) == "Først og sist\nNy"


def test_a_deleted_row_is_out() -> None:
    row = "<w:tr>{}<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"
    body = (
        "<w:tbl>" + row.format("", "A") + row.format("<w:trPr><w:del/></w:trPr>", "B") + "</w:tbl>"
    )
    assert text(body) == "A"


def test_field_codes_are_out_and_results_in() -> None:
    def field(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = "<w:r><w:instrText>PAGEREF x</w:instrText></w:r>"
    inner = field("begin") + run("IKKE") + field("separate") + run("IKKE") + field("end")
    body = para(
        run("Se side ") + field("begin") + code + inner + field("separate") + run("7")
        + field("end") + run(".") + f'<w:fldSimple w:instr="DATE">{run(" I dag")}</w:fldSimple>'
    )  # fmt: skip
    assert text(body) == "Se side 7. I dag"


def test_a_broken_field_hides_no_more_than_its_paragraph() -> None:
    body = para(run("a") + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("b")) + para("c")
    assert text(body) == "a\nc"


def test_links_controls_and_formulas_are_kept() -> None:
    body = (
        para(
            f"<w:hyperlink>{run('lenke')}</w:hyperlink>" + run(" og ")
            + f"<w:sdt><w:sdtPr/><w:sdtContent>{run('felt')}</w:sdtContent></w:sdt>"
        )
        + f"<w:sdt><w:sdtContent>{para('Avsnitt i felt')}</w:sdtContent></w:sdt>"
        + para("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>")
    )  # fmt: skip
    assert text(body) == "lenke og felt\nAvsnitt i felt\nx=1"


BOX = "<wps:wsp><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></wps:wsp>"
VML = "<w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict>"


def test_text_boxes_come_once_after_their_paragraph() -> None:
    box = para("I boksen")
    both = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{BOX.format(box)}'
        f"</w:drawing></mc:Choice><mc:Fallback>{VML.format(box)}</mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert text(para(run("Før ") + both + run("etter.")) + para("Neste")) == (
        "Før etter.\nI boksen\nNeste"
    )
    assert text(para(f"<w:r>{VML.format(box)}</w:r>")) == "I boksen"


def test_the_fallback_is_taken_where_the_choice_has_no_text() -> None:
    inner = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="x"><a:graphic/></mc:Choice>'
        f"<mc:Fallback>{VML.format(para('Reserve'))}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert text(para(inner)) == "Reserve"


def test_hidden_text_is_out_with_a_warning() -> None:
    document = read(para(run("Synlig") + run(" skjult", "<w:vanish/>")))
    assert document.text == "Synlig"
    assert [str(one) for one in document.warnings] == ["1 piece of hidden text was left out."]
    assert text(para(run("Synlig", '<w:vanish w:val="0"/>'))) == "Synlig"


def test_symbols() -> None:
    def sym(font: str, char: str) -> str:
        return f'<w:r><w:sym w:font="{font}" w:char="{char}"/></w:r>'

    inner = sym("Wingdings", "F0E0") + sym("Symbol", "F061") + sym("Arial", "00E5") + sym("X", "zz")
    assert text(para(inner)) == "→αå"


def cell(*paragraphs: str) -> str:
    return f"<w:tc>{''.join(map(para, paragraphs))}</w:tc>"


def table(*rows: list[str]) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows) + "</w:tbl>"


def test_tables_stand_in_order_and_nested_ones_too() -> None:
    nested = table([cell("x"), cell("y")])
    body = (
        para("Før")
        + table([cell("a"), cell("b", "c")], [cell(""), f"<w:tc>{nested}{para('')}</w:tc>"])
        + para("Etter")
    )
    assert text(body) == "Før\na\tb\nc\n\tx\ty\n\nEtter"


def test_a_table_of_two_columns_tells_who_speaks() -> None:
    rows = [("Berit", "Hva nå?"), ("Lars", "Vi venter."), ("Berit", "På hva?"), ("Lars", "Svar.")]
    document = read(table(*[[cell(who), cell(what)] for who, what in rows]))
    assert [(turn.label, document.text[turn.start : turn.end]) for turn in document.turns] == rows


def test_a_table_of_three_columns_with_times() -> None:
    rows = [("00:01", "Intervjuer", "Hva?"), ("00:05", "Leder", "Det.")]
    document = read(table(*[[cell(one) for one in row] for row in rows]))
    assert [(turn.label, turn.time_ms) for turn in document.turns] == [
        ("Intervjuer", 1000), ("Leder", 5000),
    ]  # fmt: skip


def test_bold_names_are_labels() -> None:
    bold = "<w:b/>"
    body = "".join(
        para(run(who, bold) + run(what))
        for who, what in [
            ("Berit", " Hva nå?"),
            ("Lars:", " Vi venter."),
            ("Berit ", "Ja."),
            ("Lars", ": Nei."),
        ]
    )
    document = read(body)
    assert [(turn.label, document.text[turn.start : turn.end]) for turn in document.turns] == [
        ("Berit", "Hva nå?"),
        ("Lars", "Vi venter."),
        ("Berit", "Ja."),
        ("Lars", "Nei."),
    ]


def test_bold_by_style_and_after_a_line_break() -> None:
    styles = (
        '<w:style w:styleId="Base"><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:styleId="Navn"><w:basedOn w:val="Base"/></w:style>'
    )
    name = '<w:rStyle w:val="Navn"/>'
    inner = "".join(
        run(who, name) + run(" Ja, så.") + "<w:r><w:br/></w:r>" for who in ["Berit", "Lars"] * 2
    )
    assert read(para(inner), styles=styles).speakers == ("Berit", "Lars")


def level(at: int, form: str, pattern: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "decimal", "%1.") + level(1, "lowerLetter", "%2)") + level(2, "upperRoman", "%1.%3")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="1">' + level(0, "bullet", "\uf0b7")
    + level(1, "bullet", "-") + "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
)  # fmt: skip


def item(words: str, at: int, number: int = 1) -> str:
    return para(words, f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>')


def test_numbering_levels_restarts_and_bullets() -> None:
    body = (
        item("a", 0) + item("b", 1) + item("c", 1) + item("d", 2) + item("e", 0) + item("f", 1)
        + para("mellom") + item("g", 0) + item("h", 0, 2) + item("i", 1, 2) + item("j", 0, 3)
        + item("k", 0, 0) + item("l", 0, 99) + item("", 0, 3) + item("m", 0, 3)
    )  # fmt: skip
    assert text(body, numbering=NUMBERING).split("\n") == [
        "1. a", "a) b", "b) c", "1.I d", "2. e", "a) f", "mellom", "3. g", "• h", "- i", "5. j",
        "k", "l", "", "7. m",
    ]  # fmt: skip


def test_numbering_by_style() -> None:
    listed = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = f'<w:style w:styleId="Liste">{listed}</w:style>'
    body = para("a", '<w:pStyle w:val="Liste"/>') + para("b", '<w:pStyle w:val="Liste"/>')
    assert text(body, numbering=NUMBERING, styles=styles) == "1. a\n2. b"


def test_numbered_turns() -> None:
    body = "".join(item(f"{who}: Ja.", 0) for who in ["Intervjuer", "Leder", "Intervjuer"])
    document = read(body, numbering=NUMBERING)
    assert [turn.label for turn in document.turns] == ["Intervjuer", "Leder", "Intervjuer"]
    assert document.text[document.turns[0].start : document.turns[1].label_start] == "Ja.\n"


def test_comments_and_notes_are_kept_apart_at_their_places() -> None:
    body = para(
        run("Vi ") + '<w:commentRangeStart w:id="1"/>' + run("måler")
        + '<w:commentRangeEnd w:id="1"/>'
        + '<w:r><w:commentReference w:id="1"/></w:r>' + run(" alt")
        + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run(".")
        + '<w:r><w:endnoteReference w:id="3"/></w:r>'
    )  # fmt: skip
    note = para("<w:r><w:footnoteRef/></w:r>" + run(" Nesten alt."))
    document = read(
        body,
        comments=f'<w:comment w:id="1" w:author="Kari">{para("Hva?")}{para("Hvor?")}</w:comment>',
        footnotes=f'<w:footnote w:id="0">{para("")}</w:footnote>'
        f'<w:footnote w:id="2">{note}</w:footnote>',
        endnotes=f'<w:endnote w:id="3">{para("Slutt.")}</w:endnote>',
    )
    assert document.text == "Vi måler alt."
    assert [
        (note.kind, document.text[note.start : note.end], note.start, note.author, note.text)
        for note in document.notes
    ] == [
        ("comment", "måler", 3, "Kari", "Hva?\nHvor?"),
        ("footnote", "", 12, "", "Nesten alt."),
        ("endnote", "", 13, "", "Slutt."),
    ]


def test_headers_and_footers_are_left_out() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Topptekst"
    document.sections[0].footer.paragraphs[0].text = "Bunntekst"
    document.add_paragraph("Selve teksten")
    document.add_table(1, 2).cell(0, 1).text = "celle"
    out = io.BytesIO()
    document.save(out)
    assert reread(out.getvalue(), "a.docx").text == "Selve teksten\n\tcelle"


def test_embedded_documents_are_mentioned() -> None:
    document = read(para("Tekst") + "<w:altChunk/>")
    assert [str(one)[:19] for one in document.warnings] == ["1 embedded document"]


def test_the_strict_namespace() -> None:
    strict = wrap("document", f"<w:body>{para('Streng')}</w:body>").replace(
        W, "http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    relations = (
        '<Relationships><Relationship Type="http://purl.oclc.org/ooxml/officeDocument/relationships'
        '/officeDocument" Target="/word/strict.xml"/></Relationships>'
    )
    source = _zip({"_rels/.rels": relations, "word/strict.xml": strict})
    assert reread(source, "a.docx").text == "Streng"


def _zip(members: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return out.getvalue()


def problem(source: bytes) -> str:
    with pytest.raises(FileProblem) as caught:
        reread(source, "a.docx")
    return str(caught.value)


def test_what_is_no_word_document() -> None:
    assert problem(b"hei") == "a.docx is damaged or is no Word document."
    assert problem(_zip({"xl/workbook.xml": "<a/>"})) == "a.docx is no Word document."
    assert problem(_zip({"word/document.xml": "<a/>"})) == "a.docx is no Word document."
    assert problem(_zip({"word/document.xml": "ikke xml"})).startswith("a.docx is damaged")
    assert problem(make_docx("")) == "a.docx has no text in it."


def test_encrypted_and_old() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert "old format" in problem(ole)
    assert "password" in problem(ole + "EncryptedPackage".encode("utf-16-le"))
    source = bytearray(make_docx(para("a")))
    for at in range(len(source) - 4):
        if source[at : at + 4] == b"PK\x01\x02":
            source[at + 8] |= 1
    assert "password" in problem(bytes(source))


@pytest.mark.parametrize("name", ["../ut.xml", "/etc/x", "word/../../x", "..\\x", "C:/x"])
def test_members_that_climb_out(name: str) -> None:
    assert "written outside" in problem(make_docx(para("a"), {name: "x"}))


def test_dtd_and_entities() -> None:
    evil = '<!DOCTYPE w:document [<!ENTITY a "aaaa">]>' + wrap("document", "").partition("?>")[2]
    assert "DTD" in problem(_zip({"word/document.xml": evil}))
    utf16 = ('<?xml version="1.0" encoding="UTF-16"?>' + evil).encode("utf-16")
    assert "DTD" in problem(_zip({"word/document.xml": utf16}))


def test_bombs() -> None:
    bomb = _zip({"word/document.xml": b" " * 41_000_000})
    assert len(bomb) < 100_000
    assert "too big when it is unpacked" in problem(bomb)
    many = _zip({f"m{number}": "" for number in range(20_001)})
    assert "too big" in problem(many)


@pytest.mark.parametrize("depth", [90, 300, 3000])
@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"),
        ("<w:p><w:ins>", "</w:ins></w:p>"),
        ("<w:ins>", "</w:ins>"),
    ],
)
def test_deep_nesting(opening: str, closing: str, depth: int) -> None:
    source = make_docx(opening * depth + para("dypt") + closing * depth)
    try:
        assert reread(source, "a.docx").text.strip()
    except FileProblem as error:
        assert "a.docx" in error.message.say(None)  # noqa: PT017


def rich() -> bytes:
    document = docx.Document()
    for number in range(8):
        document.add_paragraph(f"Intervjuer: Spørsmål {number}?", style="List Number")
        document.add_paragraph("Leder: Svar.").add_run(" Mer.").bold = True
    document.add_table(2, 2).cell(0, 0).text = "Celle"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def unharmed(source: bytes) -> None:
    try:
        assert reread(source, "a.docx").text
    except FileProblem:
        return


def test_mutated_files() -> None:
    whole = rich()
    rng = random.Random(11)
    for _ in range(150):
        source = bytearray(whole)
        for _ in range(rng.randint(1, 30)):
            source[rng.randrange(len(source))] = rng.randrange(256)
        unharmed(bytes(source))


def test_truncated_files() -> None:
    whole = rich()
    for length in range(0, len(whole), len(whole) // 40):
        unharmed(whole[:length])


def test_mutated_xml() -> None:
    body = para(run("a", "<w:b/>")) + table([cell("b"), cell("c")]) + item("d", 1)
    xml = wrap("document", f"<w:body>{body}</w:body>").encode()
    numbering = wrap("numbering", NUMBERING).encode()
    rng = random.Random(13)
    for _ in range(150):
        parts = [bytearray(xml), bytearray(numbering)]
        for part in parts:
            for _ in range(rng.randint(0, 4)):
                at = rng.randrange(150, len(part))
                part[at : at + rng.randint(0, 3)] = bytes([rng.choice(b'<>"/w:09az \x00\xff')])
        unharmed(
            _zip({"word/document.xml": bytes(parts[0]), "word/numbering.xml": bytes(parts[1])})
        )
