import { Empty } from '../../parts/states';
import { Screen } from '../../parts/frame';
import { editOf } from '../../store/edits';
import { t } from '../../words';
import { currentNotice } from '../reference';
import { useStore } from '../phone';
import { back } from '../router';
import { SaveDock } from '../save_dock';
import { useSaving } from '../saving';
import type { HouseholdProps } from './routes';

/** The data notice, read out once per household; which version and when is recorded. */
export function Notice({ file }: HouseholdProps) {
  const store = useStore();
  const saving = useSaving();
  const words = t().household;
  const home = `/household/${file.household.id}`;
  const notice = currentNotice(store);
  const confirm = async () => {
    if (notice === null) return;
    const values = { notice_version: notice.version, notice_on: store.today() };
    if (await saving.save([editOf(file.household, values)])) back(home);
  };
  return (
    <Screen
      title={words.noticeTitle}
      back={`#${home}`}
      {...(notice === null
        ? {}
        : {
            dock: (
              <SaveDock label={words.noticeConfirm} {...saving} onSave={() => void confirm()} />
            ),
          })}
    >
      {notice === null ? (
        <Empty icon="note" title={words.noticeMissing} />
      ) : (
        <section class="card">
          {notice.text.split(/\n+/).map((paragraph, index) => (
            <p key={index}>{paragraph}</p>
          ))}
        </section>
      )}
    </Screen>
  );
}
