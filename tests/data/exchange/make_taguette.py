"""Make `taguette.sqlite3` with Taguette itself: `python make_taguette.py` where it is installed.

Everything goes through the functions that its own pages call: the conversion of files, the cutting
out of snippets, the record of commands.
"""

# pyright: basic, reportMissingImports=false
import asyncio
from datetime import datetime
from pathlib import Path

from bs4 import BeautifulSoup
from taguette import convert, database, extract

TARGET = Path(__file__).with_name("taguette.sqlite3")
LEADER = """<html><head><meta charset="utf-8"><title>x</title><style>p {}</style></head><body>
<h1>Samtale med Åse &amp; Øyvind</h1>
<p>Intervjuer: Hvordan går det på <b>tavlemøtet</b>?</p>
<p>Åse: Vi teller 😀 planer   hver mandag,
og så <i>måler</i> de &lt;oss&gt;.</p><ul><li>først det ene</li><li>så det andre</li></ul>
<table><tr><td>Nord</td><td>12</td></tr><tr><td>Sør</td><td>7</td></tr></table>
<p>Vi er&nbsp;slitne.<br>Men det går.</p></body></html>"""
NOTES = """<html><head><meta charset="utf-8"></head><body>
<p>Notat fra møtet: ingen sa noe om målene 🦊.</p><pre>
rad 1
  rad 2</pre></body></html>"""
AT = datetime(2026, 3, 1, 10, 11, 12)  # noqa: DTZ001 - as the program keeps it


def offsets(contents: str, quote: str) -> tuple[int, int]:
    """Return where a text stands, in bytes of the text between the tags, as the page counts."""
    text = BeautifulSoup(contents, "html5lib").body.get_text()
    at = text.index(quote)
    start = len(text[:at].encode())
    return start, start + len(quote.encode())


def main() -> None:
    """Write the database."""
    TARGET.unlink(missing_ok=True)
    session = database.connect(f"sqlite:///{TARGET}")()
    session.add_all([database.User(login="admin"), database.User(login="kari")])
    session.flush()
    config = {"CONVERT_TO_HTML_TIMEOUT": 60}
    for name, description in (("Tavlemøter", "Studie av <tre> kontorer"), ("Prøve", "")):
        project = database.Project(name=name, description=description, created=AT)
        session.add(project)
        session.flush()
        tags = {}
        for path, text in (
            ("interesting", "Further review required"), ("rutiner", "Faste måter"),
            ("rutiner.tavlemøte", "Stående møte"), ("mål.telling", ""),
        ):  # fmt: skip
            tags[path] = database.Tag(project=project, path=path, description=text)
            session.add(tags[path])
        session.flush()
        if name == "Prøve":
            continue
        for file, source in (("Leder Nord", LEADER), ("Notater", NOTES)):
            body = asyncio.run(
                convert.to_html_chunks(source.encode(), "text/html", f"{file}.html", config)
            )
            document = database.Document(
                name=file, description=f"Om {file}", filename=f"{file}.html", project=project,
                contents=body, created=AT,
                text_direction=database.TextDirection.LEFT_TO_RIGHT,
            )  # fmt: skip
            session.add(document)
            session.flush()
            session.add(database.Command.document_add("admin", document))
            for quote, paths, login in QUOTES[file]:
                start, end = offsets(document.contents, quote)
                highlight = database.Highlight(
                    document=document, start_offset=start, end_offset=end,
                    snippet=extract.extract(document.contents, start, end),
                )  # fmt: skip
                session.add(highlight)
                session.flush()
                used = [tags[path].id for path in paths]
                if used:
                    session.execute(
                        database.highlight_tags.insert(),
                        [{"highlight_id": highlight.id, "tag_id": tag} for tag in used],
                    )
                command = database.Command.highlight_add(login, document, highlight, used)
                command.date = AT
                session.add(command)
    session.commit()
    session.close()


QUOTES = {
    "Leder Nord": [
        ("Åse & Øyvind", ["interesting"], "admin"),
        ("på tavlemøtet", ["rutiner.tavlemøte", "interesting"], "kari"),
        ("teller 😀 planer", ["mål.telling"], "kari"),
        ("måler de <oss>", ["mål.telling"], "kari"),
        ("eneså det", ["rutiner"], "kari"),
        ("er\xa0slitne.Men", [], "kari"),
        ("Sør7", ["rutiner"], "admin"),
    ],
    "Notater": [("målene 🦊", ["mål.telling"], "kari"), ("rad 2", ["rutiner"], "admin")],
}

if __name__ == "__main__":
    main()
