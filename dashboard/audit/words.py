"""The words of the audit log in the viewer's language: acts, steps, and what an entry is about."""

from collections.abc import Mapping
from typing import Any

from dashboard.data.audit import Act, Break
from dashboard.data.kinds import Role
from dashboard.i18n import N_, _, ngettext, number
from dashboard.roles import role_label

ACTS: Mapping[str, str] = {
    Act.SIGN_IN: N_("Sign-in"),
    Act.SIGN_IN_FAILED: N_("Sign-in failed"),
    Act.SIGN_OUT: N_("Sign-out"),
    Act.PASSWORD: N_("Password set"),
    Act.SECOND_FACTOR: N_("Second factor changed"),
    Act.CALL_VIEWED: N_("Call opened"),
    Act.AUDIO_PLAYED: N_("Recording played"),
    Act.CUSTOMER_VIEWED: N_("Customer opened"),
    Act.CALLS_SEARCHED: N_("Calls searched"),
    Act.AUDIT_READ: N_("Audit log read"),
    Act.EXPORTED: N_("File taken out"),
    Act.REPORTED: N_("Report made"),
    Act.IMPORTED: N_("Data brought in"),
    Act.CALL_CHANGED: N_("Call changed"),
    Act.REVIEWED: N_("Review"),
    Act.CALIBRATED: N_("Calibration"),
    Act.DISPUTED: N_("Dispute"),
    Act.COACHED: N_("Coaching"),
    Act.ACTION_CHANGED: N_("Action item"),
    Act.LIBRARY_CHANGED: N_("Exemplary moment"),
    Act.COMMENT_CHANGED: N_("Comment handled"),
    Act.PROMISE_CHANGED: N_("Promise decided"),
    Act.ALERT_CHANGED: N_("Alert handled"),
    Act.FOLLOW_UP_CHANGED: N_("Follow-up"),
    Act.USER_CHANGED: N_("User changed"),
    Act.SCORECARD_CHANGED: N_("Scorecard changed"),
    Act.RESCORED: N_("Calls scored again"),
    Act.TARGET_CHANGED: N_("Target changed"),
    Act.SETTING_CHANGED: N_("Setting changed"),
    Act.KEY_CHANGED: N_("Key changed"),
    Act.VOICE_CHANGED: N_("Voice profile changed"),
    Act.DEMO_CHANGED: N_("Demo centre"),
    Act.ERASED: N_("Erased"),
    Act.RETENTION_APPLIED: N_("Retention applied"),
    Act.HOLD_CHANGED: N_("Legal hold changed"),
    Act.BACKUP_MADE: N_("Back-up made"),
    Act.RESTORED: N_("Restored from a back-up"),
    Act.KEYS_ROTATED: N_("Keys rotated"),
}
BREAKS: Mapping[Break, str] = {
    Break.MISSING: N_("an entry is missing or stands out of its order"),
    Break.CHANGED: N_("the entry was changed"),
    Break.UNCHAINED: N_("the entry does not follow the one before it"),
    Break.CUT: N_("entries at the end are missing"),
    Break.ADDED: N_("entries at the end were not written by the desk"),
    Break.UNSEALED: N_("a seal is missing or was changed"),
    Break.FORGED: N_("a seal was not made with the key of this site"),
    Break.REPLACED: N_("the entry is not the one that was sealed"),
    Break.NO_KEY: N_("the key of the seals is not here"),
    Break.NOTED: N_("the entry is not the one that was noted outside"),
    Break.UNKNOWN: N_("the expected hash is not in the log"),
}
STEPS: Mapping[str, str] = {
    "acknowledged": N_("acknowledged"),
    "added": N_("added"),
    "agreed": N_("agreed"),
    "another time": N_("another time"),
    "answer kept": N_("answer kept"),
    "answered": N_("answered"),
    "asked": N_("asked for"),
    "assigned": N_("assigned"),
    "assignment removed": N_("assignment removed"),
    "broken": N_("not kept"),
    "changed": N_("changed"),
    "closed": N_("closed"),
    "comment removed": N_("comment removed"),
    "comment written": N_("comment written"),
    "consented": N_("consented"),
    "day set": N_("day set"),
    "debriefed": N_("debrief begun"),
    "declined": N_("declined"),
    "discarded": N_("discarded"),
    "draft begun": N_("draft begun"),
    "draft discarded": N_("draft discarded"),
    "enabled": N_("turned on"),
    "enrolled": N_("enrolled"),
    "finished": N_("finished"),
    "followed up": N_("followed up"),
    "handed over": N_("handed over"),
    "hidden": N_("hidden"),
    "noted": N_("noted"),
    "offered remedy": N_("remedy offered"),
    "replied": N_("replied"),
    "resolved": N_("resolved"),
    "sentiment corrected": N_("sentiment corrected"),
    "set": N_("set"),
    "shown again": N_("shown again"),
    "thanked": N_("thanked"),
    "turned off": N_("turned off"),
    "turned on": N_("turned on"),
    "unresolved": N_("unresolved"),
    "forgotten": N_("forgotten"),
    "kept": N_("kept"),
    "let in again": N_("let in again"),
    "locked out": N_("locked out"),
    "lifted": N_("lifted"),
    "made": N_("made"),
    "none": N_("nothing to do"),
    "open": N_("open"),
    "opened": N_("opened"),
    "opened again": N_("opened again"),
    "planned": N_("planned"),
    "prepared": N_("prepared"),
    "proposed": N_("proposed"),
    "published": N_("published"),
    "queued again": N_("queued again"),
    "recovery code used": N_("recovery code used"),
    "recovery codes renewed": N_("recovery codes renewed"),
    "reference": N_("reference set"),
    "references": N_("references set"),
    "removed": N_("removed"),
    "replaced": N_("replaced"),
    "revoked": N_("revoked"),
    "roles set": N_("roles set"),
    "rotated": N_("keys rotated"),
    "sent": N_("sent"),
    "sent again": N_("sent again"),
    "shipped": N_("came with the program"),
    "stopped": N_("stopped"),
    "taken": N_("taken"),
    "taken back": N_("taken back"),
    "taken on": N_("taken on"),
    "verdict seen": N_("verdict acknowledged"),
    "void": N_("void"),
    "withdrawn": N_("withdrawn"),
    "written": N_("written"),
}
KINDS: Mapping[str, str] = {
    "search": N_("Search of words"),
    "action": N_("action item"),
    "agent": N_("agent"),
    "alert": N_("alert"),
    "annotation": N_("note in the charts"),
    "audit": N_("audit log"),
    "call": N_("call"),
    "comment": N_("comment"),
    "customer": N_("customer"),
    "customer of call": N_("customer of the call"),
    "demo": N_("demo centre"),
    "dispute": N_("dispute"),
    "export": N_("file"),
    "follow-up": N_("follow-up"),
    "hold": N_("legal hold"),
    "import": N_("import"),
    "key": N_("key"),
    "message": N_("message"),
    "moment": N_("exemplary moment"),
    "plan": N_("weekly plan"),
    "promise": N_("promise"),
    "recordings": N_("recordings"),
    "report": N_("report"),
    "request": N_("erasure request"),
    "retention": N_("retention"),
    "review": N_("review"),
    "round": N_("calibration round"),
    "run": N_("scoring run"),
    "scorecard": N_("scorecard"),
    "session": N_("coaching session"),
    "setting": N_("setting"),
    "site": N_("site"),
    "survey": N_("survey"),
    "target": N_("target"),
    "template": N_("reply template"),
    "user": N_("user"),
    "vault": N_("keys of the recordings"),
}


