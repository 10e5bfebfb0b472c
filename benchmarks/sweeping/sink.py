"""`python -m benchmarks.sweeping.sink --port PORT`: a mail server that takes everything and keeps only Message-IDs.

It tells how many letters it took, and how many different ones, to whoever says STAT.
"""

import asyncio
import re
import sys

_ID = re.compile(rb"^Message-ID:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


class Sink:
    def __init__(self) -> None:
        self.letters: list[bytes] = []

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 sink\r\n")
        while line := await reader.readline():
            word = line[:4].upper()
            if word == b"DATA":
                writer.write(b"354 go on\r\n")
                self._take(await reader.readuntil(b"\r\n.\r\n"))
            writer.write(self._answer(word))
            if word == b"QUIT":
                break
        writer.close()

    def _take(self, letter: bytes) -> None:
        found = _ID.search(letter)
        self.letters.append(found[1] if found else b"")

    def _answer(self, word: bytes) -> bytes:
        if word == b"STAT":
            return f"250 {len(self.letters)} {len(set(self.letters))}\r\n".encode()
        return b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n"


async def counts(port: int) -> tuple[int, int]:
    """Letters, and different ones."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await reader.readline()
    writer.write(b"STAT\r\n")
    _, letters, different = (await reader.readline()).split()
    writer.close()
    await writer.wait_closed()
    return int(letters), int(different)


async def _main(port: int) -> None:
    server = await asyncio.start_server(Sink().talk, "127.0.0.1", port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[-1])))
