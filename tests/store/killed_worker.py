"""Run random operations until killed, printing each step and a digest of the state after it."""

import hashlib
import random
import sys
from pathlib import Path

from qda.app.session import Session
from qda.model.codebook import Codebook, CodebookCode
from qda.model.reading import ReadDocument, ReadTurn
from qda.operations import codebook, codes, codings, corrections, documents
from qda.store import codes as code_rows
from qda.store import documents as document_rows
from qda.store.schema import LOGGED
from qda.text.edits import Edit


def digest(session: Session) -> str:
    rows = [
        session.project.connection.execute(f'SELECT * FROM "{table}" ORDER BY id').fetchall()
        for table in LOGGED
    ]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def read(number: int) -> ReadDocument:
    text = f"Leder: dokument {number} 🙂 " + "æøå og slikt " * 300
    turn = ReadTurn(0, 7, len(text), "Leder", interviewer=False)
    return ReadDocument(
        f"d{number}", f"d{number}.txt", "txt", text, (turn,), (), text.encode(), "utf-8", "nb",
        (), (),
    )  # fmt: skip


def change(session: Session, draw: random.Random) -> None:
    connection = session.project.connection
    texts = document_rows.all_documents(connection)
    everything = code_rows.all_codes(connection)
    which = draw.randrange(9)
    if which <= 1 or not texts:
        session.run(
            documents.import_documents,
            coder="Kari",
            read=[read(draw.randrange(10**6)) for _ in range(draw.randrange(1, 6))],
        )
    elif which <= 3 and everything:
        new = []
        for _ in range(draw.randrange(1, 400)):
            start = draw.randrange(3000)
            new.append(
                codings.NewCoding(
                    draw.choice(texts).id, draw.choice(everything).id, start, start + 50
                )
            )
        session.run(codings.add_codings, coder="Kari", new=new)
    elif which == 4 or not everything:
        book = Codebook("b", tuple(CodebookCode(f"k{one}") for one in draw.sample(range(60), 5)))
        session.run(codebook.apply_codebook, coder="Kari", codebook=book)
    elif which == 5:
        session.undo()
    elif which == 6:
        session.redo()
    elif which == 7:
        edits = [Edit(draw.randrange(20), draw.randrange(3), "nei " * draw.randrange(1, 9))]
        session.run(
            corrections.correct_text, coder="Kari", document=draw.choice(texts).id, edits=edits,
            drop_lost=True,
        )  # fmt: skip
    elif draw.random() < 0.5:
        session.run(documents.remove_document, coder="Kari", document=draw.choice(texts).id)
    else:
        session.run(codes.remove_code, coder="Kari", code=draw.choice(everything).id)


def main() -> None:
    draw = random.Random(int(sys.argv[2]))
    session = Session.open(Path(sys.argv[1]))
    say = sys.stdout.write
    say(f"{digest(session)} {len(session.audit())}\n")
    sys.stdout.flush()
    while True:
        change(session, draw)
        say(f"{digest(session)} {len(session.audit())}\n")
        sys.stdout.flush()


main()
