"""Verification of the hash chain: which entries were altered, and how."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from audit.models import AuditEntry

GENESIS = "0" * 64


class ChainCheck(StrEnum):
    """The checks of a verification, as the report words them."""

    CONTENT = "どの記録も、書かれたときのままである"
    ORDER = "番号が1から抜けも重なりもなく並んでいる（削除された記録がない）"
    LINKS = "どの記録も、直前の記録につながっている（差し込み、入替え、差替えがない）"
    END = "記録の末尾が、データベースに控えた末尾と同じである（末尾の切取り、書足しがない）"
    OUTSIDE = "データベースの外のファイルに控えたハッシュと一致する（記録が作り直されていない）"
    ISSUED = "確定したPDFに入れたハッシュと一致する（記録が作り直されていない）"
    PAPER = "手元に控えたハッシュと一致する"


@dataclass(frozen=True)
class NotedHead:
    """A copy of a chain head kept elsewhere: the hash that entry ``sequence`` had.

    ``source`` says, in Japanese, where it is kept; ``check`` is the check that compares it.
    """

    sequence: int
    hash: str
    source: str
    check: ChainCheck = ChainCheck.OUTSIDE


@dataclass(frozen=True)
class Fault:
    """A failed check, with the number of the entry at which it was found."""

    check: ChainCheck
    sequence: int
    message: str


Find = Callable[[str], int | None]
"""Returns the number of the entry with a given hash, or None."""


def faults_in(
    entries: Iterable[AuditEntry],
    head: NotedHead | None,
    hash_of: Callable[[AuditEntry], str],
    find: Find,
    notes: Iterable[NotedHead] = (),
    head_now: Callable[[], int] | None = None,
) -> Iterator[Fault]:
    """Yield the faults of a chain, in one pass over it.

    ``entries`` are ordered by number; ``head`` is the head stored in the database, and ``notes``
    are heads noted outside it, both read before the entries. The chain may grow meanwhile, so
    ``head_now`` returns the number of the present head.
    """
    noted: dict[int, list[NotedHead]] = {}
    for note in notes:
        noted.setdefault(note.sequence, []).append(note)
    last, last_hash, hash_before = 0, GENESIS, ""
    hash_at_head = GENESIS
    for entry in entries:
        yield from _out_of_order(entry, last)
        linked = entry.sequence != last + 1 or entry.previous_hash == last_hash
        if not linked:
            yield _unlinked(entry, hash_before, find)
        if entry.hash != hash_of(entry):
            yield Fault(
                ChainCheck.CONTENT,
                entry.sequence,
                f"番号{entry.sequence}の記録の内容が書き換えられています。",
            )
        for note in noted.pop(entry.sequence, ()):
            if note.hash != entry.hash:
                yield _recreated(note)
        # If the next entry links to the one before this one, this entry was inserted between them.
        hash_before = last_hash if linked else ""
        last, last_hash = entry.sequence, entry.hash
        if head and entry.sequence == head.sequence:
            hash_at_head = entry.hash
    yield from _wrong_end(head, last, hash_at_head, head_now)
    for number, lost in sorted(noted.items()):
        if number:
            yield from (_lost(note, last) for note in lost)


def unnoted_sequences(sequences: Iterable[int], noted: Collection[int]) -> list[int]:
    """Return the numbers after the first noted one that were not noted."""
    if not noted:
        return []
    first = min(noted)
    return [number for number in sequences if number >= first and number not in noted]


def _out_of_order(entry: AuditEntry, last: int) -> Iterator[Fault]:
    number = entry.sequence
    if number <= last:
        yield Fault(
            ChainCheck.ORDER, number, f"番号{number}の記録が余分にあります。差し込まれたものです。"
        )
    elif number == last + 2:
        yield Fault(
            ChainCheck.ORDER, last + 1, f"番号{last + 1}の記録がありません。削除されています。"
        )
    elif number > last + 2:
        yield Fault(
            ChainCheck.ORDER,
            last + 1,
            f"番号{last + 1}から番号{number - 1}までの記録がありません。削除されています。",
        )


def _unlinked(entry: AuditEntry, hash_before: str, find: Find) -> Fault:
    """Return the fault of an ``entry`` that does not link to the one before it."""
    number = entry.sequence
    if hash_before and entry.previous_hash == hash_before:
        why = f"番号{number - 1}の記録は、後から差し込まれたものです。"
    elif (found := find(entry.previous_hash)) is not None:
        why = f"番号{found}の記録の次にあったものです。順序が入れ替えられています。"
    else:
        why = "直前にあった記録が、削除されたか差し替えられています。"
    return Fault(
        ChainCheck.LINKS, number, f"番号{number}の記録が直前の記録とつながっていません。{why}"
    )


def _wrong_end(
    head: NotedHead | None, last: int, hash_at_head: str, head_now: Callable[[], int] | None
) -> Iterator[Fault]:
    if head is None:
        if last:
            yield Fault(ChainCheck.END, last, "データベースに控えた末尾が失われています。")
        return
    end = head.sequence
    if end > last:
        yield Fault(
            ChainCheck.END,
            last + 1,
            f"番号{end}まであった記録が、番号{last}で終わっています。末尾が切り取られています。",
        )
    elif head.hash != hash_at_head:
        yield Fault(
            ChainCheck.END, end, f"番号{end}の記録が、控えた末尾と違います。差し替えられています。"
        )
    if (head_now() if head_now else end) < last:
        yield Fault(
            ChainCheck.END,
            end + 1,
            f"番号{end}で終わるはずの記録が、番号{last}まであります。末尾に書き足されています。",
        )


def _recreated(note: NotedHead) -> Fault:
    return Fault(
        note.check,
        note.sequence,
        f"番号{note.sequence}の記録が、{note.source}に控えたハッシュと違います。"
        "この記録か、これより前の記録が作り直されています。",
    )


def _lost(note: NotedHead, last: int) -> Fault:
    how = "末尾が切り取られています" if note.sequence > last else "削除されています"
    return Fault(
        note.check,
        note.sequence,
        f"{note.source}に控えた番号{note.sequence}の記録がありません。{how}。",
    )
