"""The hashes of the audit log noted outside the database: a file that grows with each entry.

Whoever holds the password of the database can make up a whole log that is sound in itself. The file
still says what its hashes were. Its first line names the log it belongs to by the hash of the log's
first entry; each line after it holds the number of an entry, its hash, and the time.
"""

import fcntl
import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import structlog
from django.conf import settings

from audit.chain import Note

CHAIN = re.compile(r"chain ([0-9a-f]{64})\n?")
LINE = re.compile(r"(\d{1,18}) ([0-9a-f]{64}) \S+\n?")
_LENGTH_OF_FIRST_LINE = len("chain ") + 64 + 1
logger = structlog.get_logger(__name__)


class OfAnotherChain(Exception):
    """The file belongs to the log of another database."""

    def __init__(self) -> None:
        super().__init__(
            f"控えのファイル {heads_file()} は、このデータベースのものではありません（監査記録が"
            "初めから作り直されたときも、こう表示されます）。このファイルには何も書き加えません。"
            "AUDIT_HEADS_FILE の指定を確かめ、前のデータベースのものであれば、"
            "manage.py set_audit_heads_aside で別の名前にしてください。"
        )


@dataclass(frozen=True)
class HeadsFile:
    """What the file holds: its heads, and the numbers of the lines that hold none."""

    notes: list[Note]
    unreadable: list[int]


def heads_file() -> Path:
    """Return where the heads are noted."""
    return Path(settings.AUDIT_HEADS_FILE)


def note_head(chain: str, sequence: int, hash: str) -> None:
    """Note a head after the commit; log it where that fails.

    The verification tells what is missing. What the person did is done and stays so.
    """
    try:
        append_head(chain, sequence, hash)
    except OSError as error:
        logger.error("audit_head_not_noted", sequence=sequence, reason=error.strerror)
    except OfAnotherChain:
        logger.error("audit_heads_of_another_database", sequence=sequence, file=str(heads_file()))


def append_head(chain: str, sequence: int, hash: str) -> None:
    """Add a head of the log ``chain`` to the file, and see it on the disk.

    Raises OSError where the file cannot be written, OfAnotherChain where it is another log's.
    """
    path = heads_file()
    line = f"{sequence} {hash} {datetime.now(UTC).isoformat(timespec='seconds')}\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b", buffering=0) as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # let go when the file is closed
        first = f"chain {chain}\n"
        begun = os.pread(file.fileno(), _LENGTH_OF_FIRST_LINE, 0)
        if begun and begun != first.encode():
            raise OfAnotherChain
        file.write((line if begun else first + line).encode())
        os.fsync(file.fileno())


def is_of_another(chain: str) -> bool:
    """Whether there is a file, and it belongs to another log than ``chain``."""
    try:
        with heads_file().open("rb") as file:
            begun = file.read(_LENGTH_OF_FIRST_LINE)
    except FileNotFoundError:
        return False
    return bool(begun) and begun != f"chain {chain}\n".encode()


def noted_heads() -> HeadsFile:
    """Return what the file holds. Raises OSError where it cannot be read."""
    notes, unreadable = [], []
    with heads_file().open(encoding="utf-8", errors="replace", newline="\n") as lines:
        for number, line in enumerate(lines, 1):
            if found := LINE.fullmatch(line):
                notes.append(Note(int(found[1]), found[2], f"控えのファイルの{number}行目"))
            elif number > 1 or not CHAIN.fullmatch(line):
                unreadable.append(number)
    return HeadsFile(notes, unreadable)


def set_heads_aside() -> Path:
    """Give the file another name, with the time, and return that."""
    file = heads_file()
    return file.rename(file.with_name(f"{file.name}.{datetime.now():%Y%m%d-%H%M%S}"))
