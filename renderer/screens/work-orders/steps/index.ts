/**
 * The steps that a work order's page offers as buttons, one line each. Which of them are possible, for this order and
 * this person, and their order is the domain's to say (`domain/work-orders/steps.ts`); a step without a line here has no
 * button. Texts: `workOrders.steps.<step>`.
 */
import { AppointStep } from './AppointStep.tsx';
import { AssignStep } from './AssignStep.tsx';
import { CancelStep } from './CancelStep.tsx';
import { CompleteStep, WithdrawCompletionStep } from './CompleteStep.tsx';
import {
  HandOverStep,
  NotifyReadyStep,
  RefundDepositStep,
  ReverseSettlementStep,
  TakeDepositStep,
} from './CounterSteps.tsx';
import { EditStep } from './EditStep.tsx';
import { FollowUpStep } from './FollowUpStep.tsx';
import { MaterialStep } from './MaterialStep.tsx';
import { PhotosStep } from './PhotosStep.tsx';
import { ReferStep } from '../../referrals/ReferStep.tsx';
import { ReworkStep } from './ReworkStep.tsx';
import { EscalateStep, GiveUpStep, WaitForPartsStep } from './ReasonStep.tsx';
import { UnAuditStep } from './UnAuditStep.tsx';
import type { StepWays } from './registry.ts';

export const STEP_WAYS: StepWays = {
  dispatch: { Dialog: AssignStep },
  accept: { act: 'workOrders.accept' },
  start: { act: 'workOrders.start' },
  appoint: { Dialog: AppointStep },
  complete: { Dialog: CompleteStep },
  materials: { Dialog: MaterialStep },
  'withdraw-completion': { Dialog: WithdrawCompletionStep },
  resume: { act: 'workOrders.resume' },
  audit: { path: ({ order }) => `/audit?order=${order.id}` },
  settle: { path: ({ order }) => `/settlement?order=${order.id}` },
  'notify-ready': { Dialog: NotifyReadyStep },
  'hand-over': { Dialog: HandOverStep },
  'wait-for-parts': { Dialog: WaitForPartsStep },
  escalate: { Dialog: EscalateStep },
  refer: { Dialog: ReferStep },
  reassign: { Dialog: AssignStep },
  reschedule: { Dialog: AppointStep },
  'add-photos': { Dialog: PhotosStep },
  edit: { Dialog: EditStep },
  withdraw: { act: 'dispatch.withdraw' },
  'give-up': { Dialog: GiveUpStep },
  'take-deposit': { Dialog: TakeDepositStep },
  'refund-deposit': { Dialog: RefundDepositStep },
  'follow-up': { Dialog: FollowUpStep },
  rework: { Dialog: ReworkStep },
  'un-audit': { Dialog: UnAuditStep },
  'reverse-settlement': { Dialog: ReverseSettlementStep },
  cancel: { Dialog: CancelStep },
};
