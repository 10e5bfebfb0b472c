"""QR codes as pictures (SVG), for addresses that people point a telephone at."""

from io import BytesIO

import segno


def picture(address: str) -> bytes:
    out = BytesIO()
    segno.make(address, error="m").save(out, kind="svg", scale=6, border=3)
    return out.getvalue()
