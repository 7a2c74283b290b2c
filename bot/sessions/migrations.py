"""What became of the form in which conversations and replies are stored, one step for each change.

A new field with a default needs no step, for what was not stored has its default. A step is needed where a field gets
another name, place or meaning. It is added at the end and never changed afterwards: each step makes of the JSON of one
schema that of the next, whose number is one higher. Before the step is added, bytes of the schema before it are kept
in tests/sessions/stored.
"""

from collections.abc import Callable

Migration = Callable[[object], object]
"""The content one schema further; it may raise ValueError, TypeError or LookupError where the content is damaged."""
Migrations = tuple[Migration, ...]

OF_STATES: Migrations = ()
OF_REPLIES: Migrations = ()
