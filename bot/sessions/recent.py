"""The states that this process kept last, so that what comes back from the store unchanged need not be read again."""

from collections.abc import Mapping

from bot.dialog.state import State
from bot.policy.attributes import Attribute
from bot.sessions.base import SessionKey
from bot.sessions.codec import Written, decode_state, write_state

MOST = 500
_Kept = tuple[Written, Mapping[str, Attribute], State]


class RecentStates:
    """At most so many, those that were kept last. The store alone says what counts: other bytes are read anew."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: dict[SessionKey, _Kept] = {}

    def read(self, key: SessionKey, raw: bytes, attributes: Mapping[str, Attribute]) -> State:
        """The state of these bytes, under these attributes; raises as `decode_state` does."""
        known = self._kept.get(key)
        if known is not None and known[0].raw == raw and known[1] is attributes:
            return known[2]
        return decode_state(key, raw, attributes)

    def write(self, key: SessionKey, state: State, attributes: Mapping[str, Attribute]) -> Written:
        """The conversation as it is to be stored, with what was written of it before."""
        known = self._kept.get(key)
        return write_state(state, attributes, known[0].parts if known else {})

    def keep(self, key: SessionKey, written: Written, attributes: Mapping[str, Attribute], state: State) -> None:
        """Remember what the store has of a conversation now."""
        self._kept.pop(key, None)
        self._kept[key] = (written, attributes, state)
        if len(self._kept) > self._most:
            del self._kept[next(iter(self._kept))]

    def forget(self, key: SessionKey) -> None:
        """Remember nothing of a conversation."""
        self._kept.pop(key, None)
