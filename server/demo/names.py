"""Names as they are given in Thường Xuân, by ethnic group. Any likeness to a person is chance."""

from random import Random

KINH, THAI, MUONG = "01", "03", "06"

SURNAMES = {
    KINH: ("Lê", "Nguyễn", "Trịnh", "Phạm", "Hoàng", "Đỗ", "Trần", "Mai", "Vũ", "Lương", "Đặng"),
    THAI: ("Vi", "Lò", "Cầm Bá", "Hà", "Lang", "Lương", "Lữ", "Ngân", "Lộc", "Hoàng"),
    MUONG: ("Phạm", "Bùi", "Trương", "Quách", "Cao", "Hà", "Bùi Công", "Đinh"),
}
FEMALE = (
    "Hoa", "Lan", "Hương", "Mai", "Nga", "Thủy", "Hạnh", "Thảo", "Yến", "Huyền", "Trang", "Linh",
    "Ngọc", "Hằng", "Nhung", "Tuyết", "Loan", "Phương", "Vân", "Xuân", "Thu", "Dung", "Hiền",
    "Thơm", "Lý", "Nguyệt", "Ánh", "Diệp", "Quyên", "Mơ", "Én", "Khuyên", "Sen", "Thắm", "Uyên",
)  # fmt: skip
MALE = (
    "Hùng", "Dũng", "Tuấn", "Nam", "Sơn", "Hải", "Long", "Quang", "Minh", "Đức", "Thắng", "Cường",
    "Hòa", "Bình", "Thanh", "Việt", "Trung", "Kiên", "Tùng", "Lâm", "Phúc", "Huy", "Tâm", "Thức",
    "Quyết", "Toàn", "Duy", "Đạt", "Khánh", "Phong", "Thiện", "Vinh", "Xuyên", "Ước", "Pháo", "Inh",
)  # fmt: skip
MIDDLE = {"female": ("Thị", "Thị", "Thị", "Thu", "Ngọc", "Khánh", "Minh"),
          "male": ("Văn", "Văn", "Đức", "Xuân", "Hữu", "Minh", "Quang")}  # fmt: skip
CALLED = ("Mế", "Ông", "Bà", "Chị", "Anh")


def family_name(chance: Random, group: str) -> str:
    return chance.choice(SURNAMES[group])


def full_name(chance: Random, surname: str, sex: str) -> str:
    given = chance.choice(FEMALE if sex == "female" else MALE)
    if " " in surname:
        return f"{surname} {given}" if sex == "male" else f"{surname.split()[0]} Thị {given}"
    return f"{surname} {chance.choice(MIDDLE[sex])} {given}"
