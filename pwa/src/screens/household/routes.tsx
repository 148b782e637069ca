import type { ComponentType } from 'preact';
import { Empty, Loading } from '../../parts/states';
import { Screen } from '../../parts/frame';
import type { HouseholdFile } from '../../store/face';
import { t } from '../../words';
import { lazy } from '../lazy';
import { useHousehold } from '../phone';
import { AddMember } from './add_member';
import { Answer } from './answer';
import { EditHousehold } from './edit';
import { EndHousehold } from './end';
import { FieldNoteForm } from './field_note';
import { Notice } from './notice';
import { Overview } from './overview';
import { VisitForm } from './visit';

export interface HouseholdProps {
  file: HouseholdFile;
  rest: readonly string[];
}

const Farm = lazy<HouseholdProps>(() => import('./farm').then((found) => found.FarmScreen));

const FarmRequest = lazy<HouseholdProps>(() =>
  import('./farm_request').then((found) => found.FarmRequestScreen),
);

const Price = lazy<HouseholdProps>(() =>
  import('../price/screen').then((found) => found.PriceScreen),
);

const Enrol = lazy<HouseholdProps>(() =>
  import('../enrol/screen').then((found) => found.EnrolScreen),
);

const Enrolment = lazy<HouseholdProps>(() =>
  import('../enrol/one').then((found) => found.EnrolmentScreen),
);

const Receipt = lazy<HouseholdProps>(() =>
  import('../enrol/receipt').then((found) => found.ReceiptScreen),
);

const SCREENS: Readonly<Record<string, ComponentType<HouseholdProps>>> = {
  edit: EditHousehold,
  visit: VisitForm,
  add: AddMember,
  newborn: AddMember,
  end: EndHousehold,
  notice: Notice,
  note: FieldNoteForm,
  farm: Farm,
  request: FarmRequest,
  answer: Answer,
  price: Price,
  enrol: Enrol,
  enrolment: Enrolment,
  receipt: Receipt,
};

export function HouseholdRoutes({ id, rest }: { id: string; rest: readonly string[] }) {
  const file = useHousehold(id);
  if (file === undefined) {
    return (
      <Screen title={t().entities['household'] ?? ''} back="#/today">
        <Loading />
      </Screen>
    );
  }
  if (file === null) {
    return (
      <Screen title={t().trouble.notHere} back="#/today">
        <Empty icon="home" title={t().trouble.notHere}>
          <p>{t().trouble.notHereText}</p>
        </Empty>
      </Screen>
    );
  }
  const Chosen = SCREENS[rest[0] ?? ''] ?? Overview;
  return <Chosen key={rest.join('/')} file={file} rest={rest} />;
}
