"""Subtitles and the JSON and TXT of transcribers: cues that become turns with times."""

import json
import random

import pytest

from qda.formats.readers import reread, transcriber_json
from qda.model.errors import FileProblem
from qda.model.reading import ReadDocument, ReadOptions

VTT = """WEBVTT - opptak

STYLE
::cue { color: red }

NOTE Dette er
ikke tekst

id-1
00:00:01.000 --> 00:00:03.500 align:start position:0%
<v Kari Nordli>Hvordan <i>fordeler</i> dere &amp; andre sakene?</v>

2
00:04.000 --> 00:06.000
<v Odd>Vi deler etter dato.

00:06.000 --> 00:09.000
<v.loud Odd>Først inn, <00:07.000>først ut.</v>

00:09.000 --> 00:10.000
(latter)

00:12.000 --> 00:13.000
<v Kari Nordli>Alltid?</v>
<v Odd>Ja.</v>
"""
SRT = """2
00:00:04,000 --> 00:00:06,000
Veileder: Vi deler etter dato.

1
00:00:01,000 --> 00:00:03,500
Intervjuer: Hvordan fordeler
dere <i>sakene</i>?

3
00:00:05,900 --> 00:00:08,000
Først inn, først ut.
Merk: det er viktig.

4
0:00:09,0 --> 0:00:10,5 X1:10
>> Intervjuer: Alltid?
>> Ja!
"""
SEGMENTS = [
    {"start": 0.031, "end": 2.5, "text": " Hvordan fordeler dere sakene?", "speaker": "SPEAKER_00"},
    {"start": 3, "end": 5, "text": " Vi deler", "speaker": "SPEAKER_01"},
    {"start": 5, "end": 7, "text": " etter dato.", "words": [{"speaker": "SPEAKER_01"}]},
]  # fmt: skip
SAID = "SPEAKER_00: Hvordan fordeler dere sakene?\nSPEAKER_01: Vi deler etter dato."
PLAIN = (
    "[00:00:00.000 --> 00:00:05.000]  Hvordan fordeler dere sakene?\n"
    "[00:00:05.000 --> 00:00:08.000]  Vi deler etter dato.\n\n"
    "[01:00:12.500 --> 01:00:18.000]  Slik er det.\n"
)


def read(source: str | bytes, name: str, options: ReadOptions | None = None) -> ReadDocument:
    return reread(source.encode() if isinstance(source, str) else source, name, options)


def heard(document: ReadDocument) -> list[tuple[str, int | None, str]]:
    return [(one.label, one.time_ms, document.text[one.start : one.end]) for one in document.turns]


def problem(source: str | bytes, name: str) -> str:
    with pytest.raises(FileProblem) as caught:
        read(source, name)
    return str(caught.value)


def test_vtt_cues_of_one_voice_are_one_turn() -> None:
    document = read(VTT, "a.vtt")
    assert heard(document) == [
        ("Kari Nordli", 1000, "Hvordan fordeler dere & andre sakene?"),
        ("Odd", 4000, "Vi deler etter dato. Først inn, først ut."),
        ("", 9000, "(latter)"),
        ("Kari Nordli", 12000, "Alltid?"),
        ("Odd", 12000, "Ja."),
    ]
    assert document.text.startswith("Kari Nordli: Hvordan fordeler")
    assert document.text.endswith("(latter)\nKari Nordli: Alltid?\nOdd: Ja.")
    assert document.speakers == ("Kari Nordli", "Odd")
    assert "1 piece of the recording names no speaker" in str(document.warnings[0])


def test_srt_names_at_the_head_of_lines_in_the_order_of_time() -> None:
    document = read(SRT.encode("cp1252"), "a.srt")
    assert heard(document) == [
        ("Intervjuer", 1000, "Hvordan fordeler dere sakene?"),
        ("Veileder", 4000, "Vi deler etter dato. Først inn, først ut. Merk: det er viktig."),
        ("Intervjuer", 9000, "Alltid?"),
        ("", 9000, "Ja!"),
    ]
    assert [one.interviewer for one in document.turns] == [True, False, True, False]
    assert document.encoding == "cp1252"


def test_the_user_has_the_last_word_on_speakers() -> None:
    document = read(VTT, "a.vtt", ReadOptions(speakers={"Odd": "interviewer"}))
    assert {one.label for one in document.turns if one.interviewer} == {"Odd"}
    document = read(VTT, "a.vtt", ReadOptions(speakers={"odd": "none"}))
    assert heard(document)[0][2].endswith("sakene?\nOdd: Vi deler etter dato. Først inn, først ut.")
    assert document.speakers == ("Kari Nordli",)


