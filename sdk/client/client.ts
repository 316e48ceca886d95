import type { Gateway } from "../config/define-gateway.ts";
import { createChatMethod } from "./chat.ts";
import type { ClientOptions } from "./client-options.ts";
import { resolveClientSettings } from "./client-settings.ts";
import type { Client } from "./client-types.ts";
import { createEndpointMethod, type UntypedEndpoint } from "./endpoint-method.ts";
import { createModelsMethod } from "./models.ts";
import { Transport } from "./transport.ts";

/** With a method of this name an object would be taken for a promise, or write itself as JSON. */
const PROBED_NAMES: ReadonlySet<string> = new Set(["then", "toJSON"]);

/**
 * A client of a gateway. The types come from the config, which is not needed at run time: names are put into
 * paths as they are written.
 * @example
 * import type gateway from "./gateway.config.ts";
 * const client = createClient<typeof gateway>({ baseUrl: "http://127.0.0.1:8787", key });
 * const { label } = await client.sentiment({ text: "Lovely!" });
 * @throws TypeError for options that make no sense
 */
export function createClient<G = Gateway>(options: ClientOptions): Client<G> {
  const transport = new Transport(resolveClientSettings(options));
  const methods = new Map<string, UntypedEndpoint>();
  const endpoint = (name: string): UntypedEndpoint => {
    const method = methods.get(name) ?? createEndpointMethod(transport, name);
    methods.set(name, method);
    return method;
  };
  const builtIns = Object.freeze({
    chat: createChatMethod(transport),
    models: createModelsMethod(transport),
    endpoint,
  });
  const client = new Proxy(builtIns, {
    get: (target, property, receiver) =>
      typeof property === "symbol" || property in target || PROBED_NAMES.has(property)
        ? Reflect.get(target, property, receiver)
        : endpoint(property),
  });
  // What the proxy answers follows from names alone, so the type can only be asserted.
  return client as unknown as Client<G>;
}
