import { v7 as newCommandId } from 'uuid';
import { OperationFailed } from './failure.ts';

export type Submission<Input, Output> = Readonly<{ send(input: Input): Promise<Output> }>;

/**
 * Keeps the command id of one attempt until its outcome is certain. After a lost connection nobody knows whether the
 * service did it, so the next try carries the same id, even with changed input: the service then says
 * `command.replayed-differently` rather than doing it twice.
 */
export function createSubmission<Input, Output>(
  deliver: (input: Input, commandId: string) => Promise<Output>,
): Submission<Input, Output> {
  let commandId: string | undefined;

  async function send(input: Input): Promise<Output> {
    commandId ??= newCommandId();
    try {
      const output = await deliver(input, commandId);
      commandId = undefined;
      return output;
    } catch (error) {
      if (!isOutcomeUnknown(error)) commandId = undefined;
      throw error;
    }
  }

  return { send };
}

function isOutcomeUnknown(error: unknown): boolean {
  return error instanceof OperationFailed && error.code === 'connection.lost';
}