def test_without_speakers_paragraphs_end_at_pauses() -> None:
    cue = "{}\n00:00:{:02},000 --> 00:00:{:02},000\n{}\n\n"
    said = ["Det var en gang.", "Et kontor i dalen", "som målte alt.", "- Slik gikk det."]
    times = [(1, 2), (2, 3), (7, 8), (12, 13)]
    source = "".join(
        cue.format(number, *both, words)
        for number, (both, words) in enumerate(zip(times, said, strict=True), start=1)
    )
    document = read(source, "a.srt")
    assert document.text == "Det var en gang. Et kontor i dalen som målte alt.\n- Slik gikk det."
    assert [(one.label, one.time_ms) for one in document.turns] == [("", 1000), ("", 12000)]
    # A number that is said is no number of a cue, and a blank line within a cue ends none.
    numbers = "1\n00:01,000 --> 00:02,000\n42\n\nJa.\n\n2\n00:02,000 --> 00:03,000\n7\n"
    assert read(numbers, "a.srt").text == "42 Ja. 7"


def test_rolling_captions_are_said_once_unless_turned_down() -> None:
    rolled = "WEBVTT\n\n"
    said = ["hei og hopp", "vi måler", "alt her", "og der"]
    for at, (before, after) in enumerate(zip(["", *said], said, strict=False)):
        rolled += f"00:0{at}.000 --> 00:0{at}.990\n{before or ' '}\n{after}\n\n"
        rolled += f"00:0{at}.990 --> 00:0{at + 1}.000\n{after}\n \n\n"
    document = read(rolled, "a.vtt")
    assert document.text == " ".join(said)
    assert [(one.key, one.applied) for one in document.decisions] == [("paragraph:repeated", True)]
    kept = read(rolled, "a.vtt", ReadOptions(choices={"paragraph:repeated": False}))
    assert kept.text.count("vi måler") == 3
    twice = "WEBVTT\n\n" + "".join(f"00:0{at}.000 --> 00:0{at}.900\nJa.\n\n" for at in range(6))
    assert read(twice, "a.vtt").text == "Ja. Ja. Ja. Ja. Ja. Ja."


def test_subtitles_that_are_none() -> None:
    for name in ("a.vtt", "a.srt"):
        assert "no subtitles" in problem("Bare tekst.\n", name)
        assert "no text in it" in problem("WEBVTT\n\n00:01.000 --> 00:02.000\n\n", name)
        assert "known encoding" in problem(b"00:01.000 --> 00:02.000\n\x81\x8d", name)
    assert read("00:01,000 --> 00:02,000\r\nHei\x00.\r\n", "a.vtt").text == "Hei."
    assert read(
        "WEBVTT\n\n99:99:99.999 --> 00:00.000\nHei <3 &lt;b> <c.x>du</c>\n", "a.vtt"
    ).text == ("Hei <3 <b> du")


@pytest.mark.parametrize(
    "whole",
    [
        {"segments": SEGMENTS, "word_segments": [], "language": "no"},
        SEGMENTS,
        {"text": "alt", "chunks": [
            {"timestamp": [one["start"], None], "text": one["text"],
             "speaker": one.get("speaker", "SPEAKER_01")} for one in SEGMENTS
        ]},
        {"transcription": [
            {"offsets": {"from": one["start"] * 1000, "to": 9}, "text": one["text"],
             "speaker": one.get("speaker", "SPEAKER_01")} for one in reversed(SEGMENTS)
        ]},
        {"segments": [
            {**one, "start": f"0:0{one['start']}", "speaker": one.get("speaker", "SPEAKER_01")[-1]}
            for one in SEGMENTS
        ]},
        {"segments": [
            {**one, "speaker": int(one.get("speaker", "SPEAKER_01")[-1])} for one in SEGMENTS
        ]},
    ],
)  # fmt: skip
def test_json_of_transcribers(whole: object) -> None:
    document = read(json.dumps(whole), "a.json")
    assert (
        document.text.replace("0:", "SPEAKER_00:")
        .replace("1:", "SPEAKER_01:")
        .replace("SPEAKER_0SPEAKER_", "SPEAKER_")
        == SAID
    )
    assert [one.time_ms for one in document.turns] == [31, 3000]


def test_json_without_speakers_and_without_segments() -> None:
    segments = [{key: one[key] for key in ("start", "end", "text")} for one in SEGMENTS]
    document = read(json.dumps({"text": "x", "segments": segments}), "a.json")
    assert document.text == "Hvordan fordeler dere sakene? Vi deler etter dato."
    assert read('{"text": "Hei.\\nDu."}', "a.json").text == "Hei. Du."


