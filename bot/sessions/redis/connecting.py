"""From an address to a client: one server, with or without TLS; watched by Sentinels; or a cluster."""

from typing import Any

from redis.asyncio import Redis, RedisCluster, Sentinel
from redis.asyncio.cluster import ClusterNode
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import SentinelConnectionPool
from redis.backoff import ExponentialWithJitterBackoff

from bot.redis_address import Address

CONNECT_SECONDS = 2.0
ANSWER_SECONDS = 2.0
RETRIES = 3
MOST_CONNECTIONS = 128
Client = Redis | RedisCluster


def connect(address: Address) -> Client:
    """A client; it connects when it is first used."""
    common: dict[str, Any] = {
        "username": address.user,
        "password": address.password,
        "socket_connect_timeout": CONNECT_SECONDS,
        "socket_timeout": ANSWER_SECONDS,
        "health_check_interval": 15,
        "max_connections": MOST_CONNECTIONS,
        "retry": Retry(ExponentialWithJitterBackoff(base=0.05, cap=0.5), RETRIES),
        **({"ssl_ca_certs": address.ca} if address.ca else {}),
    }
    match address.kind:
        case "redis+cluster":
            nodes = [ClusterNode(host, port) for host, port in address.nodes]
            return RedisCluster(startup_nodes=nodes, ssl=address.is_tls, **common)
        case "redis+sentinel":
            sentinel = Sentinel(  # type: ignore[no-untyped-call]
                address.nodes,
                sentinel_kwargs={"socket_timeout": CONNECT_SECONDS, "socket_connect_timeout": CONNECT_SECONDS},
            )
            client: Redis = sentinel.master_for(address.service, db=address.database, ssl=address.is_tls, **common)
            return client
        case _:
            ((host, port),) = address.nodes
            return Redis(host=host, port=port, db=address.database, ssl=address.is_tls, **common)


async def disconnect(client: Client) -> None:
    """Close all connections of a client, those to the Sentinels too."""
    await client.aclose()
    if isinstance(client, Redis) and isinstance(pool := client.connection_pool, SentinelConnectionPool):
        for sentinel in pool.sentinel_manager.sentinels:
            await sentinel.aclose()
