"""Pictures that stand as files beside a text which cannot hold them."""

import re
import unicodedata
from collections.abc import Mapping

from qda.formats.pictures.emf import emf_bytes
from qda.formats.pictures.svg import svg_text
from qda.formats.pictures.tikz import tikz_text
from qda.formats.writeup_files.latex_writer import room_mm
from qda.model.pictures import Picture
from qda.model.writeup import WriteUp, pictures_of

ALONE = (".svg", ".emf")
"""Endings of files that are a picture and nothing else."""
_BESIDE: Mapping[str, str] = {".md": ".svg", ".tex": ".tikz"}
_OTHERS = re.compile("[^A-Za-z0-9-]+")


def names_beside(name: str, count: int) -> tuple[str, ...]:
    """Return the names of the files that `count` pictures of a file of that name stand in.

    They are of letters that every program takes; none where the file holds its pictures itself.
    """
    stem, dot, last = name.rpartition(".")
    ending = _BESIDE.get(f"{dot}{last}".casefold())
    if ending is None:
        return ()
    letters = unicodedata.normalize("NFKD", stem.translate(_NORDIC)).encode("ascii", "ignore")
    short = _OTHERS.sub("-", letters.decode()).strip("-") or "text"
    return tuple(f"{short}-fig-{number}{ending}" for number in range(1, count + 1))


_NORDIC = str.maketrans({"æ": "ae", "ø": "o", "Æ": "Ae", "Ø": "O"})


def picture_files(name: str, text: WriteUp) -> dict[str, str]:
    """Return what stands in each file beside a text of that name, in the order of the pictures."""
    drawn = [one.picture for one in pictures_of(text)]
    names = names_beside(name, len(drawn))
    return {
        file: tikz_text(one, room_mm(text)) if file.endswith(".tikz") else svg_text(one)
        for file, one in zip(names, drawn, strict=False)
    }


def picture_bytes(name: str, picture: Picture) -> bytes:
    """Return a picture as a file of that name, which ends in one of ALONE."""
    if name.casefold().endswith(".emf"):
        return emf_bytes(picture)
    return svg_text(picture).encode()
