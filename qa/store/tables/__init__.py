"""Every table, by subject. ``metadata`` is what the migrations must add up to."""

from qa.store.tables.accounts import (
    pending_sign_ins,
    recovery_codes,
    second_factors,
    sessions,
    signin_attempts,
    user_teams,
    users,
)
from qa.store.tables.alerts import alert_causes, alert_events, alerts, outbox
from qa.store.tables.audit import audit_anchors, audit_head, audit_log
from qa.store.tables.base import metadata, pick
from qa.store.tables.calibration import calibration_rounds, reference_verdicts
from qa.store.tables.calls import call_notes, calls, jobs, rejections, role_changes
from qa.store.tables.care import (
    comment_aspects,
    comment_readings,
    erasure_permits,
    follow_up_events,
    follow_ups,
    reply_templates,
)
from qa.store.tables.coaching import (
    action_item_events,
    action_items,
    coaching_members,
    coaching_moments,
    coaching_private_notes,
    coaching_sessions,
)
from qa.store.tables.complaints import call_complaints
from qa.store.tables.desk import (
    dispute_events,
    disputes,
    review_verdicts,
    reviews,
    sampling_plans,
)
from qa.store.tables.feedback import (
    ANSWERED,
    comment_events,
    comments,
    contacts,
    import_sources,
    imports,
    orders,
    push_keys,
    queue_events,
    surveys,
)
from qa.store.tables.findings import (
    LOST,
    criterion_results,
    evaluations,
    measurements,
    redactions,
    section_results,
    transcripts,
)
from qa.store.tables.library import exemplary_moments, seen_verdicts
from qa.store.tables.operations import stage_seconds, workers
from qa.store.tables.people import agents, queues, teams, voice_profiles
from qa.store.tables.privacy import erasures, file_removals, legal_holds, removals
from qa.store.tables.promises import promise_events, promises
from qa.store.tables.rollups import (
    rollup_days,
    rollup_marks,
    rollup_parts,
    rollup_remainders,
    rollup_stale,
)
from qa.store.tables.scorecards import (
    backtests,
    rescoring_runs,
    scorecard_assignments,
    scorecard_drafts,
    scorecard_versions,
)
from qa.store.tables.sentiments import sentiment_corrections, text_sentiments
from qa.store.tables.site import annotations, site_settings, target_changes, targets

__all__ = [
    "ANSWERED",
    "LOST",
    "action_item_events",
    "action_items",
    "agents",
    "alert_causes",
    "alert_events",
    "alerts",
    "annotations",
    "audit_anchors",
    "audit_head",
    "audit_log",
    "backtests",
    "calibration_rounds",
    "call_complaints",
    "call_notes",
    "calls",
    "coaching_members",
    "coaching_moments",
    "coaching_private_notes",
    "coaching_sessions",
    "comment_aspects",
    "comment_events",
    "comment_readings",
    "comments",
    "contacts",
    "criterion_results",
    "dispute_events",
    "disputes",
    "erasure_permits",
    "erasures",
    "evaluations",
    "exemplary_moments",
    "file_removals",
    "follow_up_events",
    "follow_ups",
    "import_sources",
    "imports",
    "jobs",
    "legal_holds",
    "measurements",
    "metadata",
    "orders",
    "outbox",
    "pending_sign_ins",
    "pick",
    "promise_events",
    "promises",
    "push_keys",
    "queue_events",
    "queues",
    "recovery_codes",
    "redactions",
    "reference_verdicts",
    "rejections",
    "removals",
    "reply_templates",
    "rescoring_runs",
    "review_verdicts",
    "reviews",
    "role_changes",
    "rollup_days",
    "rollup_marks",
    "rollup_parts",
    "rollup_remainders",
    "rollup_stale",
    "sampling_plans",
    "scorecard_assignments",
    "scorecard_drafts",
    "scorecard_versions",
    "second_factors",
    "section_results",
    "seen_verdicts",
    "sentiment_corrections",
    "sessions",
    "signin_attempts",
    "site_settings",
    "stage_seconds",
    "surveys",
    "target_changes",
    "targets",
    "teams",
    "text_sentiments",
    "transcripts",
    "user_teams",
    "users",
    "voice_profiles",
    "workers",
]
