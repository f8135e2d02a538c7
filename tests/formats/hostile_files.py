"""Files that mean harm, each read in a process that may take no more than a gigabyte.

`python -m tests.formats.hostile_files FOLDER` prints, as JSON, what became of each. The process is
one of its own, since its memory is limited for good.
"""

import io
import json
import resource
import sqlite3
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path

from qda.formats.codebooks import read_codebook
from qda.formats.exchange.questions import OpenQuestions
from qda.formats.exchange.reading import read_exchange
from qda.formats.readers import known_endings, read_file
from qda.model.errors import FileProblem
from tools import fuzz_exchange, fuzz_readers

MEMORY = 1_000_000_000
PACKAGES = {
    ".docx": "word/document.xml", ".odt": "content.xml", ".xlsx": "xl/worksheets/sheet1.xml",
    ".qdpx": "project.qde",
}  # fmt: skip
"""The part of each package that holds the text."""
PLAIN_XML = (".qde", ".qdc")
DATABASES = (".qda", ".sqlite3", ".rqda")
TEXTS = (".txt", ".md", ".vtt", ".srt", ".json", ".csv", ".tsv", ".html", ".rtf", ".qde", ".qdc")
SECRET = "hemmelig innhold"

Case = tuple[str, str, bytes]
"""The name of the harm, the ending of the file, its bytes."""


def seeds() -> dict[str, bytes]:
    """Return a whole file of every type."""
    others = {ending: whole for ending, (whole, _change) in fuzz_exchange.seeds().items()}
    files = fuzz_readers.seeds() | others
    return files | {".md": files[".txt"], ".htm": files[".html"], ".markdown": files[".txt"]}


def repacked(whole: bytes, change: Callable[[str, bytes], bytes], **more: bytes) -> bytes:
    """Return a package with its parts changed and others added, by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)), zipfile.ZIP_DEFLATED, 1)
        for name, content in more.items():
            new.writestr(name, content, zipfile.ZIP_DEFLATED, 1)
    return out.getvalue()


def in_part(whole: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a package with one part changed."""
    return repacked(whole, lambda name, old: change(old) if name == part else old)


def with_doctype(xml: bytes, doctype: bytes, entity: bytes) -> bytes:
    """Return XML that declares entities and uses one."""
    head, root = xml.split(b"?>", 1) if xml.startswith(b"<?xml") else (b'<?xml version="1.0"', xml)
    name, rest = root.lstrip().split(b">", 1)
    return head + b"?>" + doctype + name + b">" + entity + rest


def in_root(xml: bytes, inside: bytes) -> bytes:
    """Return XML with something put in as the first child of its root."""
    return with_doctype(xml, b"", inside)


def every_xml(kind: str, change: Callable[[bytes], bytes]) -> Iterator[Case]:
    """Yield the XML of every type with one and the same change."""
    files = seeds()
    for ending, part in PACKAGES.items():
        yield kind, ending, in_part(files[ending], part, change)
    for ending in PLAIN_XML:
        yield kind, ending, change(files[ending])


def zips() -> Iterator[Case]:
    """Yield bombs, and packages whose members climb out."""
    files = seeds()
    bomb = bytes(600_000_000)
    for ending, part in PACKAGES.items():
        yield "bomb", ending, in_part(files[ending], part, lambda old: old + bomb)
    for ending in PACKAGES:
        for name in ("../ute.txt", "/tmp/ute.txt", "C:\\ute.txt", "a/../../ute.txt"):
            yield (
                f"climbs out by {name}",
                ending,
                repacked(files[ending], lambda _name, old: old, **{name: b"ute"}),
            )


def xml(secret: Path) -> Iterator[Case]:
    """Yield entities that grow or lead out, giant attributes, deep nesting."""
    grows = b"<!DOCTYPE x [<!ENTITY a0 'ha'>%s]>" % b"".join(
        b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)
    )
    leads = b'<!DOCTYPE x [<!ENTITY ut SYSTEM "%s">]>' % secret.as_uri().encode()
    yield from every_xml("entities grow", lambda old: with_doctype(old, grows, b"&a9;"))
    yield from every_xml("entity leads out", lambda old: with_doctype(old, leads, b"&ut;"))
    giant = b'<p xmlns="" a="%s"/>' % (b"x" * 50_000_000)
    yield from every_xml("giant attribute", lambda old: in_root(old, giant))
    deep = b"<p>" * 100_000 + b"</p>" * 100_000
    yield from every_xml("deep nesting", lambda old: in_root(old, deep))
    page = seeds()[".html"]
    yield "entities grow", ".html", grows + b"<p>&a9;</p>" + page
    yield "entity leads out", ".html", leads + b"<p>&ut;</p>" + page
    yield "giant attribute", ".html", b'<p title="%s">' % (b"x" * 50_000_000) + page
    yield "deep nesting", ".html", b"<div>" * 200_000 + page


