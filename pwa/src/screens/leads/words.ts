/* Why somebody is to be talked to, in one sentence. */
import { lastDay } from '../../domain/partial';
import { showDate } from '../../parts/dates';
import type { DataOf } from '../../store/face';
import { leadWords } from '../../words/leads';

export function whyWords(data: DataOf<'lead'>, day: string): string {
  const words = leadWords();
  const kind = data.kind ?? 'survey';
  if (kind === 'jobless' && data.benefit_to != null) {
    const said = lastDay(data.benefit_to) < day ? words.benefitOver : words.benefitTo;
    return said(showDate(data.benefit_to));
  }
  if (kind === 'lapsed' && data.paid_to != null) return words.paidTo(showDate(data.paid_to));
  return words.why[kind];
}
