# syntax=docker/dockerfile:1
FROM python:3.13-slim-bookworm AS build
WORKDIR /src
RUN python -m venv /opt/assay && python -m venv /opt/build
COPY requirements-app.lock requirements-build.lock ./
RUN /opt/assay/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-app.lock \
    && /opt/build/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-build.lock
COPY pyproject.toml README.md LICENSE ./
COPY scanner scanner
COPY collectors collectors
COPY analyzers analyzers
COPY scoring scoring
COPY reports reports
RUN /opt/build/bin/hatchling build -t wheel -d /tmp/wheel \
    && /opt/assay/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps /tmp/wheel/*.whl

FROM python:3.13-slim-bookworm
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates git openssh-client \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --create-home --home-dir /var/lib/assay assay
COPY --from=build /opt/assay /opt/assay
ENV PATH=/opt/assay/bin:$PATH \
    PYTHONSAFEPATH=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    XDG_DATA_HOME=/var/lib/assay/data \
    XDG_CACHE_HOME=/var/lib/assay/cache
# Runs with a read-only root when /var/lib/assay and /tmp are writable mounts.
VOLUME ["/var/lib/assay"]
USER 10001:10001
WORKDIR /var/lib/assay
ENTRYPOINT ["assay"]
CMD ["--help"]