def act_word(act: str) -> str:
    """What was done; one that a newer version wrote stands as it is."""
    return _(ACTS[act]) if act in ACTS else act


def subject_words(subject: str) -> tuple[str, str]:
    """What an entry is about: the kind in words, and its key or number."""
    kind, _colon, key = subject.partition(":")
    if subject == "user:unknown":
        return _("nobody known here"), ""
    return (_(KINDS[kind]) if kind in KINDS else kind), key


def detail_words(detail: Mapping[str, Any]) -> str:
    """What else is known, as far as it says something to people; the file has everything."""
    steps = [step for step in str(detail.get("step") or detail.get("what") or "").split(", ") if step]
    said = [_(STEPS[step]) if step in STEPS else step for step in steps]
    if "role_before" in detail:
        before, after = (_role(detail.get(name)) for name in ("role_before", "role"))
        said.append(_("{before}, now {after}", before=before, after=after))
    elif "role" in detail:
        said.append(_role(detail["role"]))
    if isinstance(detail.get("version"), int):
        said.append(_("version {version}", version=number(detail["version"])))
    if isinstance(rows := detail.get("rows", detail.get("read")), int):
        said.append(ngettext("{count} row", "{count} rows", rows))
    if isinstance(files := detail.get("files"), int):
        said.append(ngettext("{count} file", "{count} files", files))
    if "late" in detail:
        said.append(_("written late"))
    return _(", ").join(said)


def _role(value: object) -> str:
    return role_label(Role(value)) if value in set(Role) else str(value)
