"""Settings of a site, read from the environment (``QA_*``) at the edges and passed down."""

import os
import sys
from functools import cached_property
from pathlib import Path
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from qa.errors import InvalidSetting

ROOT = Path(__file__).resolve().parent.parent


Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class Settings(BaseSettings):
    """One site's choices. Every field is the environment variable of the same name with ``QA_`` before it.

    ``engine``: ``auto`` takes the one that hears most for a CPU-second on this machine. ``beam``: texts that
    the engine ``fast`` weighs against one another.

    ``voice_profiles``: agents' voices, which are biometric data, may be enrolled and used.

    ``audit_heads``: a file outside the data folder to which every seal of the audit log adds a line.

    ``worker_silence``: seconds without a sign of life after which a worker's call goes to another one.

    ``secrets_dir``: a folder of files named after settings in small letters (``qa_database_url``), each with
    the value; the environment wins. systemd's folder of credentials is read without being named.

    ``threads``: processor threads of the recogniser; 0 takes all cores of this process but one, at least one,
    because threads that wait for a busy core burn the time of the others. Measured on two busy cores, a call
    of 245 s cost 139 s of processor time with two threads and about 25 s with one.
    """

    model_config = SettingsConfigDict(env_prefix="QA_", extra="ignore", frozen=True)

    data_dir: Path = ROOT / "data" / "var"
    database_url: str | None = None
    time_zone: str = "Asia/Tehran"
    language: Literal["fa", "en", "auto"] = "auto"
    agent_channel: Literal["left", "right"] = "left"
    engine: Literal["openai", "fast", "auto"] = "openai"
    beam: int = Field(default=5, ge=1, le=10)
    model: str = "base"
    model_path: Path | None = None
    threads: int = Field(default=0, ge=0, le=256)
    file_patterns: tuple[str, ...] = ()
    minimum_seconds: float = Field(default=20.0, ge=0)
    voice_profiles: bool = False
    minimum_words: int = Field(default=10, ge=0)
    maximum_hours: float = Field(default=4.0, gt=0)
    executor_id: str = "worker-1"
    retries: int = Field(default=3, ge=0, le=20)
    worker_silence: float = Field(default=40.0, ge=15, le=3600)
    log_format: Literal["plain", "json"] = "plain"
    log_level: Literal["warning", "info"] = "warning"
    metrics_token: str | None = Field(default=None, min_length=16, repr=False)
    secrets_dir: Path | None = None
    watch_folder: Path | None = None
    import_folder: Path | None = None
    rest_days: tuple[Weekday, ...] = ("friday",)
    holidays: Literal["iran", "none", "auto"] = "auto"
    llm_url: str | None = None
    llm_model: str | None = None
    llm_key: str | None = Field(default=None, repr=False)
    llm_seconds: float = Field(default=30.0, gt=0, le=600)
    llm_retries: int = Field(default=2, ge=0, le=10)
    smtp_host: str | None = None
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str | None = None
    smtp_password: str | None = Field(default=None, repr=False)
    mail_from: str | None = None
    seal: bool = True
    recordings_url: str | None = Field(default=None, pattern=r"^[a-z0-9+]+://\S+$")
    keep_original: bool = False
    vault_key: str | None = Field(default=None, repr=False)
    vault_key_file: Path | None = None
    backup_dir: Path | None = None
    backup_hours: float = Field(default=24.0, ge=1, le=24 * 31)
    backup_keep_days: int = Field(default=14, ge=1, le=3660)
    backup_keep_weeks: int = Field(default=8, ge=0, le=520)
    audit_heads: Path | None = None
    public_url: str | None = Field(default=None, pattern=r"^https?://[^\s/]+(/[^\s?#]*)?$")

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(f"{value!r} is no time zone; use a name such as Asia/Tehran") from error
        return value

    @cached_property
    def zone(self) -> ZoneInfo:
        """The site's time zone; days end at its midnight."""
        return ZoneInfo(self.time_zone)

    @property
    def rest_weekdays(self) -> frozenset[int]:
        """The days that no working day is counted on, as in ``date.weekday()``."""
        return frozenset(get_args(Weekday).index(day) for day in self.rest_days)

    @property
    def url(self) -> str:
        """The database: ``QA_DATABASE_URL``, or SQLite in the data folder."""
        return self.database_url or f"sqlite:///{self.data_dir / 'shenava.db'}"

    @property
    def recogniser_threads(self) -> int:
        """The number that ``threads`` stands for, 1 or more."""
        return self.threads or max(1, _cores() - 1)

    @property
    def recordings_dir(self) -> Path:
        """Content-addressed recordings."""
        return self.data_dir / "recordings"

    @property
    def quarantine_dir(self) -> Path:
        """Files that were refused, each with its reason."""
        return self.data_dir / "quarantine"

    @property
    def models_dir(self) -> Path:
        """Converted and downloaded weights."""
        return self.data_dir / "models"

    @property
    def keys_dir(self) -> Path:
        """Secrets of this site, readable by the owner alone."""
        return self.data_dir / "keys"


def _secrets() -> str | None:
    """The folder of secret files, if there is one; one that is named and missing is an error."""
    named = os.environ.get("QA_SECRETS_DIR")
    if named and not Path(named).is_dir():
        raise InvalidSetting(f"QA_SECRETS_DIR names {named!r}, which is no folder; mount it or unset it.")
    return named or os.environ.get("CREDENTIALS_DIRECTORY")


def _cores() -> int:
    """Processor cores that this process may use; a container may give it fewer than the machine has."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def read_settings(**overrides: object) -> Settings:
    """The settings of this process.

    Raises:
        InvalidSetting: a variable has a value that cannot be used; names it.
    """
    try:
        return Settings(_secrets_dir=_secrets(), **overrides)  # type: ignore[arg-type, call-arg]
    except SettingsError as error:  # the settings that are not plain text
        raise InvalidSetting(
            "A setting that is a list cannot be used: write JSON, "
            'QA_FILE_PATTERNS=["(?P<agent>.+)"] or QA_REST_DAYS=["thursday","friday"].'
        ) from error
    except ValidationError as error:
        raise refused(error) from error


def refused(error: ValidationError) -> InvalidSetting:
    """The sentence for the first variable that cannot be used; names it."""
    first = error.errors()[0]
    name = "QA_" + "_".join(str(part) for part in first["loc"]).upper()
    return InvalidSetting(f"The setting {name} cannot be used: {first['msg']}.")
