"""What people type, made comparable: full-width digits, spaces in names, telephone numbers, dates in every habit.

A reader answers None where the text cannot be meant; the caller knows the place and says what is wrong.
"""

import re
import unicodedata
from datetime import date
from difflib import get_close_matches

_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad]")
_SPACES = re.compile(r"\s+")
_BETWEEN_HAN = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
_MIDDLE_DOTS = re.compile("[•・‧∙⋅･]")
_NAME = re.compile(r"[^\W\d_]+(?:[ .'·-]+[^\W\d_]+)*\.?")
_PHONE = re.compile(r"1\d{10}")
_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_MAIL = re.compile(rf"[a-z0-9.!#$%&'*+/=?^_`{{|}}~-]+@{_LABEL}(?:\.{_LABEL})+")
_DAY = re.compile(
    r"(?P<y>\d{4})(?:\s*[-./年]\s*(?P<m>\d{1,2})\s*[-./月]\s*(?P<d>\d{1,2})\s*[日号]?|(?P<m8>\d{2})(?P<d8>\d{2}))"
    r"(?:[ T]+\d{1,2}:\d{2}(?::\d{2})?)?"
)
MAIL_LENGTH = 120


class BadDay(ValueError):
    """The text is no day. `impossible`: it is written like one, but the calendar has none such."""

    def __init__(self, text: str, *, impossible: bool) -> None:
        super().__init__(text)
        self.impossible = impossible


def clean(text: str) -> str:
    """Full-width letters and digits to plain ones, invisible signs out, every gap one space, no space at the ends."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))).strip()


def compact(text: str) -> str:
    """Cleaned, and without the spaces that only align Chinese words: '傅  伟' is 傅伟, 'John Smith' keeps his."""
    return _BETWEEN_HAN.sub("", clean(text))


def person_name(text: str) -> str | None:
    """The name as it is compared and stored; None if it cannot be one person's name."""
    name = _MIDDLE_DOTS.sub("·", compact(text))
    return name if 2 <= len(name) <= 50 and _NAME.fullmatch(name) else None


def phone(text: str) -> str | None:
    """A mobile number's eleven digits, however they were grouped; with +86 or 0086 before them or without."""
    digits = re.sub(r"[\s\-‐-―−().]", "", clean(text))
    digits = re.sub(r"^(?:\+|00)?86(?=1\d{10}$)", "", digits)
    return digits if _PHONE.fullmatch(digits) else None


def mail(text: str) -> str | None:
    """A mail address in small letters."""
    address = clean(text).replace(" ", "").lower()
    return address if len(address) <= MAIL_LENGTH and _MAIL.fullmatch(address) else None


def day(text: str) -> date:
    """2023-03-01, 2023年3月1日, 2023.3.1, 2023/3/1, 20230301; a time of day after it is left out."""
    found = _DAY.fullmatch(clean(text))
    if not found:
        raise BadDay(text, impossible=False)
    year, month, of_month = found["y"], found["m"] or found["m8"], found["d"] or found["d8"]
    try:
        return date(int(year), int(month), int(of_month))
    except ValueError:
        raise BadDay(text, impossible=True) from None


def nearest(text: str, known: list[str]) -> str | None:
    """The known word that was probably meant."""
    close = get_close_matches(clean(text), known, n=1, cutoff=0.6)
    return close[0] if close else None
