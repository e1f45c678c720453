"""What a site decides about its desk, read from the environment (``QA_*``)."""

from functools import cache
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from qa.settings import refused

RoleName = Literal["administrator", "manager", "supervisor", "agent"]


class DeskSettings(BaseSettings):
    """Every field is the environment variable of the same name with ``QA_`` before it.

    ``trust_proxy``: a proxy in front ends TLS and its ``X-Forwarded-*`` headers are believed.
    ``second_factor_roles``: roles that may not be without a second factor.
    ``single_sign_on``: offer the organisation's own sign-in (docs/sign-in.md).
    """

    model_config = SettingsConfigDict(env_prefix="QA_", extra="ignore", frozen=True)

    site_name: str = Field(default="", max_length=60)
    session_idle_minutes: int = Field(default=60, ge=1, le=24 * 60)
    session_hours: int = Field(default=12, ge=1, le=24 * 30)
    trust_proxy: bool = False
    single_sign_on: bool = False
    second_factor_roles: tuple[RoleName, ...] = ()


@cache
def desk() -> DeskSettings:
    """The settings of this process.

    Raises:
        InvalidSetting: a variable has a value that cannot be used; names it.
    """
    try:
        return DeskSettings()
    except ValidationError as error:
        raise refused(error) from error
