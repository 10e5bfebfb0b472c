"""The names of files as people and browsers send them: read, put in one form, refused where nobody could read them."""

import re
import unicodedata

from app.core.refusals import Refusal, Refused

MOST_NAME = 120
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd]')


def _unreadable() -> Refused:
    return Refused(
        Refusal(
            "file_name",
            f"文件名无法识别:请改为不超过{MOST_NAME}个字、不含特殊字符、带扩展名的名称。",
            f"The file's name cannot be used: at most {MOST_NAME} characters, none of them special, with its ending.",
            "C8",
        )
    )


def read_name(sent: bytes) -> str:
    """The name in what a browser sent, without the folders that some put before it. Raises Refused."""
    try:
        text = sent.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _unreadable() from error
    return checked_name(text) if text else ""


def checked_name(text: str) -> str:
    """In one form; what could deceive a reader or a file system is no name."""
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", text))[-1].strip()
    stem, dot, ending = name.rpartition(".")
    if _FORBIDDEN.search(name) or not stem.strip(" .") or not dot or not ending or len(name) > MOST_NAME:
        raise _unreadable()
    return name


def ending_of(name: str) -> str:
    return name.rpartition(".")[2].lower()
