"""办到哪一步了: receipts, the timeline, what must be corrected, what comes next."""

from datetime import date

import streamlit as st

from hall import clock
from hall.cases.errors import CaseError
from hall.cases.progress import asked_corrections, correction_due, delivery, events_of, submissions_of
from hall.cases.states import TITLES
from hall.cases.tables import Feedback, Submission
from hall.cases.withdrawal import withdraw, withdrawable
from hall.database import reading, writing
from hall.documents.calendar import day_calendar
from hall.documents.codes import qr_png
from hall.documents.receipt import correction_pdf, receipt_pdf
from hall.settings import settings
from hall.ui import pages
from hall.ui.apply.desk import CORRECT, FIRST, Desk
from hall.ui.apply.downloads import form_buttons, package_button
from hall.ui.text import hint, plain, to_top
from hall.ui.words import moment, title_of

_REFRESH_S = 5


def show(desk: Desk) -> None:
    """The state of a case that was handed in."""
    to_top("status")
    new = st.session_state.get(f"new.{desk.number}")
    if new:
        st.success(f"提交成功。回执号 {new}，网站已收到并保存。")
    _live(desk)
    _copies(desk)


@st.fragment(run_every=_REFRESH_S)
def _live(desk: Desk) -> None:
    """Read again every few seconds: what the back office answers appears by itself."""
    with reading() as session:
        every = [(each, events_of(session, each), asked_corrections(session, each), delivery(session, each, clock.now()),
                  correction_due(session, each)) for each in reversed(submissions_of(session, desk.standing.case))]  # fmt: skip
        takeable = withdrawable(session, desk.access)
    for submission, events, asked, on_its_way, due in every:
        with st.container(border=True):
            _submission(desk, submission, events)
            if on_its_way:
                st.info(plain(on_its_way))
            if asked:
                _corrections(desk, submission, asked, due)
            if takeable is not None and takeable.id == submission.id:
                _take_back(desk)
    _next(desk)


def _submission(desk: Desk, submission: Submission, events: list[Feedback]) -> None:
    stage = next((s.title or s.id for s in desk.guide.stages if s.id == submission.stage), "") if desk.guide else ""
    revision = f"　:gray[第 {submission.revision} 次提交]" if submission.revision > 1 else ""
    st.subheader(f"{stage or '提交'}：{TITLES[submission.state]}")
    st.markdown(f"回执号 **{submission.receipt}**{revision}")
    with st.container(horizontal=True):
        st.image(qr_png(receipt_url(submission)), width=120, caption="扫码查验回执")
        st.markdown("\n".join(f"- {moment(event.at)}　{plain(event.text)}" for event in events))
    st.download_button(
        "下载回执 PDF", lambda: _receipt(desk, submission), file_name=f"回执{submission.receipt}.pdf",
        mime="application/pdf", on_click="ignore", key=f"receipt.{submission.id}",
    )  # fmt: skip
    hint(f"内容摘要（SHA-256）{submission.sha256}")


def _take_back(desk: Desk) -> None:
    """Withdrawal, as long as nothing was accepted; asked for twice, since it can't be undone."""
    with st.popover("撤回这次提交"):
        st.markdown("撤回以后，登记机关不再办理；要办的话，需要重新提交。")
        if st.button("确定撤回", key=f"withdraw.{desk.number}"):
            try:
                with writing() as session:
                    withdraw(session, desk.access, clock.now())
            except CaseError as error:
                st.error(plain(error))
                return
            st.rerun()


def _corrections(desk: Desk, submission: Submission, asked: list[dict[str, str]], due: date | None) -> None:
    until = f"请在 {due:%Y-%m-%d} 以前提交，过期的，办件自动终止。" if due else ""
    st.warning(f"登记机关要求补正，只改这几处就可以：{until}")
    for each in asked:
        st.markdown(f"- **{title_of(desk.pack, each['field'])}**：{plain(each['note'])}")
    st.download_button(
        "下载补正告知书", lambda: _correction_notice(desk, submission, asked), file_name="补正告知书.pdf",
        mime="application/pdf", on_click="ignore", key=f"notice.{submission.id}",
    )  # fmt: skip
    if st.button("开始补正", type="primary", key=f"correct.{desk.number}"):
        pages.go("case", case=desk.number, at=FIRST)


def _next(desk: Desk) -> None:
    """The later stage and when it opens; or the reporter's own correction of an annual report."""
    if desk.correctable:
        st.info(f"发现填错了，在 {clock.today().year} 年 6 月 30 日以前可以更正，更正前后的内容都会公示。")
        if st.button("更正年度报告", key=f"again.{desk.number}"):
            pages.go("case", case=desk.number, mode=CORRECT, at="review")
    if desk.guide is None or not desk.guide.stages or desk.latest is not None:
        return
    stage = next(each for each in desk.guide.stages if each.id == desk.stage)
    st.subheader(f"下一步：{stage.title or stage.id}")
    st.markdown(desk.window.words(clock.today()))
    if desk.window.reason is None:
        if desk.window.first is not None and not desk.window.is_open(clock.today()):
            identity = f"{desk.number}-{stage.id}"
            st.download_button("放进日历，到时提醒", day_calendar(
                identity, f"可以提交：{stage.title or stage.id}", desk.window.first, clock.now()),
                file_name=f"{identity}.ics", mime="text/calendar", on_click="ignore", key=f"ics.{identity}")  # fmt: skip
        first = next((stop.key for stop in desk.course.stops if stop.kind == "form"), "review")
        if st.button("填写这一步的表格", key=f"stage.{desk.number}", type="primary"):
            pages.go("case", case=desk.number, at=first)


def _copies(desk: Desk) -> None:
    """A copy of everything that was said."""
    st.header("留底")
    form = desk.pack.forms.get(_submitted_form(desk))
    if form is not None:
        form_buttons(desk, form)
    package_button(desk, "下载全部材料（zip）")


def _submitted_form(desk: Desk) -> str:
    if desk.guide is None:
        return ""
    if desk.guide.submits:
        return desk.guide.submits.form
    return next((each.submits.form for each in desk.guide.stages if each.id == desk.stage), "")


def receipt_url(submission: Submission) -> str:
    """The public page that says whether the receipt is genuine: short, so that its QR code is easily read."""
    return f"{settings().address}/r/{submission.receipt}"


def _correction_notice(desk: Desk, submission: Submission, asked: list[dict[str, str]]) -> bytes:
    return correction_pdf(
        case=desk.number, receipt=submission.receipt, at=submission.created_at, guide=desk.guide.title if desk.guide else "",
        corrections=[(title_of(desk.pack, each["field"]), each["note"]) for each in asked], on=clock.today(),
        url=receipt_url(submission), subject=str(desk.course.known("subject.name") or ""),
    )  # fmt: skip


def _receipt(desk: Desk, submission: Submission) -> bytes:
    guide = desk.guide
    stage = next((s.title or "" for s in guide.stages if s.id == submission.stage), "") if guide else ""
    return receipt_pdf(
        case=desk.number, receipt=submission.receipt, at=submission.created_at, guide=guide.title if guide else "",
        sha256=submission.sha256, url=receipt_url(submission), stage=stage,
        subject=str(desk.course.known("subject.name") or ""),
    )  # fmt: skip
