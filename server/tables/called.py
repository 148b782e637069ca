"""What headings of real files call the same thing; accents, case and brackets do not matter."""

NAME_CALLED = (
    "Họ tên", "Họ, tên", "Họ và tên đầy đủ", "Họ tên người tham gia", "Họ và tên người tham gia",
    "Họ và tên học sinh", "Họ tên học sinh", "Tên học sinh", "Họ và chữ đệm và tên",
    "Họ, chữ đệm và tên", "Họ và tên thành viên", "Tên",
)  # fmt: skip
BIRTH_CALLED = (
    "Năm sinh", "Ngày tháng năm sinh", "Ngày, tháng, năm sinh", "NTNS", "Ngày/tháng/năm sinh",
    "Ngày sinh năm sinh", "Sinh ngày", "Ng.sinh",
)  # fmt: skip
SEX_CALLED = ("Phái", "GT", "Nam/nữ")
SEX_SAID = {"M": "male", "F": "female", "nu gioi": "female", "nam gioi": "male"}
PERSONAL_ID_CALLED = (
    "CCCD", "Số CCCD", "ĐDCN", "Số ĐDCN", "Số định danh cá nhân", "Số ĐDCN/CCCD", "Số CCCD/ĐDCN",
    "CCCD/ĐDCN", "Số căn cước", "Căn cước công dân", "Số căn cước công dân", "Mã định danh",
    "Mã định danh cá nhân", "Số ĐDCN/Hộ chiếu", "Số CMND/CCCD", "CMND/CCCD",
    "Số ĐDCN/CCCD/Hộ chiếu",
)  # fmt: skip
BHXH_NUMBER_CALLED = ("Mã BHXH", "Số BHXH", "Số sổ BHXH", "Mã số BHXH/BHYT", "MST BHXH")
CARD_CALLED = ("Số thẻ BHYT", "Mã thẻ", "Mã thẻ BHYT", "Thẻ BHYT", "Số thẻ bảo hiểm y tế",
               "Số thẻ BHYT cũ")  # fmt: skip
FROM_CALLED = (
    "Từ ngày", "Thẻ từ ngày", "Giá trị từ ngày", "Giá trị thẻ từ ngày", "Thẻ BHYT từ ngày",
    "Hạn thẻ từ ngày", "Thời hạn sử dụng thẻ từ ngày", "Giá trị sử dụng từ ngày", "Hạn thẻ từ",
    "Từ", "Giá trị thẻ từ", "Thời hạn từ ngày", "Hiệu lực từ ngày", "Thời hạn thẻ từ ngày",
)  # fmt: skip
TO_CALLED = (
    "Đến ngày", "Hạn thẻ", "Thẻ đến ngày", "Giá trị đến ngày", "Giá trị thẻ đến ngày",
    "Thẻ BHYT đến ngày", "Hạn thẻ đến ngày", "Thời hạn sử dụng thẻ đến ngày", "Hạn sử dụng",
    "Giá trị sử dụng đến ngày", "Hạn thẻ đến", "Đến", "Giá trị thẻ đến", "Thời hạn đến ngày",
    "Hiệu lực đến ngày", "Ngày hết hạn", "Thời hạn thẻ đến ngày", "Hạn sử dụng thẻ",
)  # fmt: skip
CLINIC_CALLED = ("Nơi khám chữa bệnh ban đầu", "Nơi đăng ký KCB ban đầu", "Nơi ĐK KCB ban đầu",
                 "Nơi đăng ký khám chữa bệnh ban đầu", "KCB ban đầu", "Nơi KCBBĐ", "Nơi ĐKKCB BĐ",
                 "Bệnh viện đăng ký")  # fmt: skip
VILLAGE_CALLED = ("Tên thôn", "Thôn, tổ dân phố", "Thôn/tổ dân phố", "Thôn, bản", "Thôn/bản", "Bản",
                  "Tổ dân phố", "Tổ", "Ấp", "Thôn xóm", "Khu phố", "Thôn (tổ)")  # fmt: skip
HOUSEHOLD_CALLED = ("Số hộ", "Mã hộ dân", "Số hộ khẩu", "Mã số hộ", "Hộ số", "Số sổ hộ khẩu")
