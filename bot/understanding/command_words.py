"""How commands are given, as staff list it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CommandWords:
    """How a command is given.

    `whole`: the message is this, fillers aside. `phrases`: a message that has this in it. `together`: one word of each
    group stands in one clause. `never`: a message with one of these is not this command.
    """

    whole: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    together: tuple[tuple[tuple[str, ...], ...], ...] = ()
    never: tuple[str, ...] = ()

    def is_never(self, spotted: frozenset[str]) -> bool:
        """Whether one of the words `spotted` in a text says that it is not this command."""
        return bool(spotted) and not spotted.isdisjoint(self.never)

    def is_named(self, spotted: frozenset[str]) -> bool:
        """Whether the words `spotted` in a clause name the command."""
        if not spotted:
            return False
        return not spotted.isdisjoint(self.phrases) or self.is_put_together(spotted)

    def is_put_together(self, spotted: frozenset[str]) -> bool:
        """Whether one word of each group is among those `spotted`."""
        return any(all(not spotted.isdisjoint(group) for group in groups) for groups in self.together)
