"""What kind of body the speaker says that it is: 我们是协会, 我这边是个研究院."""

import re
from collections.abc import Iterator, Sequence

from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Fact
from bot.understanding.topics import Topic

ORGANISATION, ENTERPRISE = "organisation", "enterprise"
_WE_ARE = re.compile(
    r"(?:你好|对了|那个)?(?:我们?|咱们?|我司|本单位|我单位)(?:公司|单位|这边|这里|这儿)?(?:就|也|其实)*(?:是|属于|算)"
    r"(?:一?[个家所])?(?P<what>[^,]{1,12}?)(?:的|性质的?)?"
)


def stated_kinds(topics: Sequence[Topic], lexicon: Lexicon) -> Iterator[tuple[int, Fact]]:
    """The kind that a clause names after 我们是, with its number; a company need not say that it is one."""
    question = lexicon.questions.get(ORGANISATION)
    for i, topic in enumerate(topics if question is not None else ()):
        said = _WE_ARE.fullmatch(topic.text) if topic.is_stated else None
        if said is None or question is None:
            continue
        named = [c.value for c in question.choices if said["what"].endswith((*c.label.split("、"), *c.words))]
        if len(named) == 1 and named[0] != ENTERPRISE:
            yield i, Fact(ORGANISATION, named[0], topic.text)
