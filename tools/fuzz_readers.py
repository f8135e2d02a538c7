"""Feed readers with mutated files: `python -m tools.fuzz_readers [ROUNDS] [ENDING...]`.

Each file must be read or refused in words, within five seconds of work and 1 GB of memory.
Prints, for each ending, how many were read and refused, the slowest, and the most memory; stops
at the first failure.
"""

import copy
import io
import json
import random
import resource
import signal
import sys
import time
import zipfile
from pathlib import Path
from types import FrameType

import xlsxwriter
from lxml import etree

from qda.formats.readers import reread
from qda.model.errors import FileProblem

DATA = Path(__file__).parents[1] / "tests" / "data" / "readers"
MEMORY = 1_000_000_000
SECONDS = 5
SIGNS = b"<>{}[]()/\\\"'=:;,-*& \n\t\x00\xff09azAZ"
SUBTITLES = "".join(
    f"{at}\n00:00:{at:02},000 --> 00:00:{at + 1:02},500\n{'Leder' if at % 2 else 'Intervjuer'}: "
    f"Svar {at} om <i>måling</i>.\n>> Og så &amp; videre.\n\n"
    for at in range(1, 20)
)
VOICES = "WEBVTT\n\nSTYLE\n::cue {}\n\n" + SUBTITLES.replace(",", ".").replace("Leder: ", "<v Odd>")
STAMPED = "".join(f"[00:00:{at:02}.000 --> 00:00:{at:02}.900]  Setning {at}.\n" for at in range(30))
SEGMENTS = json.dumps(
    {
        "text": "alt",
        "segments": [
            {"start": at, "end": at + 0.9, "text": f" Setning {at}.",
             "speaker": f"SPEAKER_0{at % 3}",
             "words": [{"word": "Setning", "start": at, "speaker": "SPEAKER_00"}]}
            for at in range(20)
        ],
    }
)  # fmt: skip
TURNS = [("Taler", "Start", "Slutt", "Tekst", "Kode")] + [
    ("Leder" if at % 2 else "Intervjuer", f"00:00:{at:02}", f"00:00:{at:02}.9",
     f"Svar {at} om måling;\nog så «videre».", "")
    for at in range(30)
]  # fmt: skip


