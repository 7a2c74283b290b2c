"""Servers, groups of servers that fail, and what the library leaves of its connections to them."""

import gc
import warnings
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from tests.redis_servers import Server
from tests.sessions.redis.groups import Cluster, Watched
from tests.sessions.redis.pairs import Pair, paired


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    server = Server(["--appendonly", "no"]).start()
    yield server
    server.remove()


@pytest_asyncio.fixture
async def pair(server: Server) -> AsyncIterator[Pair]:
    """Two processes' stores on one server."""
    async with paired(server) as pair:
        yield pair


@pytest.fixture
def watched() -> Iterator[Watched]:
    watched = Watched().start()
    yield watched
    watched.remove()
    _collect_dropped_sockets()


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    cluster = Cluster().start()
    yield cluster
    cluster.remove()
    _collect_dropped_sockets()


def _collect_dropped_sockets() -> None:
    """redis-py drops its sockets to a server that died without closing them: here, and in no later test."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
