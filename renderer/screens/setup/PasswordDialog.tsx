import { App, Form } from 'antd';
import { useOperation } from '#renderer/api/hooks.ts';
import { PasswordInput } from '#renderer/app/PasswordInput.tsx';
import { useText } from '#renderer/text/react.ts';
import { Dialog, EntryForm } from '#renderer/ui/index.ts';
import type { Employee } from './employee.ts';

type Values = { password: string; repeated: string };

type Props = Readonly<{
  employee: Pick<Employee, 'id' | 'number' | 'name'>;
  /** They have none yet. */
  isFirst?: boolean;
  onClose: () => void;
}>;

/** A password for somebody else, who has to change it at the next sign-in. */
export function PasswordDialog({ employee, isFirst = false, onClose }: Props) {
  const t = useText();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const operation = useOperation('access.setPassword');
  const { id, number, name } = employee;

  function save({ password }: Values): void {
    operation.mutate(
      { employeeId: id, password },
      {
        onSuccess: () => {
          void message.success(t('setup.employees.passwordSet'));
          onClose();
        },
      },
    );
  }

  return (
    <Dialog isOpen width={420} title={t('setup.employees.passwordTitle', { number, name })} onClose={onClose}>
      <p className="mw-soft">
        {isFirst ? t('setup.employees.firstPasswordText', { name }) : t('setup.employees.passwordText')}
      </p>
      <EntryForm
        form={form}
        error={operation.error}
        isPending={operation.isPending}
        onCancel={onClose}
        onSubmit={save}
        submitText={t('setup.employees.setPassword')}
      >
        <Form.Item name="password" label={t('session.newPassword')} extra={t('session.passwordRule')}>
          <PasswordInput autoComplete="new-password" autoFocus />
        </Form.Item>
        <Form.Item
          name="repeated"
          label={t('session.repeatPassword')}
          dependencies={['password']}
          rules={[
            ({ getFieldValue }) => ({
              validator: async (_, repeated: string | undefined) => {
                if (repeated !== getFieldValue('password')) throw new Error(t('fieldRules.passwordsDiffer'));
              },
            }),
          ]}
        >
          <PasswordInput autoComplete="new-password" />
        </Form.Item>
      </EntryForm>
    </Dialog>
  );
}
