"""One conversation as the programs write it that researchers have their recordings typed by.

The shapes are those of the programs' own exporters and documentation; the words are made up. Each
sample is a file name, its text, and who says what from when, in milliseconds.
"""

import json
from dataclasses import dataclass

Said = tuple[str, int | None, str]

QUESTION = "Hvordan vet dere at brukerne får hjelp?"
ANSWER = "Vi ser på tavla hver mandag."
MORE = "Men ingen spør om de kom i arbeid."
AGAIN = "Hva teller dere da?"
LAST = "Planer, først og fremst."


@dataclass(frozen=True, slots=True)
class Sample:
    """A file as a program writes it, and what must come of it."""

    program: str
    name: str
    content: str
    said: tuple[Said, ...]


def _conversation(one: str, two: str, *times: int | None) -> tuple[Said, ...]:
    return (
        (one, times[0], QUESTION), (two, times[1], f"{ANSWER} {MORE}"), (one, times[2], AGAIN),
        (two, times[3], LAST),
    )  # fmt: skip


def _unnamed(*times: int | None) -> tuple[Said, ...]:
    """Return speech in which nobody is named: one turn for each paragraph."""
    whole = " ".join((QUESTION, ANSWER, MORE, AGAIN, LAST))
    return (("", times[0], whole),)


_TIMES = ((0.0, 3.2), (3.2, 6.0), (6.0, 9.5), (9.5, 11.0), (11.0, 13.25))
_SAID = (QUESTION, ANSWER, MORE, AGAIN, LAST)
_WHO = (0, 1, 1, 0, 1)


def _clock(seconds: float, mark: str = ".", *, hours: bool = True) -> str:
    whole, part = divmod(round(seconds * 1000), 1000)
    head = f"{whole // 3600:02}:" if hours else ""
    return f"{head}{whole // 60 % 60:02}:{whole % 60:02}{mark}{part:03}"


def _cues(mark: str, form: str, *, numbered: bool = False, hours: bool = True) -> str:
    return "".join(
        (f"{at}\n" if numbered else "")
        + f"{_clock(start, mark, hours=hours)} --> {_clock(end, mark, hours=hours)}\n"
        + form.format(name=f"SPEAKER_0{who}", text=text)
        + "\n\n"
        for at, ((start, end), text, who) in enumerate(zip(_TIMES, _SAID, _WHO, strict=True), 1)
    )


_DIARISED = _conversation("SPEAKER_00", "SPEAKER_01", 0, 3200, 9500, 11_000)
_NAMED = _conversation("Kari Nordli", "Odd Bakke", 3000, 7000, 14_000, 17_000)
_SPEAKERS = _conversation("Speaker 1", "Speaker 2", 3000, 7000, 14_000, 17_000)
_TWO = f"{ANSWER} {MORE}"

_WHISPER_JSON = json.dumps({
    "text": " " + " ".join(_SAID),
    "segments": [
        {"id": at, "seek": 0, "start": start, "end": end, "text": f" {text}", "tokens": [50364, 1],
         "temperature": 0.0, "avg_logprob": -0.2, "compression_ratio": 1.1, "no_speech_prob": 0.01}
        for at, ((start, end), text) in enumerate(zip(_TIMES, _SAID, strict=True))
    ],
    "language": "no",
})  # fmt: skip
_WHISPERX_JSON = json.dumps({
    "segments": [
        {"start": start, "end": end, "text": f" {text}", "speaker": f"SPEAKER_0{who}",
         "words": [{"word": text.split()[0], "start": start, "end": end, "score": 0.9,
                    "speaker": f"SPEAKER_0{who}"}]}
        for (start, end), text, who in zip(_TIMES, _SAID, _WHO, strict=True)
    ],
    "word_segments": [],
    "language": "no",
})  # fmt: skip


def _words(start: float, end: float, text: str) -> list[dict[str, object]]:
    words = text.split()
    step = (end - start) / len(words)
    return [
        {"start": start + at * step, "end": start + (at + 1) * step, "duration": step,
         "text": word, "conf": 0.9, "pristine": True}
        for at, word in enumerate(words)
    ]  # fmt: skip


_AMBERSCRIPT = json.dumps({
    "id": "5c9e45057103e464a4c6f477", "recordId": "R", "filename": "samtale.mp3",
    "startTimeOffset": 0.0,
    "speakers": [{"spkid": "spk1", "name": "Intervjuer"}, {"spkid": "spk2", "name": "Leder"}],
    "segments": [
        {"speaker": f"spk{who + 1}", "words": _words(start, end, text)}
        for (start, end), text, who in zip(_TIMES, _SAID, _WHO, strict=True)
    ],
    "highlights": [],
})  # fmt: skip
_NOSCRIBE_TITLE = (
    "Transcribed with noScribe vers. 0.7<br />Audio file: ./samtale.m4a<br />(Language: Norwegian "
    "(no) | Speaker detection: auto | Overlapping speech: 1 | Timestamps: 1 | Disfluencies: 1 | "
    "Mark pause: 1)"
)


