"""What applicants are told: the hall's inbox, and the channels that a case's holder subscribed to.

What goes outside the hall says that there is news, and in which case: nothing personal, nothing of the content.
"""

import secrets
from datetime import datetime
from typing import Literal

from sqlmodel import Session, col, select

from hall.cases.access import Access, audit, case_of
from hall.cases.errors import CaseError
from hall.cases.states import TITLES
from hall.cases.tables import Case, Feedback, Submission
from hall.content.models import Fact
from hall.content.values import parse
from hall.handoff.tables import Dispatch, Message, Subscriber

ChannelName = Literal["email", "sms", "feed"]
_PLAIN = {
    "email": Fact(id="email", title="电子邮箱", kind="email"),
    "sms": Fact(id="mobile", title="手机", kind="phone"),
}
_MOST = 5


def tell(session: Session, submission: Submission, event: Feedback, now: datetime) -> None:
    """Puts news into the case's inbox and on its way to the subscribers, in the caller's transaction."""
    title = f"{submission.receipt}：{TITLES.get(event.state, event.state)}"
    message = Message(
        case_id=submission.case_id, submission_id=submission.id, at=event.at or now, title=title, text=event.text
    )
    session.add(message)
    session.flush()
    subscribers = select(Subscriber).where(Subscriber.case_id == submission.case_id, Subscriber.channel != "feed")
    for subscriber in session.exec(subscribers):
        session.add(Dispatch(message_id=message.id or 0, subscriber_id=subscriber.id or 0, due_at=now))


def messages_of(session: Session, access: Access) -> list[Message]:
    """The inbox of a case, newest first."""
    case = case_of(session, access)
    rows = select(Message).where(Message.case_id == case.id).order_by(col(Message.at).desc(), col(Message.id).desc())
    return list(session.exec(rows))


def read_all(session: Session, access: Access, now: datetime) -> None:
    """Marks the inbox of a case as read."""
    for message in messages_of(session, access):
        if message.read_at is None:
            message.read_at = now
            session.add(message)


def subscribe(session: Session, access: Access, channel: ChannelName, address: str, now: datetime) -> Subscriber:
    """Sends news of the case there, too. AnswerError when the address isn't one; CaseError when there are too many."""
    case = case_of(session, access)
    token = secrets.token_urlsafe(24)
    address = token if channel == "feed" else str(parse(_PLAIN[channel], address))
    mine = subscriptions(session, access)
    same = next((each for each in mine if each.channel == channel and address in (each.address, token)), None)
    if same is not None:
        return same
    if len(mine) >= _MOST:
        raise CaseError(f"一个办件最多订阅 {_MOST} 处，请先取消不用的。")
    subscriber = Subscriber(case_id=case.id or 0, channel=channel, address=address, at=now)
    session.add(subscriber)
    session.flush()
    audit(session, case, "subscribed", now, channel)
    return subscriber


def unsubscribe(session: Session, access: Access, identity: int, now: datetime) -> None:
    """Ends a subscription; what was still on its way to it isn't sent."""
    case = case_of(session, access)
    subscriber = session.get(Subscriber, identity)
    if subscriber is None or subscriber.case_id != case.id:
        return
    for dispatch in session.exec(select(Dispatch).where(Dispatch.subscriber_id == identity)):
        session.delete(dispatch)
    session.flush()
    session.delete(subscriber)
    audit(session, case, "unsubscribed", now, subscriber.channel)


def subscriptions(session: Session, access: Access) -> list[Subscriber]:
    """Where the news of a case goes besides the inbox."""
    case = case_of(session, access)
    return list(session.exec(select(Subscriber).where(Subscriber.case_id == case.id).order_by(col(Subscriber.id))))


def feed_of(session: Session, token: str) -> tuple[Case, list[Message]]:
    """The case and the news of a feed; CaseError when the token is unknown."""
    query = select(Subscriber).where(Subscriber.channel == "feed", Subscriber.address == token)
    subscriber = session.exec(query).first()
    if subscriber is None:
        raise CaseError("没有这个订阅。")
    rows = select(Message).where(Message.case_id == subscriber.case_id).order_by(col(Message.at).desc()).limit(50)
    return session.get_one(Case, subscriber.case_id), list(session.exec(rows))
