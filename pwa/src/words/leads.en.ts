/* English words of the people to be talked to about voluntary social insurance. */
import type { LeadWords } from './leads.vi';

const numbers = new Intl.NumberFormat('en-GB');
const num = (value: number): string => numbers.format(value);
const people = (count: number): string => (count === 1 ? '1 person' : `${num(count)} people`);

export const en: LeadWords = {
  tile: 'Voluntary insurance talks',
  title: 'Voluntary talks',
  text: 'People given to you, and those of the village given to nobody. Whom to see first stands first.',
  people,
  due: (count: number) => `${people(count)} to see now`,
  emptyTitle: 'Nobody left to see',
  emptyText:
    'When the commune or the social insurance names more people, they stand here after the next sync.',
  more: (count: number) => `Show ${people(count)} more`,
  doneToday: 'Written today',
  undo: 'By mistake, take it back',
  undone: 'Outcome taken back. Saved on this phone.',
  mine: 'Given to you',
  open: 'Given to nobody',
  others: 'Given to somebody else',
  standing: {
    benefit: 'Benefit ends',
    today: 'Promised by now',
    new: 'Not seen yet',
    later: 'Promised for later',
    done: 'Has an outcome',
  },
  why: {
    survey: 'Of working age, pays no social insurance.',
    paused: 'Has paid social insurance before, the book is paused: paying on adds up the years.',
    jobless: 'Draws a jobless benefit.',
    lapsed: 'Paid voluntarily, then stopped.',
  },
  benefitTo: (month: string) =>
    `Draws a jobless benefit until the end of ${month}: paying on leaves no gap.`,
  benefitOver: (month: string) =>
    `The jobless benefit ended with ${month}: paying on adds up the years.`,
  paidTo: (month: string) =>
    `Paid voluntarily until ${month}, then stopped: paying on loses no year.`,
  interest: {
    yes: 'Said at the survey that they want to join.',
    later: 'Said at the survey: later.',
    no: 'Said at the survey that they do not want to: ask once only.',
  },
  callOn: (day: string) => `See again on ${day}`,
  source: 'Source',
  askedOn: 'Given on',
  note: 'Note',
  cost: 'What it costs, what it gives',
  call: 'Call',
  noPhone: 'No phone number yet',
  home: 'See this household',
  question: 'What came of this talk',
  callWhen: 'On which day again?',
  who: 'Who talked them into it?',
  whoHint: 'The right name, so that the commune gives that person the credit.',
  otherPerson: 'Somebody else',
  otherName: 'Full name of who mobilised',
  setVoluntary: 'Write into the register too: this person pays voluntary insurance',
  save: 'Save the outcome',
  saved: 'Saved on this phone.',
  chooseOutcome: 'Choose an outcome before saving.',
  chooseDay: 'Choose the day to see them again.',
  chooseWho: 'Write who mobilised.',
  waits: 'Waits for the commune',
  over: 'This is no longer on this phone',
  overText:
    'The person moved away, or the commune gave it to somebody else. Nothing written is lost.',
  mayNot: 'By the register this person may not pay voluntarily any more. Ask again before writing.',
};
