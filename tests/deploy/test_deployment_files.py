"""The files of deploy/ are of their schemas, and name settings, addresses, ports, users and files that there are."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.channels.dingtalk.callbacks import ROBOT_PATH
from bot.channels.web.server import DRAIN_SECONDS, create_web_app
from bot.console.cookies import LOGIN_PATH, PATH
from bot.metrics import Metrics
from bot.redis_address import parse_address
from bot.settings import describe_settings, load_settings
from tests.deploy.reading import DEPLOY, ROOT, read_all, read_yaml
from tests.deploy.schemas import COMPOSE, KINDS

MANIFESTS = sorted((DEPLOY / "kubernetes").glob("*.yaml"))
RESOURCES = {(one["kind"]): one for path in MANIFESTS for one in read_all(path)}
SERVICES: Mapping[str, Any] = read_yaml(DEPLOY / "compose.yaml")["services"]
BOTS = ("bot-1", "bot-2")
USER = 10001
SETTINGS = {row.name for row in describe_settings()}
POD = RESOURCES["Deployment"]["spec"]["template"]["spec"]
CONTAINER = POD["containers"][0]


def known(name: str) -> bool:
    return name in SETTINGS or name.removesuffix("_FILE") in SETTINGS


def served() -> set[str]:
    """The addresses of the server with its page and its channels."""
    app = create_web_app(None, None, Metrics())  # type: ignore[arg-type]
    return {route.resource.canonical for route in app.router.routes() if route.resource} | {
        "/print",
        "/api/report",
        ROBOT_PATH,
        "/wecom/app",
        "/wecom/bot",
        PATH,
        LOGIN_PATH,
    }


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.name)
def test_a_manifest_is_of_its_schema(path: Path) -> None:
    for document in read_all(path):
        jsonschema.Draft202012Validator(KINDS[document["kind"]]).validate(document)


def test_the_compose_file_is_of_its_schema() -> None:
    jsonschema.Draft202012Validator(COMPOSE).validate(read_yaml(DEPLOY / "compose.yaml"))


@pytest.mark.parametrize("schema", [*KINDS.values(), COMPOSE], ids=[*KINDS, "compose"])
def test_the_schemas_are_schemas(schema: Mapping[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)


def test_all_manifests_are_put_up_but_the_example() -> None:
    listed = set(RESOURCES["Kustomization"]["resources"])

    assert listed == {path.name for path in MANIFESTS} - {"kustomization.yaml", "secret.example.yaml"}


def test_every_setting_that_is_named_exists() -> None:
    of_compose = {name for service in SERVICES.values() for name in service.get("environment", {})}
    example = (DEPLOY / "bot.env.example").read_text(encoding="utf-8")
    of_example = set(re.findall(r"^#? ?(POLICYBOT_\w+)=", example, re.MULTILINE))
    image = set(re.findall(r"(POLICYBOT_\w+)=", (ROOT / "Dockerfile").read_text(encoding="utf-8")))
    named = of_compose | of_example | image | RESOURCES["ConfigMap"]["data"].keys()

    assert len(of_example) > 5
    assert {name for name in named if not known(name)} == set()


@pytest.mark.parametrize(
    "given", [SERVICES["bot-1"]["environment"], RESOURCES["ConfigMap"]["data"]], ids=["compose", "kubernetes"]
)
def test_the_bot_starts_with_these_settings(
    given: Mapping[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, secret in RESOURCES["Secret"]["stringData"].items():
        (tmp_path / name.replace("-", "_")).write_text(f"{secret}\n", encoding="utf-8")
    (tmp_path / "console_password").write_text("correct horse battery\n", encoding="utf-8")  # the example is refused
    names = {
        "POLICYBOT_STORE": "store",
        "POLICYBOT_STORE_KEY": "store_key",
        "POLICYBOT_CONSOLE_PASSWORD": "console_password",
    }
    files = {f"{name}_FILE": tmp_path / file for name, file in names.items()}
    monkeypatch.setenv("POLICYBOT_STORE", "sqlite:////data/policybot.sqlite3")  # as in the image
    for name, value in given.items():
        monkeypatch.setenv(name, str(files.get(name, value)))

    settings = load_settings(tmp_path / "no.env")

    assert (settings.host, settings.port, settings.store_path) == ("0.0.0.0", 8080, None)
    assert parse_address(settings.store).kind == "redis+sentinel"
    assert len(settings.store_keys) == 1
    assert settings.console_password is not None


def test_every_file_that_is_mounted_is_there_or_kept_out_of_the_repository() -> None:
    compose = read_yaml(DEPLOY / "compose.yaml")
    mounted = [one.split(":")[0] for service in SERVICES.values() for one in service.get("volumes", [])]
    files = [one for one in mounted if one.startswith("./")] + [one["file"] for one in compose["secrets"].values()]
    ignored = (DEPLOY / ".gitignore").read_text(encoding="utf-8").split()

    for name in files:
        top = name.removeprefix("./").split("/")[0]
        assert (DEPLOY / name).is_file() or f"{top}/" in ignored
    named = {one.split(":")[0] for one in mounted if not one.startswith("./")}
    assert named == set(compose["volumes"])


def test_the_secret_files_are_mounted_where_the_settings_say() -> None:
    mounts = {one["name"]: one["mountPath"] for one in CONTAINER["volumeMounts"]}

    of_pod = {Path(value) for name, value in RESOURCES["ConfigMap"]["data"].items() if name.endswith("_FILE")}
    of_bot = {value for name, value in SERVICES["bot-1"]["environment"].items() if name.endswith("_FILE")}

    assert of_pod == {Path(mounts["secrets"]) / name for name in RESOURCES["Secret"]["stringData"]}
    assert of_bot == {f"/run/secrets/{name}" for name in SERVICES["bot-1"]["secrets"]}
    assert {one["name"] for one in POD["volumes"]} == mounts.keys()


def test_probes_and_ways_in_lead_to_addresses_that_there_are() -> None:
    probes = {CONTAINER[name]["httpGet"]["path"] for name in ("startupProbe", "livenessProbe", "readinessProbe")}
    paths = [one for rule in RESOURCES["Ingress"]["spec"]["rules"] for one in rule["http"]["paths"]]

    assert probes == {"/healthz", "/readyz"} <= served()
    assert CONTAINER["livenessProbe"]["httpGet"]["path"] == "/healthz"  # a store that is away is no reason to restart
    for one in paths:
        is_prefix = one["pathType"] == "Prefix"
        assert any(path.startswith(f"{one['path']}/") if is_prefix else path == one["path"] for path in served())


def test_figures_and_readiness_are_not_shown_to_the_world() -> None:
    paths = [one for rule in RESOURCES["Ingress"]["spec"]["rules"] for one in rule["http"]["paths"]]
    nginx = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")

    for hidden in ("/metrics", "/readyz"):
        assert not any(
            hidden.startswith(one["path"]) if one["pathType"] == "Prefix" else hidden == one["path"] for one in paths
        )
        assert re.search(rf"location = {hidden} {{\s*return 404;", nginx)
    assert "$request_uri'" not in nginx  # no signature of a platform in the log
    assert "ports" not in SERVICES["bot-1"]
    assert "ports" not in SERVICES["redis"]


def test_every_address_is_let_in() -> None:
    paths = [one for rule in RESOURCES["Ingress"]["spec"]["rules"] for one in rule["http"]["paths"]]
    open_ones = served() - {"/metrics", "/readyz"}

    def is_let_in(address: str) -> bool:
        return any(
            address.startswith(one["path"]) if one["pathType"] == "Prefix" else address == one["path"] for one in paths
        )

    assert {address for address in open_ones if not is_let_in(address)} == set()


def test_all_run_as_the_user_of_the_image_and_write_nothing_into_it() -> None:
    docker = (ROOT / "Dockerfile").read_text(encoding="utf-8")

    assert f"--uid {USER}" in docker
    assert docker.index("USER policybot") < docker.index("ENTRYPOINT")
    assert not re.search(r"(SECRET|TOKEN|PASSWORD|AES_KEY)=", docker)
    assert (POD["securityContext"]["runAsUser"], POD["securityContext"]["fsGroup"]) == (USER, USER)
    for bot in BOTS:
        assert SERVICES[bot]["user"] == f"{USER}:{USER}"
        assert SERVICES[bot]["cap_drop"] == ["ALL"]


def test_both_bots_are_alike_and_there_are_always_two() -> None:
    assert SERVICES["bot-1"] == SERVICES["bot-2"]
    assert RESOURCES["HorizontalPodAutoscaler"]["spec"]["minReplicas"] == 2
    assert RESOURCES["PodDisruptionBudget"]["spec"]["maxUnavailable"] == 1
    assert RESOURCES["Deployment"]["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"] == 0


def test_who_selects_pods_selects_these() -> None:
    labels = RESOURCES["Deployment"]["spec"]["template"]["metadata"]["labels"]

    for selector in (
        RESOURCES["Deployment"]["spec"]["selector"]["matchLabels"],
        RESOURCES["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"],
        RESOURCES["NetworkPolicy"]["spec"]["podSelector"]["matchLabels"],
        RESOURCES["Service"]["spec"]["selector"],
    ):
        assert selector.items() <= labels.items()
    target = RESOURCES["HorizontalPodAutoscaler"]["spec"]["scaleTargetRef"]
    assert (target["kind"], target["name"]) == ("Deployment", RESOURCES["Deployment"]["metadata"]["name"])


def test_there_is_time_enough_to_stop() -> None:
    before = int(CONTAINER["lifecycle"]["preStop"]["exec"]["command"][1])

    assert POD["terminationGracePeriodSeconds"] >= before + 10 > DRAIN_SECONDS
    assert all(int(SERVICES[bot]["stop_grace_period"].removesuffix("s")) > 10 for bot in BOTS)


def test_ports_agree() -> None:
    port = CONTAINER["ports"][0]["containerPort"]

    assert str(port) == RESOURCES["ConfigMap"]["data"]["POLICYBOT_PORT"]
    assert str(port) == SERVICES["bot-1"]["environment"]["POLICYBOT_PORT"]
    assert f"http://bot:{port};" in (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    assert f"127.0.0.1:{port}/readyz" in SERVICES["bot-1"]["healthcheck"]["test"][-1]
    assert f"EXPOSE {port}" in (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert SERVICES["bot-1"]["networks"]["inside"]["aliases"] == ["bot"]


def test_the_addresses_of_doors_are_those_that_the_doors_add() -> None:
    """`served` names them by hand: here they are read from the code of the doors."""
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot/channels").rglob("*.py"))

    for address in served() - {"/static/{name}", PATH, LOGIN_PATH}:
        assert f'"{address}"' in code


def test_the_console_may_be_kept_to_the_own_network_by_the_proxy() -> None:
    nginx = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")

    assert re.search(rf"location {PATH} {{[^}}]*deny all;[^}}]*proxy_pass \$bot;", nginx)
    assert "X-Forwarded-For $remote_addr;" in nginx  # what a visitor wrote there is not passed on
    assert "X-Forwarded-Proto $scheme;" in nginx
