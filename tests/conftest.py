"""What holds for all tests: how fast a property is tried is no matter of its truth."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
