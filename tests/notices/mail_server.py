"""A mail server of a few lines, which can be told to misbehave."""

import email
import socketserver
from email.message import Message
from threading import Thread
from typing import Self


class Conversation(socketserver.StreamRequestHandler):
    """One connection, from the greeting to the farewell."""

    server: "MailServer"

    def handle(self) -> None:
        self.server.connections += 1
        self.reply(b"220 ready")
        while line := self.rfile.readline():
            command = line.split(b" ")[0].strip().upper()
            if command == b"RCPT" and any(a in line for a in self.server.unknown):
                self.reply(b"550 no such mailbox")
            elif command == b"DATA":
                self.reply(b"354 go on")
                letter = self.read_letter()
                self.server.letters.append(letter)
                self.server.received.append(email.message_from_bytes(letter))
                if self.server.dies_after_accepting:
                    return
                self.reply(b"250 accepted")
            elif command == b"QUIT":
                self.reply(b"221 bye")
                return
            else:
                self.reply(b"250 well")

    def read_letter(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)

    def reply(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")


class MailServer(socketserver.ThreadingTCPServer):
    """Listens on a free port of this machine while the ``with`` block runs."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.letters: list[bytes] = []  # as they came over the line
        self.received: list[Message] = []
        self.connections = 0
        self.unknown: set[bytes] = set()
        self.dies_after_accepting = False

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def __enter__(self) -> Self:
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *args: object) -> None:
        self.shutdown()
        self.server_close()
