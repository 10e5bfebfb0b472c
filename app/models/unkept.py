"""What a database cannot keep or compare with is a fault of what was given, wherever it is noticed."""

from app.core.refusals import Invalid, invalid


def unkept() -> Invalid:
    return invalid(
        "input", "有内容过长,或含有不能存储的字符。", "Some text is too long, or has characters that cannot be stored."
    )
