# The application from the same hashed lock file as everywhere else, run by a user without rights.
FROM python:3.11-slim AS packages
COPY requirements/base.lock base.lock
RUN python -m venv /opt/yishi \
    && /opt/yishi/bin/pip install --no-cache-dir --no-deps --require-hashes --only-binary :all: -r base.lock

FROM python:3.11-slim
ENV PATH=/opt/yishi/bin:$PATH PYTHONUNBUFFERED=1 YISHI_HOST=0.0.0.0 YISHI_PORT=8000
WORKDIR /srv/yishi
RUN useradd --system --uid 10001 --home-dir /srv/yishi --shell /usr/sbin/nologin yishi \
    && mkdir var && chown yishi var
COPY --from=packages /opt/yishi /opt/yishi
COPY app app
COPY schema schema
COPY policies policies
COPY templates templates
RUN python -m compileall -q app schema
USER yishi
VOLUME /srv/yishi/var
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD ["python", "-c", \
    "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/readyz', timeout=3)"]
CMD ["python", "-m", "app", "serve"]
