"""Strict schemas of the parts of compose and Kubernetes that deploy/ uses: any other key is an error."""

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer", "minimum": 0}
FLAG: Schema = {"type": "boolean"}
TEXTS: Schema = {"type": "array", "items": TEXT, "minItems": 1}
TEXT_MAP: Schema = {"type": "object", "additionalProperties": TEXT}
SIZE: Schema = {"type": "string", "pattern": r"^\d+(m|k|g|Ki|Mi|Gi)?$"}
DURATION: Schema = {"type": "string", "pattern": r"^\d+(s|m)$"}
PORT: Schema = {"anyOf": [{"type": "integer", "minimum": 1, "maximum": 65535}, {"const": "http"}]}


def one(required: str = "", /, **properties: Schema) -> Schema:
    """An object with these keys and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": required.split(),
        "additionalProperties": False,
    }


def many(items: Schema) -> Schema:
    """A list with at least one of these."""
    return {"type": "array", "items": items, "minItems": 1}


def choice(*values: str) -> Schema:
    """One of these words."""
    return {"enum": list(values)}


def kind(version: str, name: str, **parts: Schema) -> Schema:
    """One kind of resource of Kubernetes; all of its parts are required."""
    metadata = one("name", name=TEXT, namespace={"const": "policybot"}, labels=TEXT_MAP, annotations=TEXT_MAP)
    common: dict[str, Schema] = {"apiVersion": {"const": version}, "kind": {"const": name}, "metadata": metadata}
    return one(" ".join([*common, *parts]), **common, **parts)


SELECTOR = one("matchLabels", matchLabels=TEXT_MAP)
PROBE = one(
    "httpGet periodSeconds failureThreshold",
    httpGet=one("path port", path=TEXT, port=PORT),
    periodSeconds=NUMBER,
    timeoutSeconds=NUMBER,
    failureThreshold=NUMBER,
)
CONTAINER = one(
    "name image resources startupProbe livenessProbe readinessProbe securityContext",
    name=TEXT,
    image={"type": "string", "pattern": r":[\w.-]+$"},
    imagePullPolicy=choice("IfNotPresent", "Always"),
    args=TEXTS,
    ports=many(one("name containerPort", name=TEXT, containerPort=PORT, protocol=choice("TCP"))),
    envFrom=many(one("configMapRef", configMapRef=one("name", name=TEXT))),
    resources=one("requests limits", requests=TEXT_MAP, limits=TEXT_MAP),
    startupProbe=PROBE,
    livenessProbe=PROBE,
    readinessProbe=PROBE,
    lifecycle=one("preStop", preStop=one("exec", exec=one("command", command=TEXTS))),
    securityContext=one(
        "allowPrivilegeEscalation readOnlyRootFilesystem capabilities",
        allowPrivilegeEscalation={"const": False},
        readOnlyRootFilesystem={"const": True},
        capabilities=one("drop", drop={"const": ["ALL"]}),
    ),
    volumeMounts=many(one("name mountPath", name=TEXT, mountPath=TEXT, readOnly=FLAG)),
)
POD = one(
    "containers securityContext automountServiceAccountToken terminationGracePeriodSeconds",
    serviceAccountName=TEXT,
    automountServiceAccountToken={"const": False},
    enableServiceLinks=FLAG,
    terminationGracePeriodSeconds=NUMBER,
    securityContext=one(
        "runAsNonRoot runAsUser seccompProfile",
        runAsNonRoot={"const": True},
        runAsUser=NUMBER,
        runAsGroup=NUMBER,
        fsGroup=NUMBER,
        seccompProfile=one("type", type=choice("RuntimeDefault")),
    ),
    topologySpreadConstraints=many(
        one(
            "maxSkew topologyKey whenUnsatisfiable labelSelector",
            maxSkew=NUMBER,
            topologyKey=TEXT,
            whenUnsatisfiable=choice("ScheduleAnyway", "DoNotSchedule"),
            labelSelector=SELECTOR,
        )
    ),
    containers=many(CONTAINER),
    volumes=many(
        one(
            "name",
            name=TEXT,
            secret=one("secretName", secretName=TEXT, defaultMode=NUMBER),
            emptyDir=one(medium=choice("Memory"), sizeLimit=SIZE),
        )
    ),
)
BACKEND = one("service", service=one("name port", name=TEXT, port=one("name", name=TEXT)))
PEER = one(namespaceSelector=SELECTOR, podSelector=SELECTOR)
PORTS = many(one("protocol port", protocol=choice("TCP", "UDP"), port=PORT))
RULE = one("ports", **{"from": many(PEER), "to": many(PEER), "ports": PORTS})
PACE = one(
    "policies",
    stabilizationWindowSeconds=NUMBER,
    policies=many(one("type value periodSeconds", type=choice("Pods"), value=NUMBER, periodSeconds=NUMBER)),
)
KINDS: dict[str, Schema] = {
    "Namespace": kind("v1", "Namespace"),
    "ServiceAccount": kind("v1", "ServiceAccount", automountServiceAccountToken={"const": False}),
    "ConfigMap": kind("v1", "ConfigMap", data=TEXT_MAP),
    "Secret": kind("v1", "Secret", type=choice("Opaque"), stringData=TEXT_MAP),
    "Service": kind(
        "v1",
        "Service",
        spec=one(
            "type selector ports",
            type=choice("ClusterIP"),
            selector=TEXT_MAP,
            ports=many(one("name port targetPort", name=TEXT, port=PORT, targetPort=PORT, protocol=choice("TCP"))),
        ),
    ),
    "Deployment": kind(
        "apps/v1",
        "Deployment",
        spec=one(
            "selector template strategy",
            revisionHistoryLimit=NUMBER,
            minReadySeconds=NUMBER,
            progressDeadlineSeconds=NUMBER,
            strategy=one(
                "type rollingUpdate",
                type=choice("RollingUpdate"),
                rollingUpdate=one("maxUnavailable maxSurge", maxUnavailable=NUMBER, maxSurge=NUMBER),
            ),
            selector=SELECTOR,
            template=one("metadata spec", metadata=one("labels", labels=TEXT_MAP, annotations=TEXT_MAP), spec=POD),
        ),
    ),
    "Ingress": kind(
        "networking.k8s.io/v1",
        "Ingress",
        spec=one(
            "ingressClassName tls rules",
            ingressClassName=TEXT,
            tls=many(one("hosts secretName", hosts=TEXTS, secretName=TEXT)),
            rules=many(
                one(
                    "host http",
                    host=TEXT,
                    http=one(
                        "paths",
                        paths=many(
                            one(
                                "path pathType backend",
                                path=TEXT,
                                pathType=choice("Exact", "Prefix"),
                                backend=BACKEND,
                            )
                        ),
                    ),
                )
            ),
        ),
    ),
    "PodDisruptionBudget": kind(
        "policy/v1",
        "PodDisruptionBudget",
        spec=one("maxUnavailable selector", maxUnavailable=NUMBER, selector=SELECTOR),
    ),
    "HorizontalPodAutoscaler": kind(
        "autoscaling/v2",
        "HorizontalPodAutoscaler",
        spec=one(
            "scaleTargetRef minReplicas maxReplicas metrics",
            scaleTargetRef=one("apiVersion kind name", apiVersion=TEXT, kind=TEXT, name=TEXT),
            minReplicas=NUMBER,
            maxReplicas=NUMBER,
            metrics=many(
                one(
                    "type resource",
                    type=choice("Resource"),
                    resource=one(
                        "name target",
                        name=choice("cpu", "memory"),
                        target=one("type averageUtilization", type=choice("Utilization"), averageUtilization=NUMBER),
                    ),
                )
            ),
            behavior=one(scaleUp=PACE, scaleDown=PACE),
        ),
    ),
    "NetworkPolicy": kind(
        "networking.k8s.io/v1",
        "NetworkPolicy",
        spec=one(
            "podSelector policyTypes ingress egress",
            podSelector=SELECTOR,
            policyTypes={"const": ["Ingress", "Egress"]},
            ingress=many(RULE),
            egress=many(RULE),
        ),
    ),
    "Kustomization": one(
        "apiVersion kind resources",
        apiVersion={"const": "kustomize.config.k8s.io/v1beta1"},
        kind={"const": "Kustomization"},
        namespace=TEXT,
        resources=TEXTS,
    ),
}
LOGGING = one("driver options", driver=choice("json-file"), options=TEXT_MAP)
SERVICE = one(
    "image restart read_only security_opt networks logging",
    image={"type": "string", "pattern": r":[\w.-]+$"},
    build=one("context", context=TEXT),
    restart=choice("unless-stopped"),
    read_only={"const": True},
    user={"type": "string", "pattern": r"^[1-9]\d*:[1-9]\d*$"},
    cap_drop={"const": ["ALL"]},
    security_opt={"const": ["no-new-privileges:true"]},
    tmpfs=TEXTS,
    init=FLAG,
    command=TEXTS,
    ports=TEXTS,
    volumes=TEXTS,
    stop_grace_period=DURATION,
    mem_limit=SIZE,
    pids_limit=NUMBER,
    env_file=many(one("path", path=TEXT, required=FLAG)),
    environment=TEXT_MAP,
    secrets=TEXTS,
    networks={
        "anyOf": [TEXTS, {"type": "object", "additionalProperties": one(aliases=TEXTS)}],
    },
    depends_on={
        "type": "object",
        "additionalProperties": one("condition", condition=choice("service_healthy", "service_started")),
    },
    healthcheck=one(
        "test interval timeout retries",
        test=TEXTS,
        interval=DURATION,
        timeout=DURATION,
        retries=NUMBER,
        start_period=DURATION,
    ),
    logging=LOGGING,
)
COMPOSE: Schema = {
    "type": "object",
    "properties": {
        "name": TEXT,
        "services": {"type": "object", "additionalProperties": SERVICE},
        "networks": {"type": "object", "additionalProperties": one(internal=FLAG)},
        "volumes": {"type": "object", "additionalProperties": one()},
        "secrets": {"type": "object", "additionalProperties": one("file", file=TEXT)},
    },
    "patternProperties": {"^x-": {}},
    "required": ["name", "services", "networks", "volumes", "secrets"],
    "additionalProperties": False,
}
