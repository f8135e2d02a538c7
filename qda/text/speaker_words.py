"""Words that transcripts use for those who speak, in bokmål, nynorsk and English."""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_INTERVIEWER = _words(
    "intervjuer intervjuar intervjuerane interviewer interv int i moderator ordstyrer "
    "ordstyrar forsker forskar forskeren researcher spørsmål spm q question"
)
_INFORMANT = _words(
    "informant informanten inf intervjuobjekt respondent respondenten deltaker "
    "deltakar deltager participant interviewee leder lederen leiar leiaren leader "
    "manager veileder veilederen rettleiar rettleiaren veiledar adviser advisor "
    "rådgiver rådgjevar saksbehandler saksbehandlar sakshandsamar mellomleder "
    "mellomleiar teamleder teamleiar nestleder nestleiar fagansvarlig fagansvarleg "
    "kontroller controller tillitsvalgt tillitsvald tillitsvalt jobbspesialist "
    "jobbspesialisten ansatt tilsett medarbeider medarbeidar bruker brukar direktør "
    "rådmann ordfører ordførar eier eigar koordinator fagkoordinator superbruker "
    "referent student person taler talar speaker svar answer alle flere fleire kvinne "
    "mann ukjent unknown svarer observatør observer deputy caseworker employee mentor "
    "kollega deltakerne"
)
_INITIALS = _words("a b c d e f g h k l m n o p r s t v x y inf resp del vl tl nl")
_ENDINGS = (
    "leder", "lederen", "leiar", "leiaren", "sjef", "sjefen", "direktør", "veileder", "rettleiar",
    "rådgiver", "rådgjevar", "ansvarlig", "ansvarleg", "informant", "deltaker", "deltakar",
    "koordinator", "spesialist", "saksbehandler", "ansatt", "medarbeider", "adviser", "leader",
    "manager", "intervjuer", "intervjuar",
)  # fmt: skip
# What stands before a colon at the head of a line and is nobody: facts about the interview,
# captions, remarks, references.
_NOBODY = _words(
    "januar februar mars april mai juni juli august september oktober november desember "
    "january february march may june july october december "
    "merk merknad merknader obs nb ps note notat kommentar kilde kilder source "
    "sources kjelde kjelder dato date sted stad place location tid time varighet "
    "lengde duration tema emne topic subject figur fig figure tabell table tab modell "
    "diagram kapittel chapter del vedlegg appendix avsnitt eksempel døme example "
    "hypotese hypothesis forskningsspørsmål problemstilling konklusjon conclusion "
    "oppsummering sammendrag samandrag summary innledning http https ftp mailto dvs "
    "feks eks mvh til fra frå telefon tlf epost e-post mail adresse sum totalt total "
    "antall tal klokka klokken kl alder kjønn stilling rolle kontor navn namn versjon "
    "fil opptak transkribert transkripsjon referanse se sjå jf jfr mål tiltak "
    "resultat formål bakgrunn metode analyse punkt steg trinn fase spørreskjema "
    "avslutning husk hugs remember"
)
_NUMBERED = re.compile(r"(?P<word>.*?[^\W\d_])[\s._#\-]*(?:nr\.?\s*)?\d{1,3}", re.IGNORECASE)
_LETTERED = re.compile(r"(?P<word>[^\W\d_]{3,})[ \-][A-Za-zÆØÅæøå]")


def label_key(label: str) -> str:
    """Return the form in which two spellings of a label are the same one."""
    return " ".join(label.casefold().split()).rstrip(" .:")


def _word(key: str) -> str:
    """Return the kind of person: the key without remark in brackets, number or letter."""
    key = key.partition("(")[0].rstrip(" .") or key
    for pattern in (_NUMBERED, _LETTERED):
        match = pattern.fullmatch(key)
        if match:
            return match["word"].rstrip(" ._#-")
    return key


def is_initial(key: str) -> bool:
    """Tell whether the label is one of the usual initials (A, R1, Inf.)."""
    word = _word(key)
    return word in _INITIALS or word == "i"


def is_interviewer(key: str) -> bool:
    """Tell whether the label usually names the one who asks."""
    word = _word(key)
    return word in _INTERVIEWER or word.endswith(("intervjuer", "intervjuar"))


def is_typical(key: str) -> bool:
    """Tell whether the label is a usual role or initial."""
    word = _word(key)
    if word in _INTERVIEWER or word in _INFORMANT or word in _INITIALS:
        return True
    last = word.replace("-", " ").split()[-1:] or [""]
    return last[0] in _INFORMANT or last[0].endswith(_ENDINGS)


def is_nobody(key: str) -> bool:
    """Tell whether the word before a colon is a caption or a remark rather than a person."""
    word = _word(key)
    return word in _NOBODY or key in _NOBODY or word.split(" ")[0] in {"merk", "se", "jf", "fig"}
