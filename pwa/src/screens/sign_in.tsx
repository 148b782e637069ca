import { useState } from 'preact/hooks';
import { Icon } from '../parts/icon';
import { Screen } from '../parts/frame';
import { TextField } from '../parts/fields';
import { t } from '../words';
import { LanguageChips } from './language';
import type { Doors, SignInTrouble } from './phone';
import { place } from './router';

interface Props {
  doors: Pick<Doors, 'signIn'>;
  /** The user whose token ran out, when this is not the first time. */
  again?: string;
  onDone: () => void;
}

const TROUBLE: Readonly<Record<SignInTrouble, keyof ReturnType<typeof t>['signIn']>> = {
  wrong: 'wrong',
  offline: 'offline',
  too_many: 'tooMany',
  server: 'server',
};

/** Signing in once, with a connection; afterwards the phone works without. */
export function SignIn({ doors, again, onDone }: Props) {
  const words = t().signIn;
  const [typed, setTyped] = useState<string | null>(null);
  // A QR code may be opened while the form already stands.
  const user = typed ?? place.value.query.get('user') ?? again ?? '';
  const [password, setPassword] = useState('');
  const [device, setDevice] = useState<string | null>(null);
  const [seen, setSeen] = useState(false);
  const [tried, setTried] = useState(false);
  const [working, setWorking] = useState(false);
  const [trouble, setTrouble] = useState<SignInTrouble | null>(null);
  const deviceName = device ?? (user === '' ? words.deviceDefault : words.deviceOf(user));

  const submit = async () => {
    setTried(true);
    if (user.trim() === '' || password === '' || working) return;
    setWorking(true);
    setTrouble(null);
    const failed = await doors.signIn({
      username: user.trim(),
      password,
      device: deviceName.trim(),
    });
    setWorking(false);
    if (failed === null) onDone();
    else setTrouble(failed);
  };

  return (
    <Screen
      title={again === undefined ? t().app.name : words.title}
      {...(again === undefined ? {} : { back: '#/sync' })}
    >
      <form
        class="stack stack--wide"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
        noValidate
      >
        <p class="muted">{again === undefined ? words.intro : words.again}</p>
        {trouble !== null && (
          <p class="notice notice--warn" role="alert">
            {String(words[TROUBLE[trouble]])}
          </p>
        )}
        <TextField
          label={words.user}
          value={user}
          onChange={(value) => setTyped(value ?? '')}
          autocomplete="username"
          error={tried && user.trim() === '' ? words.needUser : undefined}
        />
        <TextField
          label={words.password}
          value={password}
          onChange={(value) => setPassword(value ?? '')}
          type={seen ? 'text' : 'password'}
          autocomplete="current-password"
          error={tried && password === '' ? words.needPassword : undefined}
        />
        <label class="check">
          <input
            type="checkbox"
            checked={seen}
            onChange={(event) => setSeen(event.currentTarget.checked)}
          />
          {words.show}
        </label>
        <TextField
          label={words.device}
          hint={words.deviceHint}
          value={deviceName}
          onChange={(value) => setDevice(value ?? '')}
        />
        <button
          type="submit"
          class="button button--primary button--big"
          aria-disabled={working ? 'true' : undefined}
        >
          <Icon name="check" />
          {working ? words.working : words.submit}
        </button>
      </form>
      <LanguageChips />
    </Screen>
  );
}
