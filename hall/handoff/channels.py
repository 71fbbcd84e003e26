"""Ways out of the hall for news: mail over SMTP; SMS as an interface that an installation fills."""

import smtplib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import unquote, urlsplit

import structlog
from sqlmodel import col, select

from hall.cases.tables import Case
from hall.database import writing
from hall.handoff.outbox import CHANCE
from hall.handoff.retry import GIVE_UP, wait
from hall.handoff.tables import Dispatch, Message, Subscriber
from hall.settings import settings

LEASE = timedelta(minutes=2)
log = structlog.get_logger(__name__)


class Undeliverable(Exception):
    """This address won't ever take it."""


class Channel(Protocol):
    """One way out. An SMS gateway is a class with this method."""

    def send(self, address: str, subject: str, text: str) -> None:
        """Hands the news over; Undeliverable when it's no use trying again, OSError when it is."""


Channels = Mapping[str, Channel]


@dataclass(frozen=True)
class Mail:
    """Mail over SMTP; `url` is smtp://user:password@host:port, smtps:// or smtp+starttls://."""

    url: str
    sender: str

    def send(self, address: str, subject: str, text: str) -> None:
        """Hands one mail to the server."""
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = self.sender, address, subject
        mail.set_content(text)
        parts = urlsplit(self.url)
        kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
        try:
            with kind(
                parts.hostname or "localhost", parts.port or (465 if parts.scheme == "smtps" else 25), timeout=10
            ) as server:
                if parts.scheme == "smtp+starttls":
                    server.starttls()
                if parts.username:
                    server.login(unquote(parts.username), unquote(parts.password or ""))
                server.send_message(mail)
        except smtplib.SMTPRecipientsRefused as error:
            code = next(iter(error.recipients.values()))[0]
            if code >= 500:
                raise Undeliverable(f"邮件服务器不收这个地址（{code}）") from error
            raise OSError(f"邮件服务器暂时不收（{code}）") from error
        except smtplib.SMTPException as error:
            raise OSError(f"邮件没有发出去：{type(error).__name__}") from error


def configured() -> dict[str, Channel]:
    """The channels of the settings."""
    url = settings().smtp_url.get_secret_value()
    return {"email": Mail(url, settings().smtp_from or "hall@localhost")} if url else {}


def dispatch(channels: Channels, clock: Callable[[], datetime]) -> int:
    """Sends what is due, one by one; how many went out. Channels that aren't there keep theirs waiting."""
    sent = 0
    while channels and (identity := _claim(channels, clock())) is not None:
        sent += _send(channels, identity, clock())
    return sent


def _claim(channels: Channels, now: datetime) -> int | None:
    with writing() as session:
        due = (
            select(Dispatch).join(Subscriber).where(col(Subscriber.channel).in_(list(channels)))
            .where(col(Dispatch.state).in_(("waiting", "sending")), col(Dispatch.due_at) <= now)
            .order_by(col(Dispatch.due_at)).limit(1).with_for_update(skip_locked=True, of=Dispatch)
        )  # fmt: skip
        row = session.exec(due).first()
        if row is None:
            return None
        row.state, row.due_at, row.attempts = "sending", now + LEASE, row.attempts + 1
        session.add(row)
        return row.id


def _send(channels: Channels, identity: int, now: datetime) -> bool:
    """Whether it went out. News may come twice when the process dies in between; it never gets lost."""
    with writing() as session:
        row = session.get(Dispatch, identity)
        if row is None:
            return False
        subscriber = session.get_one(Subscriber, row.subscriber_id)
        message = session.get_one(Message, row.message_id)
        case, channel, address = session.get_one(Case, message.case_id), subscriber.channel, subscriber.address
        subject, text = f"办件 {case.number} 有新消息", _words(case, message)
    try:
        channels[channel].send(address, subject, text)
        state, reason = "sent", None
    except Undeliverable as error:
        state, reason = "failed", str(error)
    except OSError as error:
        state, reason = "waiting", str(error) or type(error).__name__
    log.info("news.sent" if state == "sent" else "news.not_sent", case=case.number, channel=channel, reason=reason)
    with writing() as session:
        row = session.get(Dispatch, identity)
        if row is None:
            return False
        row.state, row.reason = state, reason
        if state == "waiting":
            row.due_at = now + wait(row.attempts, CHANCE)
            row.state = "failed" if now - message.at >= GIVE_UP else "waiting"
        session.add(row)
    return state == "sent"


def _words(case: Case, message: Message) -> str:
    return (
        f"您在网上办事大厅的办件 {case.number} 有新消息：{message.title}。\n\n"
        f"请用办件编号和查询码查看详情：{settings().address}\n\n"
        "这是自动发送的通知，不含办件内容，请不要回复。本大厅不会用邮件或者短信索要查询码、密码或者转账。\n"
    )
