"""The words in which people speak, as staff keep them: places, questions, commands and word lists, quick to look up."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import TypeVar

from bot.policy.memo import TextMemo
from bot.understanding.classifier import NO_CLASSIFIER, Classifier
from bot.understanding.command_words import CommandWords
from bot.understanding.meaning import Intent
from bot.understanding.questions import Question, Questions
from bot.understanding.sounds import loose_sound, sound_index, sound_of
from bot.understanding.word_index import Spotter, WordIndex

T = TypeVar("T")
_NUMERALS = frozenset("零一二两三四五六七八九十百千万亿几")
KEPT = 2_000


@dataclass(frozen=True, slots=True)
class Place:
    """A name of a place: the region it lies in, those that share it, or none where it leaves the region open."""

    name: str
    regions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """Word lists of no single question; dialogs/commands.yaml says of each what it is for."""

    fillers: tuple[str, ...]
    dont_know: tuple[str, ...]
    maybe: tuple[str, ...]
    wont_say: tuple[str, ...]
    asks_back: tuple[str, ...]
    asking: tuple[str, ...]
    requests: tuple[str, ...]
    policy: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    agree: tuple[str, ...]
    refuse: tuple[str, ...]
    none_of_them: tuple[str, ...]
    negations: tuple[str, ...]
    doing: tuple[str, ...]
    first: tuple[str, ...]
    again: tuple[str, ...]
    before: tuple[str, ...]
    planning: tuple[str, ...]
    pending: tuple[str, ...]
    failed: tuple[str, ...]
    others: tuple[str, ...]
    own: tuple[str, ...]
    supposing: tuple[str, ...]
    correcting: tuple[str, ...]
    clean: tuple[str, ...]
    registered: tuple[str, ...]
    working: tuple[str, ...]
    moved: tuple[str, ...]
    moving: tuple[str, ...]
    nothing_spent: tuple[str, ...]
    other_titles: tuple[str, ...]
    company_endings: tuple[str, ...]
    company_leads: tuple[str, ...]
    former: tuple[str, ...]
    long_ago: tuple[str, ...]
    never_done: tuple[str, ...]
    exists_or_not: tuple[str, ...]
    bare: tuple[str, ...]
    unreviewed: tuple[str, ...]
    lifted: tuple[str, ...]
    persons: tuple[str, ...]
    other_sums: tuple[str, ...]


@dataclass(frozen=True)
class Lexicon:
    """All content that understanding reads. Build it once: what is looked up often is indexed on first use."""

    questions: Questions
    places: tuple[Place, ...]
    commands: Mapping[Intent, CommandWords]
    words: Words
    intents: Classifier = NO_CLASSIFIER
    """Which command a text is."""
    firsts: Classifier = NO_CLASSIFIER
    """What an answer to 是否首次 says: not_before, before, unknown or unclear."""
    claims: Classifier = NO_CLASSIFIER
    """What an answer to 是否… says: yes, no, unknown or unclear."""
    standings: Classifier = NO_CLASSIFIER
    """What a text says of a title: held, applied, lost, never, unknown or unclear."""
    deferrals: Classifier = NO_CLASSIFIER
    """Whether an answer puts the question off (unknown), or tells something (told)."""
    trades: Classifier = NO_CLASSIFIER
    """Which sector a firm works in, by what it says of itself; ask and unknown where it says none."""
    place_roles: Classifier = NO_CLASSIFIER
    """What a place is to the company, by what is said around it."""
    aims: Classifier = NO_CLASSIFIER
    """What a text is for: asked, something to look up, or told."""
    applying: Classifier = NO_CLASSIFIER
    """Whether a question is of applying (applying), of which the texts say little, or not (other)."""

    @cached_property
    def filler_set(self) -> frozenset[str]:
        """What may be taken away at both ends of a message."""
        return frozenset(self.words.fillers)

    @cached_property
    def whole_commands(self) -> Mapping[str, Intent]:
        """The command that a message which is just these words gives; STOP is one only while a question is open."""
        commands = ((intent, words.whole) for intent, words in self.commands.items() if intent is not Intent.STOP)
        return {word.lower().replace(" ", ""): intent for intent, whole in commands for word in whole}

    def command_words_in(self, text: str) -> frozenset[str]:
        """The words of all commands that stand in a text."""
        return self.remembered(text, (Lexicon.command_words_in,), lambda: self._command_words.spotted_in(text))

    @cached_property
    def _command_words(self) -> Spotter:
        each = self.commands.values()
        grouped = (word for words in each for groups in words.together for group in groups for word in group)
        return Spotter((*grouped, *(word for words in each for word in (*words.phrases, *words.never))))

    @cached_property
    def place_index(self) -> WordIndex[Place]:
        """Every place by its name."""
        return WordIndex((place.name.lower(), place) for place in self.places)

    @cached_property
    def cue_index(self) -> WordIndex[tuple[str, ...]]:
        """Every cue, with the attributes that it points to."""
        found: dict[str, list[str]] = {}
        for name, question in self.questions.items():
            for cue in question.cues:
                found.setdefault(cue.lower(), []).append(name)
        return WordIndex((cue, tuple(names)) for cue, names in found.items())

    def named_in(self, text: str) -> frozenset[str]:
        """The attributes to which the cues in a text point."""
        return frozenset(name for hit in self.cue_index.find(text) for name in hit.meaning)

    @cached_property
    def place_sounds(self) -> Mapping[str, str]:
        """Every place that lies in one region by its sound."""
        return sound_index(place.name for place in self.places if len(place.regions) == 1)

    @cached_property
    def loose_place_sounds(self) -> Mapping[str, str]:
        """Every place by its sound, roughly; not a sound that places of different regions share."""
        found: dict[str, tuple[str, tuple[str, ...]]] = {}
        unclear: set[str] = set()
        for place in self.places:
            if 1 < len(place.name) < 7 and not place.name.isascii():
                sound = loose_sound(sound_of(place.name))
                if found.setdefault(sound, (place.name, place.regions))[1] != place.regions:
                    unclear.add(sound)
        return {sound: name for sound, (name, _) in found.items() if sound not in unclear}

    @cached_property
    def option_index(self) -> WordIndex[str]:
        """Every word for an option of any question, with the question."""
        return WordIndex((word, q.id) for q in self.questions.values() for word, _ in _words_of(q))

    @cached_property
    def word_sounds(self) -> Mapping[str, str]:
        """The cues and the words for options, of three characters or more, by their sound."""
        words = [cue for q in self.questions.values() for cue in q.cues]
        words += [word for q in self.questions.values() for word, _ in _words_of(q)]
        kept = (word for word in words if len(word) > 2 and word[-1] not in "的了过" and not _NUMERALS & set(word))
        return sound_index(dict.fromkeys(kept))

    @cached_property
    def message_sounds(self) -> Mapping[str, str]:
        """Yes, no, not knowing and the commands that are whole messages, by their sound; of two the first."""
        words = (*self.words.yes, *self.words.no, *self.words.dont_know, *self.whole_commands)
        found: dict[str, str] = {}
        for word in words:
            found.setdefault(sound_of(word), word)
        return found

    @cached_property
    def known_latin(self) -> frozenset[str]:
        """What is written in Latin letters in the content."""
        words = {*self.words.yes, *self.words.no, *self.words.dont_know, *self.words.wont_say, *self.whole_commands}
        words |= {word for q in self.questions.values() for word, _ in _words_of(q)}
        return frozenset(word for word in words if word.isascii())

    def remembered(self, text: str, key: tuple[Hashable, ...], make: Callable[[], T]) -> T:
        """What was made of an equal text and key by these words before, else what is made now.

        The key begins with the maker. Only what follows from the text, the key and the words may be kept.
        """
        return self._kept.of(text, key, make)

    @cached_property
    def _kept(self) -> TextMemo:
        return TextMemo(KEPT)

    def questions_that(self, are: Callable[[Question], bool]) -> tuple[Question, ...]:
        """The questions of which something is so."""
        if (known := self._questions_that.get(are)) is None:
            known = self._questions_that[are] = tuple(q for q in self.questions.values() if are(q))
        return known

    @cached_property
    def _questions_that(self) -> dict[Callable[[Question], bool], tuple[Question, ...]]:
        return {}

    def choice_words(self, question: Question) -> WordIndex[str]:
        """Every word for an option of the question, with its value."""
        if (known := self._choice_words.get(question.id)) is None:
            known = self._choice_words[question.id] = WordIndex(_words_of(question))
        return known

    def shared_words(self, question: Question) -> Mapping[str, tuple[str, ...]]:
        """The words that stand for several options of the question (小微: 微型, 小型), with their values."""
        if (known := self._shared_words.get(question.id)) is None:
            values: dict[str, list[str]] = {}
            for word, value in _words_of(question):
                values.setdefault(word, []).append(value)
            known = {word: tuple(each) for word, each in values.items() if len(set(each)) > 1}
            self._shared_words[question.id] = known
        return known

    def choice_sounds(self, question: Question) -> Mapping[str, str]:
        """Every word for an option of the question by its sound."""
        if (known := self._choice_sounds.get(question.id)) is None:
            known = self._choice_sounds[question.id] = sound_index(word for word, _ in _words_of(question))
        return known

    @cached_property
    def dont_know_within(self) -> tuple[str, ...]:
        """Words of not knowing that count inside a sentence; those in Latin letters only stand alone."""
        return tuple(word for word in self.words.dont_know if not word.isascii())

    @cached_property
    def wont_say_within(self) -> tuple[str, ...]:
        """Words of refusing that count inside a sentence."""
        return tuple(word for word in self.words.wont_say if len(word) > 2 and not word.isascii())

    @cached_property
    def nothing_spent_within(self) -> tuple[str, ...]:
        """Words of having spent nothing that count inside a sentence."""
        return tuple(word for word in self.words.nothing_spent if len(word) > 1)

    @cached_property
    def option_words(self) -> Mapping[str, frozenset[str]]:
        """For each question the words for its options, their labels aside."""
        return {name: frozenset(w.lower() for c in q.choices for w in c.words) for name, q in self.questions.items()}

    @cached_property
    def bare_index(self) -> WordIndex[None]:
        """The words that any answer may have, whatever it is about."""
        words = self.words
        lists = (
            words.bare, words.fillers, words.yes, words.no, words.none_of_them, words.negations, words.doing,
            words.first, words.again, words.before, words.planning, words.pending, words.failed, words.own,
            words.correcting, words.clean, words.unreviewed, words.dont_know, words.asks_back,
        )  # fmt: skip
        return WordIndex((word, None) for each in lists for word in each)

    def own_tokens(self, question: Question, content_of: Callable[[str, "Lexicon"], list[str]]) -> frozenset[str]:
        """What is left of the question's own phrases without the words that any answer may have."""
        if (known := self._own_tokens.get(question.id)) is None:
            phrases = (*question.yes_words, *question.no_words)
            known = frozenset(piece for phrase in phrases for piece in content_of(phrase, self))
            self._own_tokens[question.id] = known
        return known

    @cached_property
    def _own_tokens(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def _choice_words(self) -> dict[str, WordIndex[str]]:
        return {}

    @cached_property
    def _shared_words(self) -> dict[str, Mapping[str, tuple[str, ...]]]:
        return {}

    @cached_property
    def _choice_sounds(self) -> dict[str, Mapping[str, str]]:
        return {}


def once(reader: Callable[[str, Lexicon], T]) -> Callable[[str, Lexicon], T]:
    """The reader, which reads an equal text no second time."""

    @wraps(reader)
    def read(text: str, lexicon: Lexicon) -> T:
        return lexicon.remembered(text, (reader,), lambda: reader(text, lexicon))

    return read


def _words_of(question: Question) -> tuple[tuple[str, str], ...]:
    return tuple((word.lower(), c.value) for c in question.choices for word in (c.label, *c.words))
