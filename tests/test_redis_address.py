"""Addresses of Redis: every way to run it, and a plain sentence for what can't be read."""

import re

import pytest

from bot.redis_address import parse_address


def test_one_server_with_user_password_and_database() -> None:
    address = parse_address("redis://bot:p%40ss@10.0.0.1:6380/3")

    assert (address.kind, address.nodes, address.user, address.password, address.database) == (
        "redis",
        (("10.0.0.1", 6380),),
        "bot",
        "p@ss",
        3,
    )
    assert (address.is_tls, address.wait, address.ca) == (False, 0, "")


def test_the_usual_port_and_database_need_not_be_named() -> None:
    address = parse_address("redis://redis.internal")

    assert (address.nodes, address.database, address.password) == ((("redis.internal", 6379),), 0, None)


def test_tls_may_name_its_authority() -> None:
    address = parse_address("rediss://:secret@host:6390/0?ca=/etc/ssl/own.pem")

    assert (address.is_tls, address.ca, address.password) == (True, "/etc/ssl/own.pem", "secret")


def test_sentinels_name_the_service() -> None:
    address = parse_address("redis+sentinel://:secret@s1,s2:26380,[::1]:26381/mymaster/2?wait=1")

    assert address.nodes == (("s1", 26379), ("s2", 26380), ("::1", 26381))
    assert (address.service, address.database, address.wait) == ("mymaster", 2, 1)


def test_a_cluster_has_several_nodes_to_begin_with() -> None:
    address = parse_address("redis+cluster://n1:7000,n2:7001?tls=1")

    assert (address.nodes, address.is_tls) == ((("n1", 7000), ("n2", 7001)), True)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("mysql://host", "地址应以 redis://"),
        ("redis://", "地址里要有主机名"),
        ("redis://:hidden-word@:x/0", "地址里要有主机名"),
        ("redis://host:99999999", "地址里要有主机名"),
        ("redis://host/zero", "库号应是数字"),
        ("redis://a,b/0", "有几个节点时要用 redis+sentinel://"),
        ("redis+sentinel://a:26379", "要写明主节点的名字"),
        ("redis://host/0?wait=all", "wait 应是要等几个副本"),
        ("redis://:hidden-word℀@host/0", "密码里的特殊字符要写成 %XX"),
    ],
)
def test_what_cannot_be_read_is_told_without_the_password(address: str, told: str) -> None:
    with pytest.raises(ValueError, match=re.escape(told)) as caught:
        parse_address(address)

    assert "hidden-word" not in str(caught.value)
