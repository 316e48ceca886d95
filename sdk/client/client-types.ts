import type { Gateway } from "../config/define-gateway.ts";
import type { EndpointInput, EndpointOutput, GatewayEndpoints, GatewayModelName } from "../config/infer.ts";
import type { ChatMethod } from "./chat.ts";
import type { EndpointVersion, UntypedEndpoint } from "./endpoint-method.ts";
import type { ModelsMethod } from "./models.ts";

/** Whether a client was made without a gateway's type. */
type IsUntyped<G> = Gateway extends G ? true : false;

type VersionOf<E> = EndpointVersion<EndpointInput<E>, EndpointOutput<E>>;

/** An endpoint with its major versions as properties. */
type MethodOf<Entry> = Entry extends { readonly current: infer Current; readonly versions: infer Versions }
  ? VersionOf<Current> & { readonly [Major in keyof Versions]: VersionOf<Versions[Major]> }
  : never;

/** Names of a gateway's endpoints. */
export type EndpointName<G> = IsUntyped<G> extends true ? string : Extract<keyof GatewayEndpoints<G>, string>;

/** The method of one endpoint. */
export type EndpointMethod<G, Name extends EndpointName<G>> =
  IsUntyped<G> extends true
    ? UntypedEndpoint & { readonly [Major in `v${number}`]: UntypedEndpoint }
    : Name extends keyof GatewayEndpoints<G>
      ? MethodOf<GatewayEndpoints<G>[Name]>
      : never;

/** What every client has besides its endpoints. */
interface BuiltIns<G> {
  /** Chat completions by a model of the gateway. */
  readonly chat: ChatMethod<IsUntyped<G> extends true ? string : GatewayModelName<G>>;
  /** The models that the key may use. */
  readonly models: ModelsMethod;
  /** An endpoint by name: for names that are taken here, such as `chat`, or known only at run time. */
  endpoint<Name extends EndpointName<G>>(name: Name): EndpointMethod<G, Name>;
}

/**
 * Names that are no endpoint on the client itself: its own, those that promises and `JSON.stringify` look for,
 * and those that every object has.
 */
type ReservedName = keyof BuiltIns<Gateway> | "then" | "toJSON" | keyof typeof Object.prototype;

/** A client of the gateway of type `G`: a method for each of its endpoints, and the built-in ones. */
export type Client<G = Gateway> = BuiltIns<G> & {
  readonly [Name in keyof GatewayEndpoints<G> as Exclude<Name, ReservedName>]: MethodOf<
    GatewayEndpoints<G>[Name]
  >;
};
