import { LatchkeyClientError } from "../../../sdk/client/index.ts";

/** The client error that a call ends in; anything else fails the test. */
export async function catchError(call: Promise<unknown>): Promise<LatchkeyClientError> {
  try {
    await call;
  } catch (error) {
    if (LatchkeyClientError.isInstance(error)) return error;
    throw error;
  }
  throw new Error("The call was expected to fail.");
}

/** Iterates to the end and gives all items. */
export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}
