"""Reading a form: urlencoded only, of limited size, every fault told with its field."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from urllib.parse import parse_qsl
from uuid import UUID

from starlette.requests import Request

from app.core.clock import SHANGHAI
from app.core.refusals import invalid

LIMIT = 1_000_000


class Form:
    """The fields of one form, each as often as it was sent."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self._pairs = pairs

    def text(self, name: str) -> str:
        return next((value.strip() for key, value in self._pairs if key == name), "")

    def texts(self, name: str) -> list[str]:
        return [value.strip() for key, value in self._pairs if key == name and value.strip()]

    def checked(self, name: str) -> bool:
        return self.text(name) in ("1", "on", "true", "yes")

    def needed(self, name: str) -> str:
        if value := self.text(name):
            return value
        raise invalid(name, "有必填项没有填写。", "A required field is empty.")

    def uuid(self, name: str) -> UUID:
        return as_uuid(name, self.needed(name))

    def uuid_or_none(self, name: str) -> UUID | None:
        value = self.text(name)
        return as_uuid(name, value) if value else None

    def uuids(self, name: str) -> list[UUID]:
        return [as_uuid(name, value) for value in self.texts(name)]

    def day(self, name: str) -> date:
        return as_day(name, self.needed(name))

    def day_or_none(self, name: str) -> date | None:
        value = self.text(name)
        return as_day(name, value) if value else None

    def instant(self, name: str) -> datetime:
        """A local time of the form's `datetime-local` field, taken as Shanghai's."""
        try:
            return datetime.fromisoformat(self.needed(name)).replace(tzinfo=SHANGHAI)
        except ValueError as error:
            raise invalid(name, "时间应写成 2026-03-02 09:00。", "A time is written 2026-03-02 09:00.") from error

    def amount_or_none(self, name: str) -> Decimal | None:
        value = self.text(name).replace(",", "")
        try:
            amount = Decimal(value) if value else None
        except InvalidOperation as error:
            raise invalid(name, "金额应为数字(元)。", "An amount is a number (yuan).") from error
        if amount is not None and not amount.is_finite():
            raise invalid(name, "金额应为数字(元)。", "An amount is a number (yuan).")
        return amount


def as_uuid(name: str, value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError as error:
        raise invalid(name, "请从列表中选择。", "Choose from the list.") from error


def as_day(name: str, value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise invalid(name, "日期应写成 2026-03-02。", "A day is written 2026-03-02.") from error


async def read_form(request: Request) -> Form:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LIMIT:
            raise invalid("", "提交的内容过长。", "What was sent is too long.")
    if kind != "application/x-www-form-urlencoded":
        raise invalid("", "只接受网页表单。", "Only forms of these pages are accepted.")
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=300)
    except ValueError as error:
        raise invalid("", "表单内容无法识别。", "The form cannot be read.") from error
    return Form([(key, value.replace("\r\n", "\n").replace("\x00", "")) for key, value in pairs])
