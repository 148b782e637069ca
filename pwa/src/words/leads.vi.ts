/* Vietnamese words of the people to be talked to about voluntary social insurance. */

const numbers = new Intl.NumberFormat('vi-VN');
const num = (value: number): string => numbers.format(value);

export const vi = {
  tile: 'Vận động BHXH tự nguyện',
  title: 'BHXH tự nguyện',
  text: 'Người giao cho bạn, và người trong thôn chưa giao cho ai. Người cần gặp trước đứng trên.',
  people: (count: number) => `${num(count)} người`,
  due: (count: number) => `${num(count)} người nên gặp ngay`,
  emptyTitle: 'Không còn ai phải gặp',
  emptyText: 'Khi xã hoặc BHXH giao thêm người, họ sẽ hiện ở đây sau lần đồng bộ tới.',
  more: (count: number) => `Xem thêm ${num(count)} người`,
  doneToday: 'Hôm nay đã ghi',
  undo: 'Bấm nhầm, bỏ kết quả',
  undone: 'Đã bỏ kết quả. Đã lưu trên máy này.',
  mine: 'Giao cho bạn',
  open: 'Chưa giao ai',
  others: 'Giao cho người khác',
  standing: {
    benefit: 'Sắp hết trợ cấp',
    today: 'Đến hẹn gặp',
    new: 'Chưa gặp',
    later: 'Hẹn sau',
    done: 'Đã có kết quả',
  },
  why: {
    survey: 'Trong tuổi lao động, chưa đóng bảo hiểm xã hội.',
    paused: 'Đã từng đóng BHXH, sổ đang bảo lưu: đóng tiếp thì cộng dồn số năm.',
    jobless: 'Đang hưởng trợ cấp thất nghiệp.',
    lapsed: 'Đã đóng tự nguyện rồi ngừng.',
  },
  benefitTo: (month: string) =>
    `Hưởng trợ cấp thất nghiệp đến hết ${month}: đóng tiếp để không đứt quãng.`,
  benefitOver: (month: string) =>
    `Trợ cấp thất nghiệp đã hết từ ${month}: đóng tiếp để số năm cộng dồn.`,
  paidTo: (month: string) =>
    `Đã đóng tự nguyện đến ${month} rồi ngừng: đóng tiếp thì không mất năm nào.`,
  interest: {
    yes: 'Khi rà soát đã nói muốn tham gia.',
    later: 'Khi rà soát đã nói để sau.',
    no: 'Khi rà soát đã nói không muốn: chỉ nhắc một lần.',
  },
  callOn: (day: string) => `Hẹn gặp lại ngày ${day}`,
  source: 'Nguồn',
  askedOn: 'Giao ngày',
  note: 'Ghi chú',
  cost: 'Đóng bao nhiêu, được gì',
  call: 'Gọi',
  noPhone: 'Chưa có số điện thoại',
  home: 'Xem hộ này',
  question: 'Kết quả lần gặp này',
  callWhen: 'Hẹn gặp lại ngày nào?',
  who: 'Ai đã vận động được?',
  whoHint: 'Ghi đúng tên để xã tính công cho người đó.',
  otherPerson: 'Người khác',
  otherName: 'Họ và tên người vận động',
  setVoluntary: 'Ghi luôn vào sổ: người này đang đóng BHXH tự nguyện',
  save: 'Lưu kết quả',
  saved: 'Đã lưu trên máy này.',
  chooseOutcome: 'Chọn một kết quả trước khi lưu.',
  chooseDay: 'Chọn ngày hẹn gặp lại.',
  chooseWho: 'Ghi tên người vận động.',
  waits: 'Chờ xã xem',
  over: 'Việc này không còn trên máy',
  overText: 'Người này đã chuyển đi, hoặc xã đã giao lại. Không mất gì đã ghi.',
  mayNot: 'Theo sổ, người này không thuộc diện đóng tự nguyện nữa. Hỏi lại trước khi ghi.',
};

export type LeadWords = typeof vi;
