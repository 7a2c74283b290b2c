"""Several servers of Redis together: a primary watched by Sentinels, and a cluster."""

from dataclasses import dataclass, field

from tests.redis_servers import Server
from tests.waiting import wait_until

SERVICE = "policybot"


@dataclass(slots=True)
class Watched:
    """A primary, two replicas, and three Sentinels that put a replica in its place."""

    primary: Server = field(default_factory=lambda: Server(["--repl-diskless-sync-delay", "0"]))
    replicas: list[Server] = field(default_factory=list)
    sentinels: list[Server] = field(default_factory=list)

    def start(self) -> "Watched":
        self.primary.start()
        follows = ["--replicaof", "127.0.0.1", str(self.primary.port), "--repl-diskless-sync-delay", "0"]
        self.replicas = [Server(follows).start() for _ in range(2)]
        self.sentinels = [self._start_sentinel() for _ in range(3)]
        # a replica that is only connected has nothing yet
        wait_until(lambda: self.primary.ask("INFO", "replication").count("state=online") == 2)
        wait_until(lambda: all(self._sees_all(one) for one in self.sentinels))
        return self

    def _start_sentinel(self) -> Server:
        sentinel = Server(is_sentinel=True)
        lines = [
            f"port {sentinel.port}",
            "bind 127.0.0.1",
            f"dir {sentinel.folder}",
            f"sentinel monitor {SERVICE} 127.0.0.1 {self.primary.port} 2",
            f"sentinel down-after-milliseconds {SERVICE} 800",
            f"sentinel failover-timeout {SERVICE} 3000",
        ]
        (sentinel.folder / "sentinel.conf").write_text("\n".join(lines) + "\n")
        return sentinel.start()

    def _sees_all(self, sentinel: Server) -> bool:
        told = sentinel.ask("SENTINEL", "master", SERVICE).splitlines()
        seen = dict(zip(told[::2], told[1::2], strict=False))
        return (seen.get("num-slaves"), seen.get("num-other-sentinels")) == ("2", "2")

    def remove(self) -> None:
        for one in (*self.sentinels, self.primary, *self.replicas):
            one.remove()

    @property
    def address(self) -> str:
        hosts = ",".join(f"127.0.0.1:{one.port}" for one in self.sentinels)
        return f"redis+sentinel://{hosts}/{SERVICE}/0"


@dataclass(slots=True)
class Cluster:
    """Three primaries, each with a replica that takes its place."""

    nodes: list[Server] = field(default_factory=list)

    def start(self) -> "Cluster":
        options = ["--cluster-enabled", "yes", "--cluster-node-timeout", "1000", "--repl-diskless-sync-delay", "0"]
        self.nodes = [Server(options).start() for _ in range(6)]
        hosts = [f"127.0.0.1:{one.port}" for one in self.nodes]
        self.nodes[0].ask("--cluster", "create", *hosts, "--cluster-replicas", "1", "--cluster-yes")
        wait_until(lambda: all(self._is_complete(one) for one in self.nodes))
        return self

    def _is_complete(self, node: Server) -> bool:
        is_up = "cluster_state:ok" in node.ask("CLUSTER", "INFO")
        return is_up and node.ask("CLUSTER", "NODES").count("slave ") == 3

    def a_primary(self) -> Server:
        """A primary whose replica has all that it has."""
        return next(one for one in self.nodes if "connected_slaves:1" in one.ask("INFO", "replication"))

    def bring_back(self, dead: Server) -> None:
        """Start it again once another one has its place; then it is the replica of that one."""
        living = [one for one in self.nodes if one is not dead]
        wait_until(lambda: sum("role:master" in one.ask("INFO", "replication") for one in living) == 3)
        dead.start()

    def remove(self) -> None:
        for one in self.nodes:
            one.remove()

    @property
    def address(self) -> str:
        return "redis+cluster://" + ",".join(f"127.0.0.1:{one.port}" for one in self.nodes[:3])
