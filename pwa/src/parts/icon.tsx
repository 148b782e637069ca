const PATHS = {
  back: 'M15 5l-7 7 7 7',
  next: 'M9 5l7 7-7 7',
  down: 'M6 9l6 6 6-6',
  plus: 'M12 5v14M5 12h14',
  close: 'M6 6l12 12M18 6L6 18',
  search: 'M10.5 17a6.5 6.5 0 100-13 6.5 6.5 0 000 13zM15.5 15.5L20 20',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  cloud: 'M7 18a4 4 0 01-.5-7.97 5.5 5.5 0 0110.6-1.02A4.5 4.5 0 0117 18H7z',
  cloudUp: 'M7 18a4 4 0 01-.5-7.97 5.5 5.5 0 0110.6-1.02A4.5 4.5 0 0117 18M12 20v-8M9 14.5l3-3 3 3',
  download: 'M12 4v11M7.500 10.500L12 15l4.500-4.500M5 19.500h14',
  phone:
    'M6 4h3l1.5 4.5L8.5 10a12 12 0 005.5 5.5l1.5-2L20 15v3a2 2 0 01-2 2A14 14 0 014 6a2 2 0 012-2z',
  home: 'M4 11l8-7 8 7v8a1 1 0 01-1 1h-4v-6H9v6H5a1 1 0 01-1-1v-8z',
  chart: 'M5 20v-7M12 20V5M19 20v-10',
  pin: 'M12 21s7-6.2 7-11.5A7 7 0 005 9.500C5 14.8 12 21 12 21zM12 12a2.500 2.500 0 100-5 2.500 2.500 0 000 5z',
  edit: 'M4 20h4L19 9l-4-4L4 16v4zM13 7l4 4',
  trash: 'M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13',
  eye: 'M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12zM12 15a3 3 0 100-6 3 3 0 000 6z',
  list: 'M4 7h2M4 12h2M4 17h2M9 7h11M9 12h11M9 17h11',
  coin: 'M12 20a8 8 0 100-16 8 8 0 000 16zM14.500 9.500c-.5-.9-1.400-1.300-2.500-1.300-1.500 0-2.500.7-2.500 1.800 0 2.800 5.200 1.200 5.200 4 0 1.100-1 1.800-2.600 1.800-1.200 0-2.200-.5-2.700-1.400M12 6.800v10.400',
  note: 'M5 4h14v12l-4 4H5V4zM9 9h6M9 13h4',
} as const;

export type IconName = keyof typeof PATHS;

/** A drawing that says nothing by itself: the word stands beside it or in the button's label. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
