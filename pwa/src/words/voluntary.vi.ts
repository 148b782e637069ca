/* Vietnamese words of voluntary social insurance. */

const numbers = new Intl.NumberFormat('vi-VN');
const num = (value: number): string => numbers.format(value);

export const vi = {
  title: 'BHXH tự nguyện',
  intro: 'Đóng bao nhiêu, Nhà nước giúp bao nhiêu, được gì sau này.',
  income: 'Thu nhập chọn để đóng, mỗi tháng',
  incomeRange: (least: string, most: string) => `Từ ${least} đến ${most}, gia đình tự chọn.`,
  incomeBelow: (least: string) => `Thấp nhất là ${least}.`,
  incomeAbove: (most: string) => `Cao nhất là ${most}.`,
  months: 'Đóng mấy tháng một lần?',
  month: (count: number) => `${num(count)} tháng`,
  had: 'Nhà nước đã hỗ trợ người này mấy tháng rồi',
  hadHint: (most: number) => `Cả đời được hỗ trợ nhiều nhất ${num(most)} tháng.`,
  cost: (count: number) => `Đóng ${num(count)} tháng`,
  monthDue: 'Mỗi tháng',
  due: 'Tổng số',
  state: 'Nhà nước',
  local: 'Tỉnh',
  own: 'Tự đóng',
  unknownLocal: 'chưa biết',
  atMost: (amount: string) => `nhiều nhất ${amount}`,
  as: {
    poor: 'Hỗ trợ theo mức hộ nghèo, xã đảo, đặc khu.',
    near_poor: 'Hỗ trợ theo mức hộ cận nghèo.',
    ethnic_minority: 'Hỗ trợ theo mức người dân tộc thiểu số.',
    other: 'Hỗ trợ theo mức chung.',
  } as Record<string, string>,
  usedUp: 'Đã hết số tháng được Nhà nước hỗ trợ.',
  partly: (count: number) => `Nhà nước chỉ còn hỗ trợ ${num(count)} tháng nữa.`,
  gains: 'Được gì sau này',
  pension: (years: number) =>
    `Đóng đủ ${num(years)} năm và đến tuổi nghỉ hưu thì có lương hưu hằng tháng, kèm thẻ BHYT.`,
  maternity: (amount: string) => `Sinh con được trợ cấp ${amount} cho mỗi con.`,
  mayNot: 'Người này không đóng BHXH tự nguyện được.',
  reasons: {
    too_young: 'Chưa đủ 15 tuổi.',
    under_compulsory: 'Đang đóng BHXH bắt buộc.',
    has_pension: 'Đang hưởng lương hưu.',
    has_monthly_allowance: 'Đang hưởng trợ cấp BHXH hằng tháng.',
    village_officer: 'Cán bộ thôn đóng BHXH bắt buộc từ 01/07/2025.',
    employee: 'Có hợp đồng lao động: nơi làm việc phải đóng BHXH bắt buộc.',
    birth_date: 'Cần biết ngày sinh để chắc chắn đủ 15 tuổi.',
    sex: 'Chưa ghi nam hay nữ, nên chưa biết đã quá tuổi nghỉ hưu hay chưa.',
    past_retirement: 'Đã qua tuổi nghỉ hưu: vẫn được đóng tiếp nếu còn thiếu năm.',
    not_known: 'Chưa biết tuổi nghỉ hưu của ngày này: bảng “Tuổi lao động”.',
  } as Record<string, string>,
};

export type VoluntaryWords = typeof vi;
