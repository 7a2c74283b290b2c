"""Where Redis is, and how it is run, from an address in the settings."""

from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

SCHEMES = ("redis", "rediss", "redis+sentinel", "redis+cluster")


@dataclass(frozen=True, slots=True)
class Address:
    """An address taken apart. `wait` is how many replicas must have a turn before it counts as kept (WAIT).

    `ca` is the file of the authority that signed the server's certificate; empty for those that the system knows.
    """

    kind: str
    nodes: tuple[tuple[str, int], ...]
    user: str | None
    password: str | None
    database: int
    service: str
    is_tls: bool
    wait: int
    ca: str


def parse_address(address: str) -> Address:
    """The parts of an address; ValueError with a sentence in Chinese that has nothing of the password."""
    try:
        parts = urlsplit(address)
    except ValueError:  # its own sentence may hold the password
        raise ValueError("地址里有不能用的字符；密码里的特殊字符要写成 %XX 的样子") from None
    if parts.scheme not in SCHEMES:
        raise ValueError("地址应以 redis://、rediss://、redis+sentinel:// 或 redis+cluster:// 开头")
    options = dict(parse_qsl(parts.query))
    credentials, _, hosts = parts.netloc.rpartition("@")
    user, _, password = credentials.partition(":")
    service, database = _read_path(parts)
    return Address(
        parts.scheme,
        tuple(_read_node(host, 26379 if parts.scheme == "redis+sentinel" else 6379) for host in hosts.split(",")),
        unquote(user) or None,
        unquote(password) or None,
        database,
        service,
        parts.scheme == "rediss" or options.get("tls") == "1",
        _read_number(options.get("wait", "0"), "wait 应是要等几个副本，如 wait=1"),
        options.get("ca", ""),
    )


def _read_path(parts: SplitResult) -> tuple[str, int]:
    """The Sentinels' name of the service, and the database."""
    steps = [unquote(step) for step in parts.path.split("/") if step]
    if parts.scheme == "redis+sentinel":
        if not steps:
            raise ValueError(
                "Sentinel 的地址要写明主节点的名字，例如 redis+sentinel://host1:26379,host2:26379/mymaster"
            )
        return steps[0], _read_number(steps[1] if steps[1:] else "0", "库号应是数字，例如 /mymaster/0")
    if parts.scheme != "redis+cluster" and "," in parts.netloc:
        raise ValueError("有几个节点时要用 redis+sentinel:// 或 redis+cluster:// 开头")
    return "", _read_number(steps[0] if steps else "0", "库号应是数字，例如 redis://host:6379/0")


def _read_node(host: str, default: int) -> tuple[str, int]:
    try:
        parts = urlsplit(f"//{host}")
        name, port = parts.hostname, parts.port
    except ValueError:
        name, port = None, None
    if not name:
        raise ValueError("地址里要有主机名，例如 redis://127.0.0.1:6379/0")
    return name, port or default


def _read_number(text: str, sentence: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise ValueError(sentence)
    return int(text)
