// Made from schemas/ by `make schemas`. Do not edit.

export interface EthnicGroup {
  readonly code: string;
  readonly name: string;
  readonly minority: boolean;
  /** Other spellings and aliases: they find the group and are never shown. */
  readonly names: readonly string[];
}

export const ETHNIC_GROUPS: readonly EthnicGroup[] = [
  {
    "code": "01",
    "name": "Kinh",
    "minority": false,
    "names": [
      "Kinh",
      "Việt"
    ]
  },
  {
    "code": "02",
    "name": "Tày",
    "minority": true,
    "names": [
      "Tày",
      "Thổ",
      "Ngạn",
      "Phén",
      "Thù Lao",
      "Pa Dí",
      "Tày Khao"
    ]
  },
  {
    "code": "03",
    "name": "Thái",
    "minority": true,
    "names": [
      "Thái",
      "Tày Đăm",
      "Tày Mười",
      "Tày Thanh",
      "Mán Thanh",
      "Hàng Bông",
      "Tày Mường",
      "Pa Thay",
      "Thổ Đà Bắc"
    ]
  },
  {
    "code": "04",
    "name": "Hoa",
    "minority": true,
    "names": [
      "Hoa",
      "Hán",
      "Triều Châu",
      "Phúc Kiến",
      "Quảng Đông",
      "Hải Nam",
      "Hạ",
      "Xạ Phạng"
    ]
  },
  {
    "code": "05",
    "name": "Khmer",
    "minority": true,
    "names": [
      "Khơ-me",
      "Khơ-me",
      "Khơ Me",
      "Cur",
      "Cul",
      "Cu",
      "Thổ",
      "Việt gốc Miên",
      "Krôm"
    ]
  },
  {
    "code": "06",
    "name": "Mường",
    "minority": true,
    "names": [
      "Mường",
      "Mol",
      "Mual",
      "Mọi",
      "Mọi Bi",
      "Ao Tá",
      "Ậu Tá"
    ]
  },
  {
    "code": "07",
    "name": "Nùng",
    "minority": true,
    "names": [
      "Nùng",
      "Xuồng",
      "Giang",
      "Nùng An",
      "Phàn Sinh",
      "Nùng Cháo",
      "Nùng Lòi",
      "Quý Rim",
      "Khèn Lài"
    ]
  },
  {
    "code": "08",
    "name": "Mông",
    "minority": true,
    "names": [
      "HMông",
      "H'Mông",
      "Hmông",
      "Mèo",
      "Hoa",
      "Mèo Xanh",
      "Mèo Đỏ",
      "Mèo Đen",
      "Ná Mẻo",
      "Mán Trắng"
    ]
  },
  {
    "code": "09",
    "name": "Dao",
    "minority": true,
    "names": [
      "Dao",
      "Mán",
      "Động",
      "Trại",
      "Xá",
      "Dìu",
      "Miên",
      "Kiềm",
      "Miền",
      "Quần Trắng",
      "Dao Đỏ",
      "Quần Chẹt",
      "Lô Giang",
      "Dao Tiền",
      "Thanh Y",
      "Lan Tẻn",
      "Đại Bản",
      "Tiểu Bản",
      "Cóc Ngáng",
      "Cóc Mùn",
      "Sơn Đầu"
    ]
  },
  {
    "code": "10",
    "name": "Gia Rai",
    "minority": true,
    "names": [
      "Gia-rai",
      "Jrai",
      "Gia-rai",
      "Giơ-rai",
      "Tơ-buăn",
      "Chơ-rai",
      "Hơ-bau",
      "Hđrung",
      "Chor"
    ]
  },
  {
    "code": "11",
    "name": "Ngái",
    "minority": true,
    "names": [
      "Ngái",
      "Xín",
      "Lê",
      "Đản",
      "Khách Gia"
    ]
  },
  {
    "code": "12",
    "name": "Ê Đê",
    "minority": true,
    "names": [
      "Ê-đê",
      "Ê-đê",
      "Ra-đê",
      "Đê",
      "Kpạ",
      "A-đham",
      "Krung",
      "Ktul",
      "Đliê Ruê",
      "Blô",
      "Epan",
      "Mđhur",
      "Bih"
    ]
  },
  {
    "code": "13",
    "name": "Ba Na",
    "minority": true,
    "names": [
      "Ba na",
      "Bahnar",
      "Ba-na",
      "Giơ-lar",
      "Tơ-lô",
      "Giơ-lâng",
      "Y-lăng",
      "Rơ-ngao",
      "Krem",
      "Roh",
      "ConKđe",
      "A-la Công",
      "Kpăng Công",
      "Bơ-nâm"
    ]
  },
  {
    "code": "14",
    "name": "Xơ Đăng",
    "minority": true,
    "names": [
      "Xơ-Đăng",
      "Xê Đăng",
      "Sedang",
      "Xơ-teng",
      "Hđang",
      "Tơ-đra",
      "Mơ-nâm",
      "Ha-lăng",
      "Ca-dong",
      "Kmrâng",
      "ConLan",
      "Bri-la",
      "Tang"
    ]
  },
  {
    "code": "15",
    "name": "Sán Chay",
    "minority": true,
    "names": [
      "Sán Chay",
      "Cao Lan",
      "Sán Chỉ",
      "Mán Cao Lan",
      "Hờn Bạn",
      "Sơn Tử"
    ]
  },
  {
    "code": "16",
    "name": "Cơ Ho",
    "minority": true,
    "names": [
      "Cơ-ho",
      "Xrê",
      "Nốp",
      "Tu-lốp",
      "Cơ-don",
      "Chil",
      "Lat",
      "Lach",
      "Trinh"
    ]
  },
  {
    "code": "17",
    "name": "Chăm",
    "minority": true,
    "names": [
      "Chăm",
      "Chàm",
      "Chiêm Thành",
      "Hroi"
    ]
  },
  {
    "code": "18",
    "name": "Sán Dìu",
    "minority": true,
    "names": [
      "Sán Dìu",
      "Sán Dẻo",
      "Trại",
      "Trại Đất",
      "Mán",
      "Quần Cộc"
    ]
  },
  {
    "code": "19",
    "name": "Hrê",
    "minority": true,
    "names": [
      "Hrê",
      "Chăm Rê",
      "Chom",
      "Krẹ Luỹ"
    ]
  },
  {
    "code": "20",
    "name": "Mnông",
    "minority": true,
    "names": [
      "Mnông",
      "Pnông",
      "Nông",
      "Pré",
      "Bu-đâng",
      "ĐiPri",
      "Biat",
      "Gar",
      "Rơ-lam",
      "Chil"
    ]
  },
  {
    "code": "21",
    "name": "Ra Glai",
    "minority": true,
    "names": [
      "Ra-glai",
      "Ra-clây",
      "Rai",
      "Noang",
      "La-oang"
    ]
  },
  {
    "code": "22",
    "name": "Xtiêng",
    "minority": true,
    "names": [
      "Xtiêng",
      "Xa-điêng"
    ]
  },
  {
    "code": "23",
    "name": "Bru - Vân Kiều",
    "minority": true,
    "names": [
      "Bru-Vân Kiều",
      "Bru",
      "Vân Kiều",
      "Măng Coong",
      "Tri Khùa"
    ]
  },
  {
    "code": "24",
    "name": "Thổ",
    "minority": true,
    "names": [
      "Thổ",
      "Kẹo",
      "Mọn",
      "Cuối",
      "Họ",
      "Đan Lai",
      "Ly Hà",
      "Tày Pọng",
      "Con Kha",
      "Xá Lá Vàng"
    ]
  },
  {
    "code": "25",
    "name": "Giáy",
    "minority": true,
    "names": [
      "Giáy",
      "Nhắng",
      "Dẩng",
      "Pầu Thìn Nu Nà",
      "Cùi Chu",
      "Xa"
    ]
  },
  {
    "code": "26",
    "name": "Cơ Tu",
    "minority": true,
    "names": [
      "Cơ-tu",
      "Ca-tu",
      "Cao",
      "Hạ",
      "Phương",
      "Ca-tang"
    ]
  },
  {
    "code": "27",
    "name": "Gié Triêng",
    "minority": true,
    "names": [
      "Gié Triêng",
      "Giẻ Triêng",
      "Gié-Triêng",
      "Đgiéh",
      "Tareb",
      "Giang Rẫy Pin",
      "Triêng",
      "Treng",
      "Ta-riêng",
      "Ve",
      "Veh",
      "La-ve",
      "Ca-tang"
    ]
  },
  {
    "code": "28",
    "name": "Mạ",
    "minority": true,
    "names": [
      "Mạ",
      "Châu Mạ",
      "Mạ Ngăn",
      "Mạ Xóp",
      "Mạ Tô",
      "Mạ Krung"
    ]
  },
  {
    "code": "29",
    "name": "Khơ Mú",
    "minority": true,
    "names": [
      "Khơ-mú",
      "Xá Cẩu",
      "Mứn Xen",
      "Pu Thênh",
      "Tềnh",
      "Tày Hay"
    ]
  },
  {
    "code": "30",
    "name": "Co",
    "minority": true,
    "names": [
      "Co",
      "Cor",
      "Col",
      "Cùa",
      "Trầu"
    ]
  },
  {
    "code": "31",
    "name": "Tà Ôi",
    "minority": true,
    "names": [
      "Tà-ôi",
      "Tôi-ôi",
      "Pa-co",
      "Pa-hi",
      "Ba-hi"
    ]
  },
  {
    "code": "32",
    "name": "Chơ Ro",
    "minority": true,
    "names": [
      "Chơ-ro",
      "Dơ-ro",
      "Châu-ro"
    ]
  },
  {
    "code": "33",
    "name": "Kháng",
    "minority": true,
    "names": [
      "Kháng",
      "Xá Khao",
      "Xá Súa",
      "Xá Dón",
      "Xá Dẩng",
      "Xá Hốc",
      "Xá Ái",
      "Xá Bung",
      "Quảng Lâm"
    ]
  },
  {
    "code": "34",
    "name": "Xinh Mun",
    "minority": true,
    "names": [
      "Xinh-mun",
      "Puộc",
      "Pụa"
    ]
  },
  {
    "code": "35",
    "name": "Hà Nhì",
    "minority": true,
    "names": [
      "Hà Nhì",
      "U Ni",
      "Xá U Ni"
    ]
  },
  {
    "code": "36",
    "name": "Chu Ru",
    "minority": true,
    "names": [
      "Chu ru",
      "Chơ-ru",
      "Chu"
    ]
  },
  {
    "code": "37",
    "name": "Lào",
    "minority": true,
    "names": [
      "Lào",
      "Là Bốc",
      "Lào Nọi"
    ]
  },
  {
    "code": "38",
    "name": "La Chí",
    "minority": true,
    "names": [
      "La Chí",
      "Cù Tê",
      "La Quả"
    ]
  },
  {
    "code": "39",
    "name": "La Ha",
    "minority": true,
    "names": [
      "La Ha",
      "Xá Khao",
      "Khlá Phlạo"
    ]
  },
  {
    "code": "40",
    "name": "Phù Lá",
    "minority": true,
    "names": [
      "Phù Lá",
      "Bồ Khô Pạ",
      "Mu Di Pạ Xá",
      "Phó",
      "Phổ",
      "Va Xơ"
    ]
  },
  {
    "code": "41",
    "name": "La Hủ",
    "minority": true,
    "names": [
      "La Hủ",
      "Lao",
      "Pu Đang",
      "Khù Xung",
      "Cò Xung",
      "Khả Quy"
    ]
  },
  {
    "code": "42",
    "name": "Lự",
    "minority": true,
    "names": [
      "Lự",
      "Lừ",
      "Nhuồn",
      "Duôn"
    ]
  },
  {
    "code": "43",
    "name": "Lô Lô",
    "minority": true,
    "names": [
      "Lô Lô",
      "Mun Di"
    ]
  },
  {
    "code": "44",
    "name": "Chứt",
    "minority": true,
    "names": [
      "Chứt",
      "Sách",
      "Máy",
      "Rục",
      "Mã-liêng",
      "A-rem",
      "Tu vang",
      "Pa-leng",
      "Xơ-Lang",
      "Tơ-hung",
      "Chà-củi",
      "Tắc-củi",
      "U-mo",
      "Xá Lá Vàng"
    ]
  },
  {
    "code": "45",
    "name": "Mảng",
    "minority": true,
    "names": [
      "Mảng",
      "Mảng Ư",
      "Xá Lá Vàng"
    ]
  },
  {
    "code": "46",
    "name": "Pà Thẻn",
    "minority": true,
    "names": [
      "Pà Thẻn",
      "Pà Hưng",
      "Tống"
    ]
  },
  {
    "code": "47",
    "name": "Cờ Lao",
    "minority": true,
    "names": [
      "Co Lao",
      "Cơ Lao",
      "Co Lao"
    ]
  },
  {
    "code": "48",
    "name": "Cống",
    "minority": true,
    "names": [
      "Cống",
      "Xắm Khống",
      "Mấng Nhé",
      "Xá Xeng"
    ]
  },
  {
    "code": "49",
    "name": "Bố Y",
    "minority": true,
    "names": [
      "Bố Y",
      "Chủng Chá",
      "Trọng Gia",
      "Tu Di",
      "Tu Din"
    ]
  },
  {
    "code": "50",
    "name": "Si La",
    "minority": true,
    "names": [
      "Si La",
      "Cù Dề Xừ",
      "Khả pẻ"
    ]
  },
  {
    "code": "51",
    "name": "Pu Péo",
    "minority": true,
    "names": [
      "Pu Péo",
      "Ka Pèo",
      "Pen Ti Lô Lô"
    ]
  },
  {
    "code": "52",
    "name": "Brâu",
    "minority": true,
    "names": [
      "Brâu",
      "Brao"
    ]
  },
  {
    "code": "53",
    "name": "Ơ Đu",
    "minority": true,
    "names": [
      "Ơ Đu",
      "Tày Hạt"
    ]
  },
  {
    "code": "54",
    "name": "Rơ Măm",
    "minority": true,
    "names": [
      "Rơ măm"
    ]
  },
  {
    "code": "55",
    "name": "Người nước ngoài",
    "minority": false,
    "names": [
      "Người nước ngoài"
    ]
  },
  {
    "code": "56",
    "name": "Không rõ",
    "minority": false,
    "names": [
      "Không rõ"
    ]
  }
];

export const PERSONAL_ID_PREFIXES: readonly string[] = [
  "001",
  "002",
  "004",
  "006",
  "008",
  "010",
  "011",
  "012",
  "014",
  "015",
  "017",
  "019",
  "020",
  "022",
  "024",
  "025",
  "026",
  "027",
  "030",
  "031",
  "033",
  "034",
  "035",
  "036",
  "037",
  "038",
  "040",
  "042",
  "044",
  "045",
  "046",
  "048",
  "049",
  "051",
  "052",
  "054",
  "056",
  "058",
  "060",
  "062",
  "064",
  "066",
  "067",
  "068",
  "070",
  "072",
  "074",
  "075",
  "077",
  "079",
  "080",
  "082",
  "083",
  "084",
  "086",
  "087",
  "089",
  "091",
  "092",
  "093",
  "094",
  "095",
  "096"
];
