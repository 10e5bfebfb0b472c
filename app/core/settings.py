"""The deployment's settings, read from YISHI_* variables. A group's own settings are rows, not these."""

from functools import lru_cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

# What operators write, and the driver that speaks to it.
_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}


LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="YISHI_", extra="ignore")

    host: str = "127.0.0.1"
    port: int = 8000
    var: Path = Path("var")
    database_url: str = ""
    redis_url: str = ""
    demo: bool = False
    clock_file: Path | None = None
    smtp_url: str = ""
    mail_from: str = "yishi@example.cn"
    webhook_hosts: str = ""
    public_url: str = ""
    assets: Literal["cdn", "local"] = "cdn"
    allowed_hosts: str = ""
    embedded_worker: bool = True
    trusted_only: bool = False
    metrics_token: str = ""
    session_hours: int = Field(default=12, ge=1)
    files: Path | None = None
    file_mb: int = Field(default=50, ge=1, le=2000)
    sweep_seconds: float = Field(default=2.0, gt=0)

    @field_validator("database_url")
    @classmethod
    def _with_its_driver(cls, url: str) -> str:
        """Any usual way to write the address; another kind of database is refused by name, not by a missing driver."""
        kind, mark, rest = url.partition("://")
        if not url:
            return url
        if not mark or kind not in _DRIVERS:
            raise ValueError("write sqlite:///path/to/file or postgresql://user:password@host/database")
        return f"{_DRIVERS[kind]}://{rest}"

    @property
    def url(self) -> str:
        """The database: an SQLite file under `var` unless one is named."""
        return self.database_url or f"sqlite+aiosqlite:///{self.var / 'yishi.sqlite3'}"

    @property
    def internal_hosts(self) -> tuple[str, ...]:
        """Hosts inside to which webhooks may go; all others must be public (C9)."""
        return tuple(host for each in self.webhook_hosts.split(",") if (host := each.strip().lower()))

    @property
    def files_folder(self) -> Path:
        """Where the files of attachments lie; shared by all web processes and workers."""
        return self.files or self.var / "files"

    @property
    def base_url(self) -> str:
        """Where people reach this installation; used in links of mails."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def on_loopback(self) -> bool:
        return self.host in LOOPBACK

    @property
    def only_here(self) -> bool:
        """Reached from this machine alone: it listens on loopback, and no proxy brings others to it by another name."""
        return self.on_loopback and (not self.public_url or urlsplit(self.public_url).hostname in LOOPBACK)


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    return Settings()
