// The chart of coverage over time. The numbers stand in the table beside it; this draws them.
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import './chart.css';

interface Told {
  name: string;
  kind: 'line' | 'goal' | 'points' | 'ahead';
  values: (number | null)[];
}

interface Chart {
  /** What the days are called in the legend. */
  label: string;
  days: number[];
  series: Told[];
  deadline: string;
}

const HEIGHT = 300;
/** On paper everything is dark on light, whatever the screen is set to. */
const ON_PAPER: Record<string, string> = {
  '--ink-2': '#333',
  '--hairline': '#ccc',
  '--accent': '#0b625e',
  '--warn': '#855000',
  '--danger': '#9c3522',
};
const INK: Record<Told['kind'], string> = {
  line: '--accent',
  goal: '--warn',
  points: '--warn',
  ahead: '--accent',
};
let printing = false;

function colour(name: string): string {
  const paper = printing ? ON_PAPER[name] : undefined;
  return paper ?? getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function day(seconds: number | null): string {
  if (seconds === null) return '–';
  const [year, month, date] = new Date(seconds * 1000).toISOString().slice(0, 10).split('-');
  return `${date ?? ''}/${month ?? ''}/${year ?? ''}`;
}

function percent(value: number | null | undefined): string {
  return value == null ? '–' : `${value.toFixed(2).replace('.', ',')} %`;
}

function font(): string {
  return `13px ${getComputedStyle(document.body).fontFamily}`;
}

/** Dashes and marks tell the series apart, not colour alone. */
function series({ name, kind }: Told): uPlot.Series {
  return {
    label: name,
    stroke: () => colour(INK[kind]),
    width: kind === 'line' ? 2.5 : 1.5,
    dash: kind === 'goal' ? [6, 4] : kind === 'ahead' ? [2, 4] : [],
    ...(kind === 'points' ? { paths: () => null } : {}),
    points: {
      show: kind !== 'goal',
      size: kind === 'points' ? 11 : 7,
      fill: () => colour(INK[kind]),
    },
    spanGaps: kind !== 'line',
    value: (_chart, value) => percent(value),
  };
}

/** The deadline as a line from top to bottom, with its words. */
function drawDeadline(chart: uPlot, seconds: number, words: string): void {
  const { ctx, bbox } = chart;
  const at = chart.valToPos(seconds, 'x', true);
  ctx.save();
  ctx.strokeStyle = ctx.fillStyle = colour('--danger');
  ctx.lineWidth = devicePixelRatio;
  ctx.beginPath();
  ctx.moveTo(at, bbox.top);
  ctx.lineTo(at, bbox.top + bbox.height);
  ctx.stroke();
  ctx.font = `${String(12 * devicePixelRatio)}px ${getComputedStyle(document.body).fontFamily}`;
  ctx.textAlign = 'right';
  ctx.fillText(words, at - 4 * devicePixelRatio, bbox.top + bbox.height - 8 * devicePixelRatio);
  ctx.restore();
}

function axes(): uPlot.Axis[] {
  const look = {
    stroke: () => colour('--ink-2'),
    grid: { stroke: () => colour('--hairline'), width: 1 },
    ticks: { stroke: () => colour('--hairline'), width: 1 },
    font: font(),
  };
  return [
    { ...look, space: 86, values: (_chart, days) => days.map(day) },
    {
      ...look,
      size: 64,
      values: (_chart, rates) => rates.map((rate) => `${String(rate).replace('.', ',')} %`),
    },
  ];
}

function drawn(place: HTMLElement, told: Chart): uPlot {
  const last = told.days[told.days.length - 1] ?? 0;
  const options: uPlot.Options = {
    width: place.clientWidth,
    height: HEIGHT,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
    series: [
      { label: told.label, value: (_chart, at: number | null) => day(at) },
      ...told.series.map(series),
    ],
    axes: axes(),
    scales: {
      y: {
        range: (_chart, low, high) => [
          Math.max(0, Math.floor(low - 1)),
          Math.min(100, Math.ceil(high + 1)),
        ],
      },
    },
    cursor: { drag: { x: false, y: false } },
    hooks: {
      draw: [
        (chart) => {
          if (told.deadline !== '') drawDeadline(chart, last, told.deadline);
        },
      ],
    },
  };
  const values = told.series.map((one) => one.values);
  return new uPlot(options, [told.days, ...values] as uPlot.AlignedData, place);
}

for (const place of document.querySelectorAll<HTMLElement>('[data-chart]')) {
  const chart = drawn(place, JSON.parse(place.dataset['chart'] ?? '') as Chart);
  const redraw = (): void => {
    chart.redraw(false);
  };
  new ResizeObserver(() => {
    if (place.clientWidth !== chart.width)
      chart.setSize({ width: place.clientWidth, height: HEIGHT });
  }).observe(place);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  for (const [event, value] of [
    ['beforeprint', true],
    ['afterprint', false],
  ] as const) {
    window.addEventListener(event, () => {
      printing = value;
      redraw();
    });
  }
}