def _noscribe_html() -> str:
    def anchor(at: int, inside: str) -> str:
        start, end = (round(one * 1000) for one in _TIMES[at])
        return f'<a name="ts_{start}_{end}_S0{_WHO[at]}" >{inside}</a>'

    def stamp(at: int) -> str:
        clock = _clock(_TIMES[at][0])[:8]
        return f'S0{_WHO[at]}: <span style="color: #78909C" >[{clock}]</span> '

    spoken = (
        anchor(0, stamp(0) + QUESTION),
        anchor(1, stamp(1) + ANSWER) + anchor(2, " " + MORE),
        anchor(3, stamp(3) + AGAIN),
        anchor(4, stamp(4) + LAST),
    )
    return (
        '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0//EN" "http://www.w3.org/TR/REC-html40/'
        'strict.dtd">\n<html >\n<head >\n<meta charset="UTF-8" />\n<meta name="qrichtext" '
        'content="1" />\n<style type="text/css" >\np, li { white-space: pre-wrap; }\n</style>\n'
        '<meta name="audio_source" content="./samtale.m4a" /></head>\n<body style="font-family: '
        '\'Arial\'; font-weight: 400; font-style: normal" > <div class="WordSection1" >'
        '<p style="font-weight: 600" >samtale</p><p ><span style="color: #909090; font-size: '
        f'0.8em" >{_NOSCRIBE_TITLE}</span></p>'
        + "".join(f"<p >{one}</p>" for one in spoken)
        + "</div></body>\n</html>\n"
    )


def _noscribe_vtt() -> str:
    head = (
        "WEBVTT samtale\n\nNOTE\nTranscribed with noScribe vers. 0.7\nAudio file: ./samtale.m4a\n\n"
    )
    cues: list[str] = []
    for at, text in enumerate(_SAID):
        start, end = (_clock(one) for one in _TIMES[at])
        who = f"S0{_WHO[at]}"
        said = text if at == 2 else f"{who}: [{start[:8]}] {text}"
        cues.append(f"{at + 1}\n{start} --> {end}\n<v {who}>{said}\n\n")
    return head + "NOTE media: ./samtale.m4a\n\n" + "".join(cues)


_NOSCRIBE = _conversation("S00", "S01", 0, 3000, 9000, 11_000)

