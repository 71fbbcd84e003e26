"""Settings of one installation, from `HALL_…` in the environment or `.env`."""

from functools import lru_cache
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Every setting, its default and what it means; listed in docs/settings.md."""

    model_config = SettingsConfigDict(env_prefix="HALL_", env_file=".env", extra="ignore")

    data_dir: Path = Field(ROOT / "var", description="Where the database, attachments and the registry live.")
    content_dir: Path = Field(ROOT, description="The root that holds guides/, forms/ and data/.")
    database_url: str = Field("", description="SQLAlchemy URL; empty: SQLite in data_dir.")
    host: str = Field("127.0.0.1", description="Address the hall listens on.")
    port: int = Field(8501, description="Port the hall listens on.")
    public_url: str = Field("", description="Address people reach the hall at; empty: http://host:port.")
    backoffice_url: str = Field("http://127.0.0.1:8601", description="Base address of the back office.")
    backoffice_key: SecretStr = Field(
        SecretStr(""),
        description="Private Ed25519 key (PEM) that signs requests; a second one after it is accepted too, "
        "while keys are rotated. Empty: demonstration key in data_dir.",
    )
    receipt_key: SecretStr = Field(
        SecretStr(""),
        description="Private Ed25519 key (PEM) that signs receipts, and older ones after it; empty: demonstration key.",
    )
    webhook_secret: SecretStr = Field(
        SecretStr(""),
        description="Standard Webhooks secrets of pushed feedback, separated by a space while they are rotated; "
        "empty: demonstration secret in data_dir.",
    )
    smtp_url: SecretStr = Field(
        SecretStr(""),
        description="Mail server for messages: smtp://user:password@host:port, smtps:// or smtp+starttls://; empty: none.",
    )
    smtp_from: str = Field("", description="Sender of messages by mail.")
    senders: int = Field(4, ge=1, description="Messages that the delivery worker sends to the back office at a time.")
    clamd: str = Field("", description="ClamAV daemon that checks attachments: host:port or a socket's path; empty: none.")
    worker: bool = Field(True, description="Run the delivery worker inside `hall serve`.")
    today: str = Field("", description="Replay a date (YYYY-MM-DD) instead of today; pages show a banner.")
    log_format: str = Field("console", description="`console` or `json`.")

    @property
    def url(self) -> str:
        """SQLAlchemy URL of the database in force."""
        return self.database_url or f"sqlite:///{self.data_dir / 'hall.db'}"

    @property
    def address(self) -> str:
        """Address people reach the hall at, without a trailing slash."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")


@lru_cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