def workbook() -> bytes:
    """Return turns as a workbook, with a formula and a second sheet."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for number in range(2):
            page = book.add_worksheet()  # pyright: ignore[reportUnknownMemberType]
            for at, row in enumerate(TURNS):
                page.write_row(at, 0, row)  # pyright: ignore[reportUnknownMemberType]
            page.write_formula(2, 6, "=1+1", None, number)
    return out.getvalue()


def delimited(mark: str) -> str:
    """Return turns as a text table."""
    return "\n".join(mark.join(f'"{cell}"' for cell in row) for row in TURNS)


def seeds() -> dict[str, bytes]:
    """Return one whole file for each ending."""
    whole = ("odt", "rtf", "html", "docx")
    files = {f".{one}": (DATA / f"samtale.{one}").read_bytes() for one in whole}
    files[".pdf"] = (DATA / "samtale_libreoffice.pdf").read_bytes()
    texts = {".vtt": VOICES, ".srt": SUBTITLES, ".json": SEGMENTS, ".txt": STAMPED}
    texts |= {".csv": delimited(";"), ".tsv": delimited("\t")}
    files[".xlsx"] = workbook()
    return files | {ending: text.encode() for ending, text in texts.items()}


def mutate(whole: bytes, rng: random.Random, others: list[bytes]) -> bytes:
    """Change, repeat, move, cut out or cut off pieces of a file."""
    source = bytearray(whole)
    for _ in range(rng.choice((1, 2, 4, 16, 64))):
        at = rng.randrange(len(source) + 1)
        length = rng.choice((0, 1, 1, 2, 8, 100))
        piece = source[at : at + length]
        kind = rng.randrange(7)
        if kind == 0:
            source[at : at + length] = bytes(rng.choice(SIGNS) for _ in range(length))
        elif kind == 1:
            source[at : at + length] = rng.randbytes(length)
        elif kind == 2:
            del source[at : at + length]
        elif kind == 3:
            source[at:at] = piece * rng.choice((1, 5, 500))
        elif kind == 4:
            other = rng.choice(others)
            begin = rng.randrange(len(other))
            source[at:at] = other[begin : begin + rng.randrange(200)]
        elif kind == 5:
            source[at:at] = bytes([rng.choice(SIGNS)]) * rng.choice((1, 10, 3000))
        elif rng.random() < 0.1:
            del source[at:]
        if not source:
            source += b"x"
    return bytes(source)


def mutate_zip(whole: bytes, rng: random.Random, others: list[bytes]) -> bytes:
    """Mutate either the zip itself or the parts in it."""
    if rng.random() < 0.3:
        return mutate(whole, rng, others)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as package, zipfile.ZipFile(out, "w") as changed:
        names = [name for name in package.namelist() if name.endswith((".xml", ".rels"))]
        chosen = rng.sample(names, min(len(names), rng.choice((1, 1, 2, 3))))
        for name in package.namelist():
            part = package.read(name)
            kind = rng.random() if name in chosen else 1.0
            if kind < 0.6 and name != "META-INF/manifest.xml":
                part = mutate_tree(part, rng)
            elif kind < 0.7:
                part = mutate_words(part, rng)
            changed.writestr(name, part)
    return out.getvalue()


def mutate_words(part: bytes, rng: random.Random) -> bytes:
    """Swap values, so that the XML mostly stays well-formed."""
    words = part.split(b'"')
    if len(words) < 2:
        return part
    for _ in range(rng.choice((1, 3, 20))):
        values = (rng.choice(words[1::2]), b"", b"-1", b"999999999999", b"none", b"\xc3\xa5")
        words[rng.randrange(1, len(words), 2)] = rng.choice(values)
    return b'"'.join(words)


def mutate_tree(part: bytes, rng: random.Random) -> bytes:
    """Copy, move and remove elements, and swap their names and values."""
    root = etree.fromstring(part)
    for _ in range(rng.choice((1, 5, 40))):
        elements = list(root.iter())[1:]
        if not elements:
            break
        one, two = rng.choice(elements), rng.choice(elements)
        kind = rng.randrange(4)
        if kind == 0 and len(elements) < 5000:
            two.insert(rng.randrange(len(two) + 1), copy.deepcopy(one))
        elif kind == 1:
            one.tag = two.tag
        elif kind == 2 and one.attrib:
            values = ("", "-1", "999999999999", "none", "true", *two.attrib.values())
            one.set(rng.choice(one.keys()), rng.choice(values))
        elif kind == 3 and (parent := one.getparent()) is not None and rng.random() < 0.3:
            parent.remove(one)
    return etree.tostring(root)


def stop(_signal: int, _frame: FrameType | None) -> None:
    """Say that a file took too long."""
    raise TimeoutError


def run(ending: str, rounds: int) -> str:
    """Read `rounds` mutated files of one ending and return what came of them."""
    files = seeds()
    reread(files[ending], f"a{ending}")
    rng = random.Random(f"{ending} 1")
    change = mutate_zip if ending in (".odt", ".docx", ".xlsx") else mutate
    read = refused = 0
    slowest = 0.0
    for number in range(rounds):
        source = change(files[ending], rng, list(files.values()))
        begin = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            document = reread(source, f"a{ending}")
            spans = [(one.label_start, one.start, one.end) for one in document.turns]
            assert all(a <= b < c <= len(document.text) for a, b, c in spans)
            assert all(0 <= n.start <= n.end <= len(document.text) for n in document.notes)
            read += 1
        except FileProblem as error:
            assert str(error).strip()  # noqa: PT017
            refused += 1
        except BaseException:
            Path(f"failed-{number}{ending}").write_bytes(source)
            raise
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        slowest = max(slowest, time.process_time() - begin)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return f"{ending}: {read} read, {refused} refused, slowest {slowest:.3f} s, {memory} MB"


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGPROF, stop)
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    for one in sys.argv[2:] or list(seeds()):
        print(run(one, asked), flush=True)
