"""What every job is given: the database, the ways by which mails and deliveries go out, the link they carry."""

from dataclasses import dataclass, field

from app.adapters.files import FileStore, FolderStore
from app.adapters.mail import Mailer
from app.adapters.wakeups import Wakeups
from app.adapters.webhook import Sender
from app.core.settings import Settings
from app.models.engine import Database


@dataclass(frozen=True, slots=True)
class Surroundings:
    db: Database
    mailer: Mailer | None
    link: str
    sender: Sender = field(default_factory=Sender)
    news: Wakeups = field(default_factory=Wakeups)
    files: FileStore | None = None


def surroundings(db: Database, settings: Settings, news: Wakeups | None = None) -> Surroundings:
    mailer = Mailer(settings.smtp_url, settings.mail_from) if settings.smtp_url else None
    files = FolderStore(settings.files_folder)
    sender = Sender(settings.internal_hosts)
    return Surroundings(db, mailer, f"{settings.base_url}/", sender, news or Wakeups(), files)
