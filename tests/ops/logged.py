"""One run over texts full of personal data, every log of it searched: ``python -m tests.ops.logged``.

Commands, a worker and a desk meet planted numbers, names, addresses, passwords and tokens: in file names,
files that are read and files that are refused, tables, addresses of pages, forms of the sign-in. What they
write to their standard error (commands and worker) and to the desk's log must hold none of it.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.shared import ROOT

PHONE, CARD, MAIL = "09121234567", "6037991899951863", "maryam.k@example.org"
NAME, FARSI = "Zarathustra Qarachorlu", "مریم قراچورلو"
PASSWORD, TOKEN, WORDS = "5ecret-0f-the-Person", "t0ken-0f-the-Link", "xkthewordsofthecall"
SECRETS = (
    PHONE, PHONE[1:], CARD, "6037 9918", "6037-9918", "۰۹۱۲۱۲۳۴۵۶۷", MAIL, "Zarathustra", "Qarachorlu",
    "مریم", "قراچورلو", PASSWORD, TOKEN, WORDS, "xkorder", "xkcomment", "xksurvey",
)  # fmt: skip
SRT = f"""1
00:00:00,500 --> 00:00:04,000
[agent] Hello, my name is Sara, {WORDS}.

2
00:00:04,600 --> 00:00:09,000
[customer] I am {NAME}, {FARSI}, {CARD[:4]} {CARD[4:8]} {CARD[8:12]} {CARD[12:]}, {PHONE}, {MAIL}.
"""
SURVEYS = f"""id,date,csat,customer,comment
1,2026-01-13,1,{PHONE},xksurvey {NAME}
2,{NAME},9,{PHONE},xksurvey
3,2026-01-13,{CARD},{MAIL},{FARSI}
"""
COMMENTS = f"""id,date,text,customer,author
1,2026-01-13,xkcomment {MAIL},{PHONE},{NAME}
2,{PHONE},xkcomment,{CARD},x
"""
CLIP = ROOT / "data" / "demo" / "audio" / "en-booking-interrupted.ogg"


def commands(folder: Path, *, whole: bool) -> Iterator[tuple[str, ...]]:
    """What is run, in order; not ``whole``: into a database that is there, without the worker."""
    files = _files(folder)
    if whole:
        yield ("init",)
    yield "ingest", *files, "--metadata", str(folder / "calls.csv")
    yield "import", "surveys", str(folder / f"{PHONE}.csv"), "--source", "web"
    yield "import", "orders", str(folder / "broken.csv")
    if whole:
        yield "import", "comments", str(folder / f"{NAME}.csv"), "--source", "web"
        yield "work", "--until-idle"
        yield ("status",)
        yield "retention", "set", "words", "1"
        yield "retention", "apply", "--yes"
        yield ("doctor",)
        yield "forget", f"{PHONE} {NAME}"
        yield "forget", PHONE, "--yes"


def _files(folder: Path) -> list[str]:
    call = folder / f"{PHONE}-{NAME}{CLIP.suffix}"
    shutil.copy(CLIP, call)
    call.with_suffix(".srt").write_text(SRT, encoding="utf-8")
    bad = folder / f"{CARD} {FARSI}.wav"
    bad.write_bytes(f"RIFF no sound but {NAME} {PHONE}".encode())
    rows = f"file,customer,agent,queue\n{call.name},{PHONE},Sara,{MAIL}\n{bad.name},{NAME},{PHONE},x\n"
    (folder / "calls.csv").write_text(rows, encoding="utf-8")
    (folder / f"{PHONE}.csv").write_text(SURVEYS, encoding="utf-8")
    (folder / f"{NAME}.csv").write_text(COMMENTS, encoding="utf-8")
    (folder / "broken.csv").write_text(f'order id,customer\n"xkorder,{PHONE},{NAME}\n', encoding="utf-8")
    return [str(call), str(call.with_suffix(".srt")), str(bad)]


def run_commands(folder: Path, *, whole: bool) -> dict[str, str]:
    """What each command wrote to its standard error: the log, and sentences for who typed it."""
    (folder / "in").mkdir(parents=True)
    told = {}
    environment = os.environ | {
        "QA_DATA_DIR": str(folder / "var"), "QA_LOG_LEVEL": "info", "QA_THREADS": "1", "QA_LANGUAGE": "en",
    }  # fmt: skip
    environment.pop("QA_DATABASE_URL", None)
    for number, arguments in enumerate(commands(folder / "in", whole=whole)):
        form = "json" if number % 2 else "plain"
        done = subprocess.run(
            [sys.executable, "-m", "qa", *arguments],
            cwd=ROOT, env=environment | {"QA_LOG_FORMAT": form}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        told[f"{number} {' '.join(arguments[:2])} ({done.returncode})"] = done.stderr
    return told


def run_desk(folder: Path) -> str:
    """The log of a desk that meets the same in addresses and forms, and whose tables break."""
    import httpx2

    from dashboard.data import site
    from dashboard.load.desk import free_ports, log_of, running

    os.environ |= {"QA_DATA_DIR": str(folder / "var"), "QA_LOG_LEVEL": "info", "QA_LOG_FORMAT": "json"}
    site.forget()
    (port,) = free_ports(1)
    base = f"http://localhost:{port}"
    with running([port]), httpx2.Client(base_url=base, headers={"Origin": base}, timeout=60) as client:
        client.post("/qa/login", data={"u": f"{NAME} {PHONE}", "p": PASSWORD})
        client.get(f"/qa/first-run?token={TOKEN}")
        client.get(f"/calls?q={PHONE}&who={NAME}", headers={"Cookie": f"qa_sid={TOKEN}"})
        client.get(f"/qa/audio/{PHONE}", headers={"Authorization": f"Bearer {TOKEN}"})
        client.post("/qa/api/surveys", json={"rows": [{"customer": PHONE, "comment": f"xksurvey {NAME}"}]})
        client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        return log_of(port).read_text("utf-8")


def found_in(logs: dict[str, str]) -> dict[str, list[str]]:
    """Secrets by the log that holds them; none is as it should be."""
    low = {name: text.lower() for name, text in logs.items()}
    held = {name: [one for one in SECRETS if one.lower() in text] for name, text in low.items()}
    return {name: some for name, some in held.items() if some}


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="qa-logged-") as name:
        yield Path(name)


def main() -> None:
    argparse.ArgumentParser(description="Every log is searched for planted personal data.").parse_args()
    with _folder() as folder:
        logs = run_commands(folder, whole=True) | {"desk": run_desk(folder)}
    for name, text in logs.items():
        print(f"{name}: {len(text.splitlines())} lines")
    held = found_in(logs)
    print(
        json.dumps(held, ensure_ascii=False) if held else f"none of {len(SECRETS)} planted secrets in any log"
    )
    raise SystemExit(1 if held else 0)


if __name__ == "__main__":
    main()
