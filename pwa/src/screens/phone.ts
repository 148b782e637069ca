/* What every screen may reach: the store, the trips to the server, the app itself. */
import type { ReadonlySignal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { HouseholdFile, Store } from '../store/face';

export type SignInTrouble = 'wrong' | 'offline' | 'too_many' | 'server';

export interface SignInForm {
  username: string;
  password: string;
  device: string;
}

/** What lies outside the store: signing in, trips, the browser's promises, versions of the app. */
export interface Doors {
  signIn(form: SignInForm): Promise<SignInTrouble | null>;
  syncNow(): Promise<void>;
  askToKeep(): Promise<boolean>;
  usedBytes(): Promise<number | null>;
  updateReady: ReadonlySignal<boolean>;
  update(): void;
  /** After signing out: start over with nobody signed in. */
  leave(): void;
}

export interface Phone {
  store: Store;
  doors: Doors;
}

export const PhoneContext = createContext<Phone | null>(null);

export function usePhone(): Phone {
  const phone = useContext(PhoneContext);
  if (phone === null) throw new Error('a screen outside the phone');
  return phone;
}

export function useStore(): Store {
  return usePhone().store;
}

/** A household as it is to be shown, read again when it changes; undefined while it is read. */
export function useHousehold(id: string): HouseholdFile | null | undefined {
  const store = useStore();
  const [file, setFile] = useState<HouseholdFile | null | undefined>(undefined);
  useEffect(() => {
    let current = true;
    const read = () =>
      void store.household(id).then((read) => {
        if (current) setFile(read);
      });
    read();
    const stop = store.onChange((households) => {
      if (households.length === 0 || households.includes(id)) read();
    });
    return () => {
      current = false;
      stop();
    };
  }, [store, id]);
  return file;
}

/** The household a person belongs to, found through the person. */
export function usePersonHousehold(person: string): string | null | undefined {
  const store = useStore();
  const [household, setHousehold] = useState<string | null | undefined>(undefined);
  useEffect(() => {
    let current = true;
    void store.person(person).then((found) => {
      if (current) setHousehold(found === null ? null : found.file.household.id);
    });
    return () => {
      current = false;
    };
  }, [store, person]);
  return household;
}