SAMPLES = (
    Sample("Whisper", "samtale.json", _WHISPER_JSON, _unnamed(0)),
    Sample("Whisper", "samtale.txt", "\n".join(_SAID) + "\n", ()),
    Sample("Whisper", "samtale.srt", _cues(",", "{text}", numbered=True), _unnamed(0)),
    Sample("Whisper", "samtale.vtt", "WEBVTT\n\n" + _cues(".", "{text}", hours=False),
           _unnamed(0)),
    Sample(
        "Whisper", "samtale.tsv",
        "start\tend\ttext\n"
        + "".join(
            f"{round(start * 1000)}\t{round(end * 1000)}\t{text}\n"
            for (start, end), text in zip(_TIMES, _SAID, strict=True)
        ),
        _unnamed(0),
    ),
    Sample("Whisper, command line", "samtale.txt",
           "".join(
               f"[{_clock(start, hours=False)} --> {_clock(end, hours=False)}]  {text}\n"
               for (start, end), text in zip(_TIMES, _SAID, strict=True)
           ), _unnamed(0)),
    Sample("whisperX", "samtale.json", _WHISPERX_JSON, _DIARISED),
    Sample("whisperX", "samtale.txt",
           "".join(f"[SPEAKER_0{who}]: {text}\n" for text, who in zip(_SAID, _WHO, strict=True)),
           (("SPEAKER_00", None, QUESTION), ("SPEAKER_01", None, ANSWER),
            ("SPEAKER_01", None, MORE), ("SPEAKER_00", None, AGAIN), ("SPEAKER_01", None, LAST))),
    Sample("whisperX", "samtale.srt", _cues(",", "[{name}]: {text}", numbered=True), _DIARISED),
    Sample("whisperX, Autotekst", "samtale.vtt",
           "WEBVTT\n\n" + _cues(".", "[{name}]: {text}", hours=False), _DIARISED),
    Sample("noScribe", "samtale.html", _noscribe_html(), _NOSCRIBE),
    Sample("noScribe", "samtale.vtt", _noscribe_vtt(),
           _conversation("S00", "S01", 0, 3200, 9500, 11_000)),
    Sample("noScribe", "samtale.txt",
           "samtale\n\nTranscribed with noScribe vers. 0.7\nAudio file: ./samtale.m4a\n\n"
           f"S00: [00:00:00] {QUESTION}\n\nS01: [00:00:03] {_TWO}\n\nS00: [00:00:09] {AGAIN}\n\n"
           f"S01: [00:00:11] {LAST}\n", _NOSCRIBE),
    Sample("Microsoft Teams", "samtale.vtt",
           "WEBVTT\n\n"
           "9f6d41bc-5c5e-4f4c-9e3a-2b6a1f0f7c11/12-0\n00:00:03.000 --> 00:00:06.100\n"
           f"<v Kari Nordli>{QUESTION}</v>\n\n"
           "9f6d41bc-5c5e-4f4c-9e3a-2b6a1f0f7c11/17-0\n00:00:07.000 --> 00:00:10.100\n"
           f"<v Odd Bakke>{ANSWER}</v>\n\n"
           "9f6d41bc-5c5e-4f4c-9e3a-2b6a1f0f7c11/17-1\n00:00:10.100 --> 00:00:13.000\n"
           f"<v Odd Bakke>Men ingen spør om\nde kom i arbeid.</v>\n\n"
           "9f6d41bc-5c5e-4f4c-9e3a-2b6a1f0f7c11/23-0\n00:00:14.000 --> 00:00:16.100\n"
           f"<v Kari Nordli>{AGAIN}</v>\n\n"
           "9f6d41bc-5c5e-4f4c-9e3a-2b6a1f0f7c11/29-0\n00:00:17.000 --> 00:00:19.100\n"
           f"<v Odd Bakke>{LAST}</v>\n", _NAMED),
    Sample("Microsoft Teams, from Graph", "samtale.vtt",
           f"WEBVTT\n\n0:0:3.0 --> 0:0:6.100\n<v Kari Nordli>{QUESTION}</v>\n\n"
           f"0:0:7.0 --> 0:0:13.0\n<v Odd Bakke>{_TWO}</v>\n\n"
           f"0:0:14.0 --> 0:0:16.1\n<v Kari Nordli>{AGAIN}</v>\n\n"
           f"0:0:17.0 --> 0:0:19.1\n<v Odd Bakke>{LAST}</v>\n", _NAMED),
    Sample("Zoom", "samtale.vtt",
           f"WEBVTT\n\n1\n00:00:03.000 --> 00:00:06.100\nKari Nordli: {QUESTION}\n\n"
           f"2\n00:00:07.000 --> 00:00:10.100\nOdd Bakke: {ANSWER}\n\n"
           f"3\n00:00:10.200 --> 00:00:13.000\nOdd Bakke: {MORE}\n\n"
           f"4\n00:00:14.000 --> 00:00:16.100\nKari Nordli: {AGAIN}\n\n"
           f"5\n00:00:17.000 --> 00:00:19.000\nOdd Bakke: {LAST}\n", _NAMED),
    Sample("Otter", "samtale.txt",
           f"Speaker 1  0:03  \n{QUESTION}\n\nSpeaker 2  0:07  \n{_TWO}\n\n"
           f"Speaker 1  0:14  \n{AGAIN}\n\nSpeaker 2  0:17  \n{LAST}\n\n"
           "Transcribed by https://otter.ai\n",
           (*_SPEAKERS[:3], ("Speaker 2", 17_000, f"{LAST}\n\nTranscribed by https://otter.ai"))),
    Sample("Otter, named", "samtale.txt",
           f"Kari Nordli  0:03  \n{QUESTION}\n\nOdd Bakke  0:07  \n{_TWO}\n\n"
           f"Kari Nordli  0:14  \n{AGAIN}\n\nOdd Bakke  0:17  \n{LAST}\n", _NAMED),
    Sample("Sonix", "samtale.txt",
           f"samtale.m4a\n\nSpeaker1: [00:00:03] {QUESTION}\n\nSpeaker2: [00:00:07] {_TWO}\n\n"
           f"Speaker1: [00:00:14] {AGAIN}\n\nSpeaker2: [00:00:17] {LAST}\n",
           _conversation("Speaker1", "Speaker2", 3000, 7000, 14_000, 17_000)),
    Sample("Sonix", "samtale.srt",
           f"1\n00:00:03,000 --> 00:00:06,100\nSpeaker1: {QUESTION}\n\n"
           f"2\n00:00:07,000 --> 00:00:10,100\nSpeaker2: {ANSWER}\n\n"
           f"3\n00:00:10,200 --> 00:00:13,000\n{MORE}\n\n"
           f"4\n00:00:14,000 --> 00:00:16,100\nSpeaker1: {AGAIN}\n\n"
           f"5\n00:00:17,000 --> 00:00:19,000\nSpeaker2: {LAST}\n",
           _conversation("Speaker1", "Speaker2", 3000, 7000, 14_000, 17_000)),
    Sample("Trint", "samtale.txt",
           f"Speaker 1 [00:00:03] {QUESTION}\n\nSpeaker 2 [00:00:07] {_TWO}\n\n"
           f"Speaker 1 [00:00:14] {AGAIN}\n\nSpeaker 2 [00:00:17] {LAST}\n", _SPEAKERS),
    Sample("Happy Scribe", "samtale.txt",
           f"[00:00:03.00] - Speaker 1\n{QUESTION}\n\n[00:00:07.00] - Speaker 2\n{_TWO}\n\n"
           f"[00:00:14.00] - Speaker 1\n{AGAIN}\n\n[00:00:17.00] - Speaker 2\n{LAST}\n",
           _SPEAKERS),
    Sample("Happy Scribe", "samtale.srt",
           f"1\n00:00:03,000 --> 00:00:06,100\nKari Nordli: {QUESTION}\n\n"
           f"2\n00:00:07,000 --> 00:00:13,000\nOdd Bakke: {_TWO}\n\n"
           f"3\n00:00:14,000 --> 00:00:16,100\nKari Nordli: {AGAIN}\n\n"
           f"4\n00:00:17,000 --> 00:00:19,000\nOdd Bakke: {LAST}\n", _NAMED),
    Sample("Amberscript", "samtale.json", _AMBERSCRIPT,
           _conversation("Intervjuer", "Leder", 0, 3200, 9500, 11_000)),
    Sample("Amberscript", "samtale.txt",
           f"00:00:03 Speaker 1: {QUESTION}\n00:00:07 Speaker 2: {_TWO}\n"
           f"00:00:14 Speaker 1: {AGAIN}\n00:00:17 Speaker 2: {LAST}\n", _SPEAKERS),
    Sample("f4transkript", "samtale.txt",
           f"I: {QUESTION} #00:00:06-1#\n\nB: {_TWO} #00:00:13-0#\n\n"
           f"I: {AGAIN} #00:00:16-1#\n\nB: {LAST} #00:00:19-0#\n",
           (("I", 0, f"{QUESTION} #00:00:06-1#"), ("B", 6100, f"{_TWO} #00:00:13-0#"),
            ("I", 13_000, f"{AGAIN} #00:00:16-1#"), ("B", 16_100, f"{LAST} #00:00:19-0#"))),
    Sample("f4transkript", "samtale.rtf",
           "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fnil Calibri;}}\n\\pard\\f0\\fs24 "
           + "\\par\n\\par\n".join(
               f"{who}: {text} #{time}#".replace("å", "\\'e5").replace("ø", "\\'f8")
               for who, text, time in (
                   ("I", QUESTION, "00:00:06-1"), ("B", _TWO, "00:00:13-0"),
                   ("I", AGAIN, "00:00:16-1"), ("B", LAST, "00:00:19-0"),
               )
           ) + "\\par\n}",
           (("I", 0, f"{QUESTION} #00:00:06-1#"), ("B", 6100, f"{_TWO} #00:00:13-0#"),
            ("I", 13_000, f"{AGAIN} #00:00:16-1#"), ("B", 16_100, f"{LAST} #00:00:19-0#"))),
    Sample("NVivo Transcription", "samtale.csv",
           "Timespan,Content,Speaker\n"
           f'"0:03.0 - 0:06.1","{QUESTION}",Intervjuer\n'
           f'"0:07.0 - 0:13.0","{_TWO}",Leder\n"0:14.0 - 0:16.1","{AGAIN}",Intervjuer\n'
           f'"0:17.0 - 0:19.0","{LAST}",Leder\n',
           _conversation("Intervjuer", "Leder", 3000, 7000, 14_000, 17_000)),
    Sample("NVivo Transcription", "samtale.txt",
           f"Timespan\tContent\tSpeaker\n0:03.0 - 0:06.1\t{QUESTION}\tIntervjuer\n"
           f"0:07.0 - 0:13.0\t{_TWO}\tLeder\n0:14.0 - 0:16.1\t{AGAIN}\tIntervjuer\n"
           f"0:17.0 - 0:19.0\t{LAST}\tLeder\n",
           _conversation("Intervjuer", "Leder", 3000, 7000, 14_000, 17_000)),
)  # fmt: skip
