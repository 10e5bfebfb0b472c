"""What all pages share: the database, the policy, the settings, the templates."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.core.settings import Settings
from app.models.engine import Database
from app.policy import PolicyStore
from app.services.work import Works

STATIC = Path(__file__).parent / "static"
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
HTMX_FILE = "htmx-4.0.1.min.js"
HTMX_CDN = "https://cdn.jsdelivr.net/npm/htmx.org@4.0.1/dist/htmx.min.js"
HTMX_INTEGRITY = "sha384-Qp9rdC8H7EqOoX+nR0P3RPG2Noji+qdwJlGpfzwQJsfOpp3sGwIdSP9xO3+UlEhn"


@cache
def environment() -> Environment:
    """Escaping is on for every template; a name that nobody has set is an error, not an empty place."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


@cache
def stamp(name: str) -> str:
    """A static file's address changes with its content, so that browsers may keep it for long."""
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Site:
    db: Database
    works: Works
    policies: PolicyStore
    settings: Settings

    @property
    def secure(self) -> bool:
        """Whether people come by https: then cookies carry `__Host-` and Secure."""
        return self.settings.base_url.startswith("https://")

    @property
    def htmx(self) -> str:
        if self.settings.assets == "local":
            return f"/admin/static/{HTMX_FILE}?v={stamp(HTMX_FILE)}"
        return HTMX_CDN

    @property
    def stylesheet(self) -> str:
        return f"/admin/static/yishi.css?v={stamp('yishi.css')}"
