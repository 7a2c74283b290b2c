"""The simulator's own crypto against the vectors, so that it is not only its own partner."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from tests.simulators.wecom.bot_callbacks import PACKET
from tests.simulators.wecom.crypto import Crypto, Unreadable
from tests.simulators.wecom.passive import fields_of, open_reply, parse

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "platform_vectors.json").read_text(encoding="utf-8"))
CONFIG, WECOM = VECTORS["wecom"]["config"], VECTORS["wecom"]
APP = Crypto(CONFIG["token"], CONFIG["encoding_aes_key"], CONFIG["corp_id"])
BOT = Crypto(CONFIG["token"], CONFIG["encoding_aes_key"], "")
BOT_CASES = {name: case for name, case in WECOM["aibot"].items() if "query" in case}
SIGNED = ("wrong_receiveid", "pad_zero", "pad_inconsistent", "length_beyond_buffer", "not_base64", "not_block_multiple")


def check(crypto: Crypto, case: dict[str, Any]) -> None:
    query = case["query"]

    crypto.check(query["msg_signature"], query["timestamp"], query["nonce"], case["encrypt"])

    assert crypto.decrypt(case["encrypt"]) == case["plaintext"]
    assert crypto.encrypt(case["plaintext"], case["random16"].encode()) == case["encrypt"]


@pytest.mark.parametrize("name", WECOM["callbacks"])
def test_callbacks_of_the_app_agree(name: str) -> None:
    check(APP, WECOM["callbacks"][name])


@pytest.mark.parametrize("name", BOT_CASES)
def test_callbacks_of_the_bot_agree(name: str) -> None:
    check(BOT, BOT_CASES[name])


@pytest.mark.parametrize("name", VECTORS["official_doc"])
def test_the_examples_of_the_official_documents_agree(name: str) -> None:
    case = VECTORS["official_doc"][name]
    crypto = Crypto(case["token"], case["encoding_aes_key"], case["receiveid"])
    encrypted = case.get("encrypt") or case["echostr"]

    crypto.check(case["msg_signature"], case["timestamp"], case["nonce"], encrypted)

    assert crypto.decrypt(encrypted) == case["plaintext"]
    assert crypto.encrypt(case["plaintext"], bytes.fromhex(case["random16_hex"])) == encrypted


@pytest.mark.parametrize("name", SIGNED)
def test_what_is_wrongly_made_is_not_read(name: str) -> None:
    encrypted = parse(WECOM["negative"][name]["post_body"]).findtext("Encrypt") or ""

    with pytest.raises(Unreadable):
        APP.decrypt(encrypted)


def test_the_passive_reply_of_the_vectors_is_read() -> None:
    notes: list[str] = []

    root = open_reply(WECOM["reply"]["text"]["packet"].encode(), APP, notes.append)

    assert root is not None
    assert root.findtext("Content") == "周六 09:00 开门"
    assert notes == []


def test_the_bots_reply_of_the_vectors_is_read() -> None:
    case = WECOM["aibot"]["reply_stream"]
    packet = case["packet"]

    BOT.check(packet["msgsignature"], str(packet["timestamp"]), packet["nonce"], packet["encrypt"])

    assert {name: type(value) for name, value in packet.items()} == PACKET
    assert BOT.decrypt(packet["encrypt"]) == case["plaintext"]


def test_a_file_of_the_vectors_is_made() -> None:
    case = WECOM["aibot"]["media_file"]

    assert BOT.encrypt_media(bytes.fromhex(case["plaintext_hex"])).hex() == b64_to_hex(case["ciphertext_base64"])


def b64_to_hex(text: str) -> str:
    return base64.b64decode(text).hex()


def test_an_element_that_stands_twice_is_refused() -> None:
    with pytest.raises(Unreadable):
        fields_of(parse("<xml><a>1</a><a>2</a></xml>"), ["a"])
