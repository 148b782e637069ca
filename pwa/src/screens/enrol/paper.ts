/* The receipt as a picture: drawn on the phone, without a network. */

/** What stands on the picture, line by line; `amount` at the right end. */
export interface PaperLine {
  readonly text: string;
  readonly amount?: string;
  readonly look?: 'title' | 'strong' | 'small';
  /** A rule above the line. */
  readonly rule?: boolean;
}

const WIDTH = 720;
const MARGIN = 40;
const SIZES = { title: 30, strong: 26, small: 20, plain: 24 } as const;
const FONT = "'Be Vietnam Pro', system-ui, sans-serif";
const LEADING = 1.45;

/** Draws the lines in black on white, whatever the screen looks like; null where nothing can draw. */
export async function drawPaper(lines: readonly PaperLine[]): Promise<Blob | null> {
  await document.fonts?.ready;
  const canvas = document.createElement('canvas');
  const draft = canvas.getContext('2d');
  if (draft === null) return null;
  const rows = lines.flatMap((line) => wrapped(draft, line));
  canvas.width = WIDTH;
  canvas.height = Math.ceil(rows.reduce((sum, row) => sum + row.height, 0) + 2 * MARGIN);
  const pen = canvas.getContext('2d');
  if (pen === null) return null;
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = '#111';
  pen.textBaseline = 'top';
  let top = MARGIN;
  for (const row of rows) {
    if (row.rule) pen.fillRect(MARGIN, top + 6, WIDTH - 2 * MARGIN, 2);
    const offset = row.rule ? 16 : 0;
    pen.font = row.font;
    pen.textAlign = 'left';
    pen.fillText(row.text, MARGIN, top + offset);
    pen.textAlign = 'right';
    if (row.amount !== '') pen.fillText(row.amount, WIDTH - MARGIN, top + offset);
    top += row.height;
  }
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}

interface Row {
  text: string;
  amount: string;
  font: string;
  height: number;
  rule: boolean;
}

function wrapped(pen: CanvasRenderingContext2D, line: PaperLine): Row[] {
  const size = SIZES[line.look ?? 'plain'];
  const bold = line.look === 'title' || line.look === 'strong';
  const font = `${bold ? '700' : '400'} ${size}px ${FONT}`;
  pen.font = font;
  const amount = line.amount ?? '';
  const room = WIDTH - 2 * MARGIN - (amount === '' ? 0 : pen.measureText(amount).width + 20);
  return broken(pen, line.text, room).map((text, at) => ({
    text,
    amount: at === 0 ? amount : '',
    font,
    height: size * LEADING + (line.rule === true && at === 0 ? 16 : 0),
    rule: line.rule === true && at === 0,
  }));
}

function broken(pen: CanvasRenderingContext2D, text: string, room: number): string[] {
  const rows: string[] = [];
  let row = '';
  for (const word of text.split(' ')) {
    const longer = row === '' ? word : `${row} ${word}`;
    if (row !== '' && pen.measureText(longer).width > room) {
      rows.push(row);
      row = word;
    } else row = longer;
  }
  return [...rows, row];
}

/** Hands the picture to another app; where the phone cannot, it is saved as a file. */
export async function sharePaper(picture: Blob, name: string): Promise<void> {
  const file = new File([picture], name, { type: 'image/png' });
  if (navigator.canShare?.({ files: [file] })) {
    await navigator.share({ files: [file] }).catch(() => undefined);
  } else savePaper(picture, name);
}

export function savePaper(picture: Blob, name: string): void {
  const address = URL.createObjectURL(picture);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
