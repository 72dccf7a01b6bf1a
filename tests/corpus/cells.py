"""Messes of one cell: what clerks, input methods and old systems put where something else belongs.

Every mess is made in the row of 'p3', so that good rows stand above and below it.
"""

from datetime import date, datetime

from certgen.standards.identity import check_digit

from .base import number
from .paper import Mess, cell

_BAD = "p3"


def refused(field: str, value: object, *codes: str, at: str | None = None) -> Mess:
    """The row is refused for this cell."""
    return cell(_BAD, field, value, *codes, at=at)  # type: ignore[arg-type]


def told(field: str, value: object, *codes: str, at: str | None = None) -> Mess:
    """The row goes through and something is said about this cell."""
    return cell(_BAD, field, value, *codes, at=at, refuses=False)  # type: ignore[arg-type]


def _wide(digits: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) for char in digits)


def _other_check_digit(whole: str) -> str:
    return whole[:-1] + ("0" if whole[-1] != "0" else "1")


def _ends_in_000() -> str:
    """A genuine number whose last three characters are 000: the 16th and 17th are 0, so is the check."""
    firsts = (f"190000199006{day:02}{hundreds}00" for day in range(1, 29) for hundreds in range(10))
    return next(first + "0" for first in firsts if check_digit(first) == "0")


NAMES = {
    "name_empty": refused("name", "", "name/missing"),
    "name_of_spaces": refused("name", "　 ", "name/missing", "text/spaces-cut"),
    "name_with_digit": refused("name", "王样例2", "name/digits"),
    "name_with_full_width_digit": refused("name", "王样例２", "name/digits"),
    "name_lost_to_question_mark": refused("name", "王?", "text/lost-character"),
    "name_lost_to_box": refused("name", "王□", "text/lost-character"),
    "name_lost_to_replacement": refused("name", "王\ufffd", "text/lost-character"),
    "name_masked_with_star": refused("name", "王*例", "text/lost-character"),
    "name_private_use": refused("name", "王\ue863", "text/private-use"),
    "name_private_use_plane_15": refused("name", "王\U000f0001", "text/private-use"),
    "name_zero_width_space": refused("name", "王\u200b样例", "text/invisible"),
    "name_direction_mark": refused("name", "王\u202e样例", "text/invisible"),
    "name_line_break": refused("name", "王\n样例", "text/invisible"),
    "name_tab_inside": refused("name", "王\t样例", "text/invisible"),
    "name_no_font_has": refused("name", "王\U00030042", "font/missing-glyph"),
    "name_wider_than_line": refused("name", "买买提·" * 12 + "样例", "layout/overflow"),
    "name_spaced_for_looks": told("name", "王　样", "name/inner-space"),
    "name_with_spaces_around": told("name", " 王样例　", "text/spaces-cut"),
    "name_bullet_for_middle_dot": told("name", "阿里木•样例", "name/middle-dot"),
    "name_katakana_dot": told("name", "阿里木・样例", "name/middle-dot"),
    "name_of_one_rare_character": told("name", "王䶮"),
    "name_beyond_the_first_plane": told("name", "王𬭎"),
    "name_compatibility_form_kept": told("name", "王\uf92c"),
    "name_in_latin_letters": told("name", "John O’Sample"),
}

NUMBERS = {
    "number_empty": refused("identity_number", "", "identity/missing"),
    "number_wrong_check_digit": refused(
        "identity_number", _other_check_digit(number(3)), "identity/check-digit"
    ),
    "number_two_digits_swapped": refused(
        "identity_number", number(3)[:9] + "9" + number(3)[10:], "identity/check-digit"
    ),
    "number_of_15_digits": refused("identity_number", "190000900615003", "identity/old-number"),
    "number_one_digit_short": refused("identity_number", number(3)[:-1], "identity/shape"),
    "number_one_digit_long": refused("identity_number", number(3) + "1", "identity/shape"),
    "number_with_letter_o": refused(
        "identity_number", number(3).replace("0", "O", 1), "identity/shape"
    ),
    "number_superscript_digit": refused("identity_number", number(3)[:-1] + "²", "identity/shape"),
    "number_masked_with_stars": refused(
        "identity_number", number(3)[:6] + "********" + number(3)[14:], "identity/shape"
    ),
    "number_on_30_february": refused(
        "identity_number", number(3, "19900230"), "identity/birth-date"
    ),
    "number_born_tomorrow": refused(
        "identity_number", number(3, "20260602"), "identity/birth-date"
    ),
    "number_in_scientific_notation": refused(
        "identity_number", "1.90000E+17", "identity/excel-damaged"
    ),
    "number_in_short_scientific_notation": refused(
        "identity_number", "1.9E+17", "identity/excel-damaged"
    ),
    "number_full_width": told("identity_number", _wide(number(3)), "identity/tidied"),
    "number_in_groups": told(
        "identity_number", f"{number(3)[:6]} {number(3)[6:14]} {number(3)[14:]}", "identity/tidied"
    ),
    "number_behind_apostrophe": told("identity_number", "'" + number(3), "identity/tidied"),
    "number_ends_in_000": told("identity_number", _ends_in_000(), "identity/rounded"),
    "type_unknown": refused("identity_type", "会员卡", "identity/unknown-type"),
    "type_is_another_documents": refused(
        "identity_type", "台胞证", "identity/shape", at="identity_number"
    ),
    "type_passport_number_resident": told(
        "identity_type", "护照", "identity/other-type", at="identity_number"
    ),
    "type_left_to_the_number": told("identity_type", ""),
    "type_colloquial": told("identity_type", "二代身份证"),
}

