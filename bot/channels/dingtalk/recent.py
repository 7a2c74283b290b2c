"""The ids that came lately, so many and no more."""

from collections import OrderedDict


class Recent:
    """Remembers ids; the oldest are forgotten first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: OrderedDict[str, None] = OrderedDict()

    def __contains__(self, name: object) -> bool:
        return name in self._known

    def add(self, name: str) -> None:
        """Remember it."""
        self._known[name] = None
        self._known.move_to_end(name)
        if len(self._known) > self._most:
            self._known.popitem(last=False)
