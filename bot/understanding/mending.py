"""Typing mistakes that leave the sound as it was, and small words in between: 转精特新 is 专精特新, bu shi is 不是."""

import re
from dataclasses import replace

from bot.understanding.english import in_chinese
from bot.understanding.lexicon import Lexicon
from bot.understanding.sounds import respelled, word_of_sound
from bot.understanding.text import Message, split_message

LONGEST_MENDED = 160
_LATIN = re.compile(r"[a-z]+(?:[ '\-]?[a-z]+)*")
_LEFT = "剩"
"""只剩市级了: what is left sounds like another word."""
_NAME = re.compile(r"(?<![a-z])[a-z]{4,}(?![a-z])")
_SOME = re.compile(
    r"(?<=[\u4e00-\u9fff])(?<![首头第这那每几两一二三四五六七八九十百数多整半])一?(?:些|点儿?|批|个|份|套|(?<=买[过了]一)[次回])(?=[\u4e00-\u9fff]{2})"
)
_CONNECTIVE = re.compile(r"不过|只是|但是|可是|而且")
"""不过高新是: what binds sentences is no half of another word."""
_RUNS = re.compile(r"[\u4e00-\u9fff]{3,}")


def mend(message: Message, lexicon: Lexicon) -> Message:
    """The message with words of the content put for what sounds the same; its raw text stays."""
    plain = message.plain
    if len(plain) > LONGEST_MENDED:
        return message
    typed = plain.strip(".?! ")
    if typed not in lexicon.known_latin and (read := in_chinese(plain)) != plain:
        return replace(split_message(_with_places(read, lexicon)), raw=message.raw)
    mended = (
        _from_pinyin(typed, lexicon) if _LATIN.fullmatch(typed) else _RUNS.sub(lambda m: _run(m[0], lexicon), plain)
    )
    mended = _without_some(mended, lexicon)
    return message if mended == plain else replace(split_message(mended), raw=message.raw)


def _without_some(text: str, lexicon: Lexicon) -> str:
    """The text with what stands apart put together where the content has a word for it: 买了点数据 as 买了数据."""
    for some in reversed([*_SOME.finditer(text)]):
        joined = text[: some.start()] + text[some.end() :]
        if any(hit.start < some.start() < hit.end for hit in lexicon.cue_index.find(joined)):
            text = joined
    return text


def _with_places(text: str, lexicon: Lexicon) -> str:
    """The names of places that stand in pinyin among English, in characters."""
    return _NAME.sub(lambda m: lexicon.place_sounds.get(m[0], m[0]), text)


def _from_pinyin(typed: str, lexicon: Lexicon) -> str:
    """A message that is only pinyin of a yes, a no or a command; English words that are known stay."""
    if typed in lexicon.known_latin:
        return typed
    return word_of_sound(typed, lexicon.message_sounds) or typed


def _run(run: str, lexicon: Lexicon) -> str:
    """The run with what is misspelt in it put right; names of places stay as they are."""
    if _LEFT in run:
        return run
    parts, at = list[str](), 0
    for place in lexicon.place_index.find(run):
        parts += (_part(run[at : place.start], lexicon), run[place.start : place.end])
        at = place.end
    return "".join((*parts, _part(run[at:], lexicon)))


def _part(run: str, lexicon: Lexicon) -> str:
    known = [False] * len(run)
    spans = [(hit.start, hit.end) for hit in lexicon.cue_index.find(run)]
    spans += [(hit.start, hit.end) for hit in lexicon.option_index.find(run)]
    spans += [found.span() for found in _CONNECTIVE.finditer(run)]
    for start, end in spans:
        known[start:end] = [True] * (end - start)
    return run if all(known) else respelled(run, lexicon.word_sounds, known)
