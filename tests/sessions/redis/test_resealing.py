"""What is spread over the nodes of a cluster is sealed anew wherever it is."""

from bot.sessions.base import Parcel, SessionKey, TurnRecord
from bot.sessions.key_ring import KeyRing
from bot.sessions.redis.store import RedisStore
from bot.sessions.resealing import Resealed, reseal
from bot.sessions.sealing import SealedStore
from tests.sessions.redis.groups import Cluster

OLD, NEW = bytes(32), bytes(range(32))
KEYS = [SessionKey("web", f"c{number}") for number in range(30)]


async def test_every_node_of_a_cluster_is_sealed_anew(cluster: Cluster) -> None:
    plain = RedisStore(cluster.address, keep_days=30)
    await plain.open()
    before, after = SealedStore(plain, KeyRing([OLD])), SealedStore(plain, KeyRing([NEW]))
    for key in KEYS:
        parcel = Parcel(key.conversation, "wecom", key.conversation, b"parcel")
        await before.commit(TurnRecord(key, "m0", 0, b"state", b"reply", parcels=(parcel,)))
        await before.board.write_note(key.conversation, b"note", 60)

    assert await reseal(plain, KeyRing([NEW, OLD])) == Resealed(4 * len(KEYS), 0, 0)

    assert [(await after.load(key)).state for key in KEYS] == [b"state"] * len(KEYS)
    assert [(await after.load(key, "m0")).reply for key in KEYS] == [b"reply"] * len(KEYS)
    assert [await after.board.read_note(key.conversation) for key in KEYS] == [b"note"] * len(KEYS)
    assert [one.parcel.content for one in await after.outbox.waiting()] == [b"parcel"] * len(KEYS)
    await plain.close()