SKILLS = {
    "occupation_empty": refused("occupation", "", "occupation/missing"),
    "occupation_not_filed": refused("occupation", "茶艺师", "scope/not-filed"),
    "occupation_traditional_form": refused("occupation", "車工", "scope/not-filed"),
    "occupation_with_soft_hyphen": refused("occupation", "车\u00ad工", "text/invisible"),
    "job_not_filed": refused("job", "普通车床", "scope/not-filed", at="occupation"),
    "job_left_out": refused("job", "", "scope/not-filed", at="occupation"),
    "job_private_use": refused("job", "数控\ue000", "text/private-use"),
    "level_empty": refused("level", "", "level/missing"),
    "level_not_filed": refused("level", "一级/高级技师", "scope/not-filed", at="occupation"),
    "level_contradicts_itself": refused("level", "三级/中级工", "level/unknown"),
    "level_outside_the_code": refused("level", "特级技师", "level/unknown"),
    "level_seven": refused("level", "7", "level/unknown"),
    "level_superscript": refused("level", "³", "level/unknown"),
    "level_a_number": told("level", "3"),
    "level_in_brackets": told("level", "高级工（三级）"),
    "level_full_width_slash": told("level", "三级／高级工"),
    "occupation_with_space_behind": told("occupation", "车工 ", "text/spaces-cut"),
}

DATES = {
    "date_empty": refused("issue_date", "", "date/missing"),
    "date_tomorrow": refused("issue_date", "2026-06-02", "date/future"),
    "date_before_the_codes": refused("issue_date", "2018-12-31", "date/too-early"),
    "date_before_the_filing": refused("issue_date", "2024-12-31", "scope/filing-period"),
    "date_on_29_february": refused("issue_date", "2026-02-29", "date/impossible"),
    "date_month_13": refused("issue_date", "2026-13-01", "date/impossible"),
    "date_two_digit_year": refused("issue_date", "26.3.15", "date/two-digit-year"),
    "date_superscript": refused("issue_date", "2026-0³-15", "date/form"),
    "date_words": refused("issue_date", "见附件", "date/form"),
    "date_in_chinese": told("issue_date", "2026年3月15日"),
    "date_with_points": told("issue_date", "2026.3.15"),
    "date_compact": told("issue_date", "20260315"),
    "date_full_width": told("issue_date", "２０２６－０３－１５"),
    "date_with_midnight": told("issue_date", "2026-03-15 00:00:00"),
    "date_in_chinese_numerals": told("issue_date", "二〇二六年三月十五日"),
    "date_compact_as_float": told("issue_date", "20260315.0"),
    "date_month_first_beyond_doubt": told("issue_date", "3/15/2026"),
    "date_with_english_month": told("issue_date", "15-Mar-2026"),
    "date_day_or_month_first": refused("issue_date", "3/4/2026", "date/day-order"),
    "date_without_day": refused("issue_date", "2026年3月", "date/no-day"),
    "date_day_number_of_the_future": refused("issue_date", "99999", "date/future"),
    "date_as_day_number": told("issue_date", "46096", "date/serial-number"),
}

SPREADSHEET = {
    "excel_error_as_text": refused("job", "#N/A", "cell/excel-error"),
    "excel_error_in_an_optional_cell": refused("branch", "#REF!", "cell/excel-error"),
    "cell_too_narrow_in_excel": refused("issue_date", "########", "cell/excel-error"),
    "number_as_formula_of_text": told("identity_number", f'="{number(3)}"', "identity/tidied"),
    "name_begins_with_equals": refused("name", "=王样例", "name/formula"),
    "name_is_a_command": refused("name", "=HYPERLINK(A1)", "name/formula"),
}
"""What a spreadsheet leaves in a CSV file."""

OFFICES = {
    "site_unknown": refused("site", "nowhere", "site/unknown"),
    "site_empty_among_two": refused("site", "", "site/missing"),
    "site_full_width": refused("site", "ｍａｉｎ", "site/unknown"),
    "site_out_of_its_period": refused("site", "south", "scope/filing-period", at="issue_date"),
    "branch_unknown": refused("branch", "east", "branch/unknown"),
    "branch_by_its_filed_name": told("branch", "云禾样例机械北方分公司"),
    "batch_with_bell": refused("batch", "一\x07", "text/invisible"),
}

TYPED = {
    "typed_number_as_float": refused("identity_number", 1.90000199e17, "identity/excel-damaged"),
    "typed_number_as_int": refused(
        "identity_number", int(number(3)[:15] + "000"), "identity/excel-damaged"
    ),
    "typed_date": told("issue_date", date(2026, 3, 15)),
    "typed_date_with_time": told("issue_date", datetime(2026, 3, 15, 9, 30)),  # noqa: DTZ001 - as Excel
    "typed_level": told("level", 3),
    "typed_level_true": refused("level", True, "level/unknown"),
    "typed_name_a_number": refused("name", 42, "name/digits"),
    "typed_formula_never_computed": refused("name", '="王"&"样例"', "cell/formula"),
    "typed_excel_error": refused("job", "#N/A", "cell/excel-error"),
    "typed_reference_error": refused("name", "#REF!", "cell/excel-error"),
}
"""Only a workbook holds these."""

TEXT_CELLS = NAMES | NUMBERS | SKILLS | DATES | SPREADSHEET | OFFICES
