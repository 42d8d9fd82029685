"""The server that is measured: gunicorn, started by ``scripts/serve.sh`` as in ``make run``."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parent.parent
LOG = ROOT / "var" / "bench" / "server.log"
PATIENCE_SECONDS = 30


class Server:
    """gunicorn with ``workers`` processes of 8 threads each, on a free local port."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self.port = _free_port()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE_SECONDS)

    def start(self) -> None:
        """Start the processes, and return once the port accepts connections."""
        LOG.parent.mkdir(parents=True, exist_ok=True)
        with LOG.open("ab") as log:
            # A process group of its own, so that the master and all workers can be killed at once.
            self.process = subprocess.Popen(  # noqa: S603 -- a script of our own
                [ROOT / "scripts" / "serve.sh"],
                env=os.environ | {"PORT": str(self.port), "WEB_CONCURRENCY": str(self.workers)},
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
            )
        self._wait_until(listening=True)

    def kill(self) -> None:
        """Send SIGKILL to all processes at once, as in a power failure."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        # The workers end a moment after their master, and hold the port until then.
        self._wait_until(listening=False)

    def _wait_until(self, *, listening: bool) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while self._listens() != listening:
            if time.monotonic() > end or (listening and self.process.poll() is not None):
                raise RuntimeError(f"サーバーの様子が違います。{LOG} を確かめてください。")
            time.sleep(0.05)

    def _listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port
