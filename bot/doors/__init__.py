"""The composition root of the messaging platforms: which doors are set, and how each is put together."""
