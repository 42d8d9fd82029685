"""References to other sheets made links: for the page on the screen; paper keeps the words."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from evaluations.paper.document import PrintDocument, RowPart
from texts.notation import Block, Run

Links = Mapping[str, Mapping[str, str]]


def linked(document: PrintDocument, links: Links) -> PrintDocument:
    """Return ``document`` with ``links``: by item key, the words and the address they lead to."""
    rows = tuple(
        replace(row, parts=tuple(_part(part, links) for part in row.parts)) for row in document.rows
    )
    return replace(document, rows=rows)


def _part(part: RowPart, links: Links) -> RowPart:
    steps = tuple((key, label, _blocks(key, blocks, links)) for key, label, blocks in part.steps)
    return replace(part, blocks=_blocks(part.key, part.blocks, links), steps=steps)


def _blocks(key: str, blocks: Iterable[Block], links: Links) -> tuple[Block, ...]:
    words = links.get(key)
    if not words:
        return tuple(blocks)
    # The longest first: 「IOM分担金」 is not to be found inside 「〇〇のためのIOM分担金」.
    pattern = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
    return tuple(
        replace(block, runs=tuple(r for run in block.runs for r in _runs(run, pattern, words)))
        for block in blocks
    )


def _runs(run: Run, pattern: re.Pattern[str], words: Mapping[str, str]) -> Iterator[Run]:
    end = 0
    for match in pattern.finditer(run.text):
        if match.start() > end:
            yield replace(run, text=run.text[end : match.start()])
        yield replace(run, text=match.group(), href=words[match.group()])
        end = match.end()
    if end < len(run.text):
        yield replace(run, text=run.text[end:])
