# syntax=docker/dockerfile:1
FROM python:3.13-slim-bookworm AS build
WORKDIR /src
RUN python -m venv /opt/assay
COPY requirements.lock ./
RUN /opt/assay/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY scanner scanner
COPY collectors collectors
COPY analyzers analyzers
COPY scoring scoring
COPY reports reports
RUN /opt/assay/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation .

FROM python:3.13-slim-bookworm
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends git \
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
