"""What all parts of the platform share."""

import itertools
from dataclasses import dataclass, field

from tests.simulators.dingtalk.application import Application, Limits, Timing
from tests.simulators.dingtalk.chats import GROUP, SINGLE, Chat, Person, opaque
from tests.simulators.dingtalk.clock import Clock, SystemClock
from tests.simulators.dingtalk.journal import Journal


@dataclass
class Platform:
    """The app, the people, their chats and the journal."""

    app: Application = field(default_factory=Application)
    timing: Timing = field(default_factory=Timing)
    limits: Limits = field(default_factory=Limits)
    clock: Clock = field(default_factory=SystemClock)
    journal: Journal = field(init=False)
    url: str = ""
    bot_url: str = ""
    people: dict[str, Person] = field(default_factory=dict)
    chats: dict[str, Chat] = field(default_factory=dict)
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        self.journal = Journal(self.clock)

    def number(self, kind: str) -> str:
        """A new id."""
        return f"{kind}{opaque(f'{kind}{next(self._numbers)}')}"

    def person(self, staff_id: str, nick: str = "", *, outside: bool = False) -> Person:
        """The person of that id, who joins the company, or stays outside, when first named."""
        known = self.people.get(staff_id)
        if known is None:
            known = self.people[staff_id] = Person(staff_id, nick or f"用户{staff_id}", outside)
        return known

    def employee(self, staff_id: object) -> Person | None:
        """The person of that id, if one works here."""
        person = self.people.get(staff_id) if isinstance(staff_id, str) else None
        return person if person and not person.outside else None

    def single_chat(self, person: Person) -> Chat:
        """The person's chat with the robot."""
        chat = Chat(SINGLE, person.staff_id)
        chat.people[person.staff_id] = person
        return self.chats.setdefault(chat.conversation_id, chat)

    def group_chat(self, title: str) -> Chat:
        """The group of that title."""
        chat = Chat(GROUP, title)
        return self.chats.setdefault(chat.conversation_id, chat)

    def group_of(self, conversation_id: object) -> Chat | None:
        """The group of that id, if there is one."""
        chat = self.chats.get(conversation_id) if isinstance(conversation_id, str) else None
        return chat if chat and chat.is_group else None