def nested() -> Iterator[Case]:
    """Yield what is nested in other ways than by XML."""
    yield "deep nesting", ".rtf", b"{\\rtf1 " + b"{" * 500_000 + b"a" + b"}" * 500_000 + b"}"
    yield "deep nesting", ".json", b"[" * 500_000 + b"]" * 500_000
    yield "deep nesting", ".json", b'{"segments":' * 100_000 + b"1" + b"}" * 100_000
    yield "giant attribute", ".json", b'{"text": "%s"}' % (b"x" * 30_000_000)
    yield "giant attribute", ".csv", b'a;b\n"%s";1\n' % (b"x" * 30_000_000)
    yield (
        "giant attribute",
        ".vtt",
        b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v %s>a\n" % (b"x" * 10_000_000),
    )


def damaged() -> Iterator[Case]:
    """Yield what breaks off, has another type's ending, or bytes that are no text."""
    files = seeds()
    for ending, whole in files.items():
        for share in (0.02, 0.5, 0.97):
            yield f"cut at {share}", ending, whole[: int(len(whole) * share)]
        yield "nothing", ending, b""
    for ending in (*known_endings(), *PACKAGES, *PLAIN_XML, *DATABASES):
        for other, whole in files.items():
            if other != ending:
                yield f"is {other}", ending, whole
    for ending in TEXTS:
        whole = files[ending]
        yield "NUL bytes", ending, b"\0".join(whole[at : at + 9] for at in range(0, len(whole), 9))
        yield "only NUL bytes", ending, bytes(100_000)
        yield "no UTF-8", ending, whole.replace(b"e", b"\x81\xfe\xc3")


def databases() -> Iterator[Case]:
    """Yield databases in which views and triggers stand where tables should."""
    for ending in DATABASES:
        whole = seeds()[ending]
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(whole)
            tables = [
                str(name)
                for (name,) in connection.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'table'"
                    " AND name NOT LIKE 'sqlite%'"
                )
            ]
        for kind, statement in (
            ("endless view", 'CREATE VIEW "{table}" AS ' + fuzz_exchange.ENDLESS),
            ("generated column", fuzz_exchange.STAND_INS[2].replace("{column}", "name")),
            ("virtual table", fuzz_exchange.STAND_INS[3].replace("{column}", "name")),
        ):
            for table in tables[:3]:
                with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
                    connection.deserialize(whole)
                    connection.execute(f'ALTER TABLE "{table}" RENAME TO "ekte"')
                    connection.execute(statement.format(table=table))
                    yield f"{kind} for {table}", ending, connection.serialize()
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
            connection.deserialize(whole)
            for table in tables:
                connection.execute(
                    f'CREATE TRIGGER "t{table}" AFTER UPDATE ON "{table}" BEGIN '
                    f'DELETE FROM "{table}"; END'
                )
            connection.execute("CREATE VIEW ekstra AS " + fuzz_exchange.ENDLESS)
            yield "triggers and a view besides", ending, connection.serialize()


def read(path: Path) -> str:
    """Read a file by the reader of its ending; return the text that came of it."""
    if path.suffix == ".qdc":
        return str(read_codebook(path))
    if path.suffix in known_endings():
        return read_file(path).text
    project, _report = read_exchange(path, answers=fuzz_exchange.ANSWERS)
    return str([*(one.text for one in project.documents), project.name])


def outcome(case: Case, place: Path) -> dict[str, object]:
    """Read one file and return what became of it."""
    kind, ending, content = case
    path = place / f"fil{ending}"
    path.write_bytes(content)
    text = said = ""
    began = time.process_time()
    try:
        text = read(path)
        result = "read"
    except OpenQuestions:
        result = "asked"
    except FileProblem as problem:
        result, said = "refused", str(problem)
    except BaseException as error:  # noqa: BLE001 - the failure is what is looked for
        result, said = "failed", repr(error)[:300]
    taken = time.process_time() - began
    untouched = path.read_bytes() == content
    left = sorted(str(one.relative_to(place.parent)) for one in place.parent.rglob("*"))
    path.unlink()
    return {
        "kind": kind, "ending": ending, "result": result, "said": said, "seconds": taken,
        "secret": SECRET in text, "left": left, "untouched": untouched,
    }  # fmt: skip


def main(folder: Path) -> None:
    """Read them all in a folder of its own, and print what became of each."""
    place = folder / "inn"
    place.mkdir()
    secret = folder / "hemmelig.txt"
    secret.write_text(SECRET, "utf-8")
    # Packing the bombs takes more memory than reading them may.
    bombs = list(zips())
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    cases = chain(bombs, xml(secret), nested(), damaged(), databases())
    found = [outcome(case, place) for case in cases]
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
