import type { ComponentType } from 'preact';
import { Empty, Loading } from '../../parts/states';
import { Screen } from '../../parts/frame';
import type { HouseholdFile, Rec } from '../../store/face';
import { t } from '../../words';
import { useHousehold, usePersonHousehold } from '../phone';
import { CardForm, VoidCard } from './card_form';
import { EndMember } from './end_member';
import { EntitlementForm } from './entitlement_form';
import { lazy } from '../lazy';
import { PersonPage } from './person_page';

export interface PersonProps {
  file: HouseholdFile;
  member: Rec<'member'>;
  rest: readonly string[];
}

const Voluntary = lazy<PersonProps>(() =>
  import('../voluntary/screen').then((found) => found.VoluntaryScreen),
);

const Lead = lazy<PersonProps>(() => import('../leads/one').then((found) => found.LeadPage));

const SCREENS: Readonly<Record<string, ComponentType<PersonProps>>> = {
  card: CardForm,
  void: VoidCard,
  end: EndMember,
  entitlement: EntitlementForm,
  voluntary: Voluntary,
  lead: Lead,
};

export function PersonRoutes({ id, rest }: { id: string; rest: readonly string[] }) {
  const household = usePersonHousehold(id);
  if (household === undefined) return <Waiting />;
  if (household === null) return <NotHere />;
  return <Found id={id} household={household} rest={rest} />;
}

function Found({
  id,
  household,
  rest,
}: {
  id: string;
  household: string;
  rest: readonly string[];
}) {
  const file = useHousehold(household);
  if (file === undefined) return <Waiting />;
  const member = file?.members.find((one) => one.id === id);
  if (file === null || member === undefined) return <NotHere />;
  const Chosen = SCREENS[rest[0] ?? ''] ?? PersonPage;
  return <Chosen key={rest.join('/')} file={file} member={member} rest={rest} />;
}

function Waiting() {
  return (
    <Screen title={t().entities['member'] ?? ''} back="#/today">
      <Loading />
    </Screen>
  );
}

function NotHere() {
  return (
    <Screen title={t().trouble.notHere} back="#/today">
      <Empty icon="home" title={t().trouble.notHere}>
        <p>{t().trouble.notHereText}</p>
      </Empty>
    </Screen>
  );
}
