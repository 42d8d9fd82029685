"""``kill -9`` of all gunicorn processes, twice during a thousand autosaves."""

from bench.figures import Row
from bench.interrupted import interrupted
from bench.stage import Stage


def main(stage: Stage) -> list[Row]:
    """Kill every process of gunicorn at once, start it again, and go on."""

    def interrupt() -> None:
        stage.server.kill()
        stage.server.start()

    return interrupted(stage, "`kill -9` of the server, twice in 1,000 autosaves", interrupt)
