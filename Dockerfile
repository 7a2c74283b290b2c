# syntax=docker/dockerfile:1
FROM python:3.12-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /build
RUN python -m venv /opt/policybot
ARG LOCK=requirements.lock
COPY ${LOCK} ./requirements.lock
RUN /opt/policybot/bin/pip install --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot ./bot
COPY dialogs ./dialogs
COPY knowledge ./knowledge
COPY templates ./templates
RUN /opt/policybot/bin/pip install --no-deps --no-build-isolation . \
    && /opt/policybot/bin/pip uninstall --yes hatchling editables

FROM python:3.12-slim
LABEL org.opencontainers.image.title="policybot" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin policybot \
    && install --directory --owner=policybot --mode=0700 /data
COPY --from=build /opt/policybot /opt/policybot
COPY --chown=root:root dialogs /content/dialogs
COPY --chown=root:root knowledge /content/knowledge
COPY --chown=root:root templates /content/templates
ENV PATH=/opt/policybot/bin:$PATH PYTHONUTF8=1 PYTHONDONTWRITEBYTECODE=1 \
    POLICYBOT_HOST=0.0.0.0 POLICYBOT_PORT=8080 POLICYBOT_CONTENT=/content \
    POLICYBOT_STORE=sqlite:////data/policybot.sqlite3 POLICYBOT_LOG_FORMAT=json
USER policybot
WORKDIR /data
# /content holds dialogs, knowledge and templates: mount your own there, or renew the volume with the image
# (docker run --volume gives a new one each time; with compose: up --renew-anon-volumes). /data holds what was said.
VOLUME ["/content", "/data"]
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:%s/healthz' % os.environ['POLICYBOT_PORT'], timeout=4).read()"]
ENTRYPOINT ["policybot"]
CMD ["serve"]
