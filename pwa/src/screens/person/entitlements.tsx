import { Icon } from '../../parts/icon';
import type { HouseholdFile, Rec } from '../../store/face';
import { t, wordFor } from '../../words';
import { period } from './cards';

/** Dated rights of one person: merit, allowances, service in the forces. */
export function Entitlements({ file, member }: { file: HouseholdFile; member: Rec<'member'> }) {
  const words = t().entitlement;
  const rights = file.entitlements.filter((right) => file.memberOf(right) === member.id);
  const base = `#/person/${member.id}/entitlement`;
  return (
    <section class="card">
      <h2>{t().member.groups.rights}</h2>
      {rights.length === 0 && <p class="muted">{words.none}</p>}
      <ul class="stack">
        {rights.map(({ id, data }) => (
          <li key={id} class="row row--between">
            <span class="grow">
              <b>{wordFor('entitlement_kind', data.kind)}</b>
              <br />
              <small class="muted">
                {(data.valid_from != null || data.valid_to != null) &&
                  `${period(data.valid_from ?? null, data.valid_to ?? null)} · `}
                {wordFor('entitlement_evidence', data.evidence)}
              </small>
            </span>
            <a class="button button--quiet" href={`${base}/${id}`}>
              {t().card.edit}
            </a>
          </li>
        ))}
      </ul>
      <a class="button" href={base}>
        <Icon name="plus" />
        {words.add}
      </a>
    </section>
  );
}
