"""What each finding against a dose says, in both languages, and what may be done about it. Data of the program."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from phaodai.rulebook.words import Words


class Way(StrEnum):
    """What a finding does to a dose that has not been given yet."""

    REFUSE = "refuse"
    """Nobody gives it: the value is wrong, or the vaccine must not be used."""
    OVERRIDE = "override"
    """Somebody may give it all the same, with name and reason; the supervisor sees it."""
    NOTE = "note"
    """Said, and nothing asked."""


# A working rule of this program: no document says who may give a dose against the rule. What is wrong in itself, or harms,
# is refused; what somebody at the table may know better is left to a named person with a reason.
WAYS: Mapping[str, Way] = MappingProxyType(
    {
        "before-birth": Way.REFUSE,
        "future": Way.REFUSE,
        "too-young": Way.REFUSE,
        "lot-expired": Way.REFUSE,
        "lot-held": Way.REFUSE,
        "lot-product": Way.REFUSE,
        "lot-unknown": Way.OVERRIDE,
        "same-day": Way.REFUSE,
        "twice": Way.OVERRIDE,
        "order": Way.OVERRIDE,
        "too-soon": Way.OVERRIDE,
        "interval-unknown": Way.OVERRIDE,
        "mixed": Way.OVERRIDE,
        "mixed-consent": Way.OVERRIDE,
        "age-unsure": Way.OVERRIDE,
        "age-unknown": Way.OVERRIDE,
        "no-age-rule": Way.OVERRIDE,
        "group-closed": Way.OVERRIDE,
        "group-unknown": Way.OVERRIDE,
        "late": Way.NOTE,
    }
)

SENTENCES: Mapping[str, Words] = MappingProxyType(
    {
        "before-birth": Words(
            "Ngày tiêm {given} trước ngày sinh {born}. Sửa một trong hai ngày.",
            "The dose of {given} lies before the birth on {born}. Correct one of the two days.",
        ),
        "future": Words(
            "Giờ tiêm {given} ở tương lai. Kiểm tra đồng hồ của máy.",
            "The dose of {given} lies in the future. Check the clock of the device.",
        ),
        "too-young": Words(
            "Mới {age} tuổi, chưa đủ {least} tuổi để tiêm.", "Aged {age}: not yet {least}, the least age."
        ),
        "age-unsure": Words(
            "Chỉ biết năm sinh {year}: có thể chưa đủ {least} tuổi. Xem ngày sinh trên giấy tờ.",
            "Only the year of birth {year} is known: perhaps not yet {least}. Look for the day on a paper.",
        ),
        "age-unknown": Words(
            "Không biết năm sinh. Hỏi ngày sinh trước khi tiêm.", "The year of birth is not known. Ask for it first."
        ),
        "no-age-rule": Words(
            "Chưa có quy định đã kiểm chứng về tuổi tiêm cho ngày này.",
            "No verified rule says the least age on this day.",
        ),
        "lot-expired": Words("Lô {lot} đã hết hạn ngày {expires}.", "Lot {lot} expired on {expires}."),
        "lot-held": Words("Lô {lot} đang bị giữ lại, không được tiêm.", "Lot {lot} is on hold and must not be given."),
        "lot-product": Words("Lô {lot} là {other}, không phải {product}.", "Lot {lot} is {other}, not {product}."),
        "lot-unknown": Words(
            "Lô {lot} chưa có trong sổ kho. Đọc lại trên lọ.", "Lot {lot} is in no store's books. Read the vial again."
        ),
        "same-day": Words(
            "Đã tiêm hôm nay rồi ({product}, mũi {number}).",
            "Was given a dose today already ({product}, dose {number}).",
        ),
        "twice": Words(
            "Đã có mũi {number} ngày {given} ({product}).", "Dose {number} was given on {given} already ({product})."
        ),
        "order": Words(
            "Đã có {had} mũi: mũi tới là mũi {next}, không phải mũi {number}.",
            "{had} doses are known: the next is dose {next}, not {number}.",
        ),
        "order-without": Words(
            "Trong sổ chưa có mũi nào trước, mà đây là mũi {number}. Hỏi giấy xác nhận mũi trước.",
            "No dose before is in the books, and this is dose {number}. Ask for the paper of the last one.",
        ),
        "too-soon": Words(
            "Sớm quá: mũi {number} tiêm được từ ngày {earliest}. {rule}",
            "Too soon: dose {number} may be given from {earliest}. {rule}",
        ),
        "late": Words("Đã quá hạn {latest}, nên tiêm ngay. {rule}", "Later than {latest}; best given now. {rule}"),
        "interval-unknown": Words(
            "Chưa có quy định đã kiểm chứng về khoảng cách mũi {number} của {product}. Người quyết định ghi lý do.",
            "No verified rule says when dose {number} of {product} is due. Somebody decides and says why.",
        ),
        "mixed": Words(
            "Mũi trước là {other}, mũi này là {product}. Không có quy định cho phép trộn hai loại này.",
            "The dose before was {other}, this one is {product}. No rule allows the two together.",
        ),
        "mixed-consent": Words(
            "Mũi trước là {other}, mũi này là {product}: chỉ tiêm khi thiếu vắc xin và người tiêm đồng ý. Ghi rõ sự đồng ý.",
            "The dose before was {other}, this one is {product}: only when short, and with consent. Write the consent down.",
        ),
        "group-closed": Words(
            "Nhóm “{group}” chưa mở ở đây. Ghi lý do tiêm trước.",
            "The group “{group}” is not open here. Say why they come first.",
        ),
        "group-unknown": Words(
            "Chưa biết thuộc nhóm nào. Chọn nhóm, hoặc ghi lý do tiêm.",
            "The group is not known. Choose it, or say why the dose is given.",
        ),
    }
)
