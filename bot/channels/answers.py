"""What a platform answers to a call, read no further than its longest answer."""

from aiohttp import ClientResponse

from bot.channels.trees import EMPTY, Tree, read_object


async def read_answer(response: ClientResponse, most: int) -> Tree:
    """The JSON object in an answer of so many bytes at most; EMPTY itself where there is none."""
    content = b""
    while len(content) < most and (more := await response.content.read(most - len(content))):
        content += more
    found = read_object(content)
    return EMPTY if found is None else found