@pytest.mark.parametrize(
    "source",
    ["{}", "[]", "3", '"tekst"', "null", '{"segments": 7}', '{"segments": [1, null, [], {"a": 1}]}',
     '{"text": "Hei", "user": "x"}', '{"segments": [{"text": 3, "start": {}}]}'],
)  # fmt: skip
def test_json_that_is_no_transcript(source: str) -> None:
    assert "is no transcript" in problem(source, "a.json")


def test_more_than_a_recording_holds() -> None:
    cue = "00:01.000 --> 00:02.000\nHei.\n\n"
    assert "is too big" in problem(cue * 100_001, "a.vtt")
    assert "is too big" in problem(cue + "Hei.\n" * 1_000_001, "a.srt")
    assert "is too big" in problem("[" + '{"text":"a"},' * 100_001 + "{}]", "a.json")
    assert not read("[0 -> 1] a\n" * 100_001, "a.txt").decisions


def test_hostile_json(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no JSON" in problem('{"segments": [', "a.json")
    assert "nested too deeply" in problem("[" * 500_000 + "]" * 500_000, "a.json")
    odd = '[{"text": "Hei", "start": NaN, "end": -1e999, "speaker": {"name": "A:\\n"}}]'
    assert heard(read(odd, "a.json")) == [("A", None, "Hei")]
    long = f'[{{"text": "Hei\\u0000\\ud800", "start": {"9" * 100_000}}}]'
    assert read(long, "a.json").text == "Hei"
    assert "is too big" in problem("[" + "{}," * 1_000_001, "a.json")
    monkeypatch.setattr(transcriber_json, "MAX_JSON", 5)
    assert "is too big" in problem('{"text": "Hei"}', "a.json")


def test_stamped_lines_are_a_proposal() -> None:
    document = read(PLAIN, "a.txt")
    assert document.text == "Hvordan fordeler dere sakene? Vi deler etter dato.\nSlik er det."
    assert [one.time_ms for one in document.turns] == [0, 3_612_500]
    assert [(one.key, one.count) for one in document.decisions] == [("paragraph:times", 3)]
    for options in (
        ReadOptions(choices={"paragraph:times": False}),
        ReadOptions(paragraphs="lines"),
    ):
        kept = read(PLAIN, "a.txt", options)
        assert kept.text == PLAIN
        assert not kept.decisions[0].applied


@pytest.mark.parametrize(
    "line",
    ["[{}:00.000 --> 00:05.000] [SPEAKER_0{}] {}", "{}:00,000 --> 00:05,000 SPEAKER_0{}: {}",
     "[{}.00s -> 5.00s] SPEAKER_0{}: {}"],
)  # fmt: skip
def test_stamped_lines_with_speakers(line: str) -> None:
    said = [(0, 0, "Hva?"), (1, 1, "Vi deler"), (2, 1, "etter dato."), (3, 0, "Alltid?")]
    document = read("".join(line.format(*one) + "\n" for one in said), "a.txt")
    assert (
        document.text == "SPEAKER_00: Hva?\nSPEAKER_01: Vi deler etter dato.\nSPEAKER_00: Alltid?"
    )


@pytest.mark.parametrize("between", [": ", ":\n"])
def test_times_before_numbered_speakers_stay_in_the_text(between: str) -> None:
    source = (
        f"00:00 SPEAKER_00{between}Hva?\n00:05 SPEAKER_01{between}Dette.\n"
        f"01:02:09 SPEAKER_00{between}Alltid?\n"
    )
    document = read(source, "a.txt")
    assert document.text == source
    assert heard(document) == [
        ("SPEAKER_00", 0, "Hva?"),
        ("SPEAKER_01", 5000, "Dette."),
        ("SPEAKER_00", 3_729_000, "Alltid?"),
    ]


@pytest.mark.parametrize(
    ("name", "whole"),
    [("a.vtt", VTT), ("a.srt", SRT), ("a.json", json.dumps({"segments": SEGMENTS})),
     ("b.txt", PLAIN)],
)  # fmt: skip
def test_mutated_files(name: str, whole: str) -> None:
    rng = random.Random(51)
    signs = b'<>:,-[]{}" \n0\x00\xff'
    for number in range(150):
        source = bytearray(whole.encode())
        for _ in range(rng.randint(1, 12)):
            at = rng.randrange(len(source))
            source[at : at + rng.randint(0, 3)] = bytes([rng.choice(signs), rng.randrange(256)])
        try:
            document = read(bytes(source[: len(source) if number % 4 else number * 3]), name)
        except FileProblem as error:
            assert name in str(error)  # noqa: PT017
            continue
        spans = [(one.label_start, one.start, one.end) for one in document.turns]
        assert all(a <= b < c <= len(document.text) for a, b, c in spans)
