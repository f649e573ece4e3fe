"""The audit log of a case in sentences that an inspector can read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dauchan.tracing.intake.models import LabOutcome, SampleKind
from dauchan.tracing.interviews.models import Outcome
from dauchan.tracing.models import Verdict
from dauchan.web.follow_up.log_sentences import FOLLOW_UP_SENTENCES
from dauchan.web.notices.log_sentences import NOTICE_SENTENCES
from dauchan.web.tracer.words import numbers_in_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from dauchan.units.models import AuditEntry

Detail = dict[str, Any]


@dataclass(frozen=True)
class LogLine:
    """One line of the log, ready to be read."""

    entry: AuditEntry

    @property
    def sentence(self) -> str:
        said = SENTENCES.get(self.entry.action)
        return said(self.entry.detail) if said else self.entry.action

    @property
    def run_id(self) -> int | None:
        """The contact list it is about, if it is about one."""
        run_id: int | None = self.entry.detail.get("run")
        return run_id

    @property
    def kind(self) -> str:
        """The look of the line in the timeline: what opens or takes away personal details stands out."""
        return KINDS.get(self.entry.action, "")


def _registered(detail: Detail) -> str:
    said = [_("Ghi nhận ca bệnh %(code)s, theo %(rule)s.") % detail]
    if "same_as" in detail:
        said.append(_("Cán bộ xác nhận là cùng một người với người đã có."))
    elif "not_same_as" in detail:
        others = len(detail["not_same_as"])
        told = ngettext(
            "Cán bộ xác nhận là người khác với %(count)s người giống.",
            "Cán bộ xác nhận là người khác với %(count)s người giống.",
            others,
        )
        said.append(told % {"count": others})
    if "intake" in detail:
        said.append(_("Nhập từ danh sách."))
    return " ".join(said)


def _traced(detail: Detail) -> str:
    contacts = ngettext("%(count)s người", "%(count)s người", detail["contacts"]) % {"count": detail["contacts"]}
    crowds = detail.get("notices", 0)
    if not crowds:
        return _("Truy vết: tìm thấy %(contacts)s.") % {"contacts": contacts}
    return ngettext(
        "Truy vết: tìm thấy %(contacts)s, và %(crowds)s nơi đông người cần thông báo.",
        "Truy vết: tìm thấy %(contacts)s, và %(crowds)s nơi đông người cần thông báo.",
        crowds,
    ) % {"contacts": contacts, "crowds": crowds}


def _judged(detail: Detail) -> str:
    said = {"verdict": Verdict(detail["after"]).label, "numbers": _numbers(detail["before"])}
    return _("Ghi kết quả «%(verdict)s» cho người số %(numbers)s.") % said


def _judgement_undone(detail: Detail) -> str:
    return _("Hoàn tác kết quả của người số %(numbers)s.") % {"numbers": _numbers(detail["back"])}


def _graded(detail: Detail) -> str:
    return ngettext("Phân loại %(count)s người.", "Phân loại %(count)s người.", detail["count"]) % detail


def _assigned(detail: Detail) -> str:
    if detail["by"] == "residence":
        told = ngettext(
            "Phân công %(count)s người theo nơi ở.", "Phân công %(count)s người theo nơi ở.", detail["count"]
        )
    else:
        told = ngettext("Phân công %(count)s người.", "Phân công %(count)s người.", detail["count"])
    return told % detail


def _contacts_imported(detail: Detail) -> str:
    people = len(detail["named"])
    told = ngettext("Nhập %(count)s người tiếp xúc từ tệp.", "Nhập %(count)s người tiếp xúc từ tệp.", people)
    return told % {"count": people}


def _exported(detail: Detail) -> str:
    said = {"kind": EXPORT_KINDS[detail["kind"]], "rows": detail["rows"], "aside": len(detail["set_aside"])}
    if not detail["set_aside"]:
        return _("Xuất danh sách ra tệp %(kind)s: %(rows)s dòng.") % said
    return _("Xuất danh sách ra tệp %(kind)s: %(rows)s dòng, %(aside)s dòng không ghi được để riêng.") % said


def _approved(detail: Detail) -> str:
    return _with_note(_("Phê duyệt mở thông tin cá nhân."), detail)


def _declined(detail: Detail) -> str:
    return _with_note(_("Từ chối mở thông tin cá nhân."), detail)


def _with_note(sentence: str, detail: Detail) -> str:
    return sentence + " " + _("Ý kiến: %(note)s") % detail if detail.get("note") else sentence


def _listed_in_zone(detail: Detail) -> str:
    return ngettext(
        "Lập danh sách %(people)s người đã có mặt trong vùng dịch.",
        "Lập danh sách %(people)s người đã có mặt trong vùng dịch.",
        detail["people"],
    ) % {"people": detail["people"]}


def _seen(detail: Detail) -> str:
    sentences = {
        **{
            form: _("Lấy họ tên và số điện thoại ra tệp %(kind)s.") % {"kind": name}
            for form, name in EXPORT_KINDS.items()
        },
        "page": _("Xem họ tên và số điện thoại trên danh sách."),
        "contact": _("Xem họ tên và số điện thoại của một người."),
        "case": _("Xem nơi ở của ca bệnh."),
    }
    return sentences[detail["how"]]


def _result(detail: Detail) -> Detail:
    return {"result": f"{SampleKind(detail['kind']).label}, {LabOutcome(detail['outcome']).label}"}


def _numbers(by_number: dict[str, str]) -> str:
    return numbers_in_words(int(number) for number in by_number)


SENTENCES: dict[str, Callable[[Detail], str]] = {
    "case.registered": _registered,
    "case.result_recorded": lambda detail: _("Ghi thêm kết quả xét nghiệm: %(result)s.") % _result(detail),
    "case.result_taken_back": lambda detail: _("Rút lại kết quả xét nghiệm ghi nhầm: %(result)s.") % _result(detail),
    "contact.called": lambda detail: (
        _("Gọi người số %(number)s: %(outcome)s.")
        % {"number": detail["number"], "outcome": Outcome(detail["outcome"]).label}
    ),
    "contact.call_taken_back": lambda detail: (
        _("Rút lại cuộc gọi ghi nhầm với người số %(number)s (%(outcome)s).")
        % {"number": detail["number"], "outcome": Outcome(detail["outcome"]).label}
    ),
    "contact.tested": lambda detail: _("Ghi xét nghiệm của người số %(number)s.") % detail,
    "contacts.graded": _graded,
    "contacts.assigned": _assigned,
    "contact.became_case": lambda detail: _("Người số %(number)s được ghi nhận thành ca bệnh %(case)s.") % detail,
    "interview.stay_told": lambda _detail: _("Ghi một nơi ca bệnh kể."),
    "interview.stay_removed": lambda _detail: _("Bỏ một nơi ca bệnh kể."),
    "interview.person_named": lambda _detail: _("Ghi một người ca bệnh kể đã gặp."),
    "interview.person_removed": lambda _detail: _("Bỏ một người ca bệnh kể."),
    "case.places_seen": lambda _detail: _("Xem nơi ca bệnh đã đến trong giai đoạn lây nhiễm."),
    "case.timeline_seen": lambda _detail: _("Xem ca bệnh và người tiếp xúc ở đâu, khi nào."),
    "case.withdrawn": lambda _detail: _("Rút lại ca bệnh."),
    "trace.run": _traced,
    "trace.stopped": lambda detail: _("Truy vết dừng giữa chừng: danh sách có %(contacts)s người.") % detail,
    "trace.estimated": lambda detail: _("Xem trước số người đến vòng F%(generations)s; không lưu gì.") % detail,
    "contacts.judged": _judged,
    "contacts.judgement_undone": _judgement_undone,
    "contacts.exported": _exported,
    "interview.contacts_imported": _contacts_imported,
    "interview.contacts_import_undone": lambda _detail: _("Hoàn tác một lần nhập người tiếp xúc."),
    "disclosure.requested": lambda _detail: _("Đề nghị mở thông tin cá nhân."),
    "disclosure.approved": _approved,
    "disclosure.declined": _declined,
    "zone.people_listed": _listed_in_zone,
    "zone.names_requested": lambda _detail: _("Đề nghị mở họ tên người đã có mặt trong vùng dịch."),
    "zone.names_approved": _approved,
    "zone.names_declined": _declined,
    "zone.names_seen": lambda _detail: _("Xem họ tên người đã có mặt trong vùng dịch."),
    "disclosure.seen": _seen,
    **FOLLOW_UP_SENTENCES,
    **NOTICE_SENTENCES,
}
KINDS = {
    "disclosure.approved": "good",
    "disclosure.declined": "caution",
    "disclosure.seen": "critical",
    "contacts.exported": "critical",
    "case.withdrawn": "caution",
    "contact.call_taken_back": "caution",
    "notice.approved": "good",
    "notice.returned": "caution",
    "notice.withdrawn": "caution",
}
EXPORT_KINDS = {
    "csv": "CSV",
    "xlsx": "XLSX",
    "parquet": "Parquet",
    "notices": "CSV",
    "sormas-case": "SORMAS",
    "godata": "Go.Data",
    "dhis2": "DHIS2",
    "fhir": "FHIR",
}
