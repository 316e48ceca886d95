/** A list as it is answered: a part, and where the next one begins. */
interface AnsweredPage<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/**
 * Everything of a list, page by page: `for await (const key of eachItem(client.keys.list, { params: { tenant } }))`.
 * Rejects as the operation does.
 */
export async function* eachItem<R extends { readonly query?: object }, T>(
  list: (request: R) => Promise<AnsweredPage<T>>,
  request: R,
): AsyncGenerator<T> {
  let next: string | null = null;
  do {
    const position: object = next === null ? {} : { cursor: next };
    const page: AnsweredPage<T> = await list({ ...request, query: { ...request.query, ...position } });
    yield* page.items;
    next = page.next;
  } while (next !== null);
}
