import { CheckOutlined } from '@ant-design/icons';
import { RIGHTS, type Right } from '#domain/access/rights.ts';
import { rightsOfRoles, ROLES } from '#domain/access/roles.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';

const AREAS = [
  'intake',
  'customers',
  'work',
  'dispatch',
  'job',
  'stock',
  'billing',
  'payroll',
  'reports',
  'organisation',
  'setup',
  'access',
  'other',
] as const;

type Area = (typeof AREAS)[number];

const EVERYONES = rightsOfRoles([]);
const RIGHTS_OF = new Map(ROLES.map((role) => [role, rightsOfRoles([role])]));

/** Rights by area; what everyone has needs no row. */
const RIGHTS_BY_AREA: readonly (readonly [Area, readonly Right[]])[] = AREAS.map((area) => [
  area,
  RIGHTS.filter((right) => !EVERYONES.has(right) && areaOf(right) === area),
]);

function areaOf(right: Right): Area {
  const prefix = right.slice(0, right.indexOf('.'));
  return AREAS.find((area) => area === prefix) ?? 'other';
}

/** Which role may do what, as it is: for whoever gives roles to people. */
export function RolesTab() {
  const t = useText();
  const people = useQueryOperation('access.listEmployees', {});
  const active = people.data?.employees.filter(({ isActive }) => isActive);
  return (
    <div className="mw-setup-matrix-box">
      <p className="mw-soft">{t('setup.roles.note')}</p>
      <table className="mw-setup-matrix">
        <thead>
          <tr>
            <th>{t('setup.roles.right')}</th>
            {ROLES.map((role) => (
              <th key={role} scope="col">
                {t(`roles.${role}`)}
                <small>{t(`setup.roles.about.${role}`)}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t('setup.roles.holders')}</th>
            {ROLES.map((role) => (
              <td key={role} className="is-mark">
                {active?.filter(({ roles }) => roles.includes(role)).length ?? ''}
              </td>
            ))}
          </tr>
          {RIGHTS_BY_AREA.filter(([, rights]) => rights.length > 0).map(([area, rights]) => (
            <AreaRows key={area} area={area} rights={rights} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function AreaRows({ area, rights }: Readonly<{ area: Area; rights: readonly Right[] }>) {
  const t = useText();
  return (
    <>
      <tr className="is-area">
        <th colSpan={ROLES.length + 1}>{t(`setup.roles.areas.${area}`)}</th>
      </tr>
      {rights.map((right) => (
        <tr key={right}>
          <th scope="row">{t(`rights.${right}`)}</th>
          {ROLES.map((role) => (
            <td key={role} className="is-mark">
              {RIGHTS_OF.get(role)?.has(right) && <CheckOutlined aria-label={t('setup.roles.may')} />}
            </td>
          ))}
        </tr>
      ))}
    </>
  );
}
