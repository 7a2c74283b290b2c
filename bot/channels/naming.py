"""Names worked out from what is named: the same for the same, and nothing can be read from them."""

from hashlib import blake2b


def name_of(text: str, size: int = 16) -> str:
    """The name, of two signs for each byte of its size."""
    return blake2b(text.encode("utf-8", "replace"), digest_size=size).hexdigest()
