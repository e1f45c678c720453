"""Past calls to try a scorecard on, and what pages show of them."""

from collections.abc import Sequence

from sqlalchemy import exists, select

from qa.store.call.findings import StoredEvaluation, evaluations_of
from qa.store.database import Transaction
from qa.store.kinds import CallStatus, EvaluationSource
from qa.store.lists.call_days import on_days
from qa.store.tables import calls, evaluations, transcripts


def past_calls(
    tx: Transaction, card: tuple[str, str], limit: int, since_day: int | None = None
) -> tuple[int, ...]:
    """The newest calls with words in the language of a scorecard (``card``: its id and language).

    Those that the scorecard judged before in any version; when it judged none, all in its language.
    """
    scorecard, language = card
    query = select(calls.c.id).join_from(calls, transcripts)
    query = query.where(calls.c.status == CallStatus.DONE, transcripts.c.language == language)
    query = query.where(*on_days(since_day, None))
    query = query.order_by(calls.c.started_at.desc(), calls.c.id.desc()).limit(limit)
    judged = exists().where(
        evaluations.c.call_id == calls.c.id,
        evaluations.c.source == EvaluationSource.AUTO,
        evaluations.c.scorecard == scorecard,
    )
    return tuple(tx.scalars(query.where(judged))) or tuple(tx.scalars(query))


def stored_now(tx: Transaction, ids: Sequence[int]) -> dict[int, StoredEvaluation]:
    """The automatic evaluation that pages show of each call."""
    auto = evaluations.c.current & (evaluations.c.source == EvaluationSource.AUTO)
    rows = tx.execute(select(evaluations).where(auto, evaluations.c.call_id.in_(ids))).all()
    return {row.call_id: one for row, one in zip(rows, evaluations_of(tx, rows), strict=True)}
