import type { SecretRef } from "../../kernel/secret.ts";
import type { GraphValue } from "../evaluate/graph.ts";
import type { Spot } from "../report.ts";
import { holdsCredential } from "../secrets/credential-shapes.ts";
import { mayBeSecret } from "../secrets/may-be-secret.ts";
import { describeValue, isTagged } from "./describe-value.ts";
import { lastName, type ReadContext, type Reader, text } from "./reader.ts";

/** A reference to a secret. A text in its place is never repeated. */
export const secret: Reader<SecretRef> = (value, at, context) => {
  const reference = secretIn(value, context);
  if (reference !== undefined) return checked(reference, at, context);
  const { report, graph } = context;
  if (typeof value === "string") {
    report.add("LK1313", `${lastName(at)} is a text; it takes a secret reference`, {
      at,
      secret: true,
      ...envSuggestion(value),
    });
  } else {
    report.add("LK1108", `${lastName(at)} is ${describeValue(value, graph)}; it takes a secret reference`, {
      at,
    });
  }
  return undefined;
};

/** A text that a provider gets. Ids may look random, so only what is a credential by its form is refused. */
export const providerText: Reader<string> = (value, at, context) => {
  const written = text(value, at, context);
  if (written === undefined || !holdsCredential(written)) return written;
  const name = at.path.length === 0 ? "the model id of a target" : lastName(at);
  context.report.add("LK1313", `${name} looks like a credential`, {
    at,
    ...(at.path.length === 0 ? {} : { secret: true }),
    suggestion: 'write `apiKey: env("NAME_OF_THE_VARIABLE")`',
  });
  return undefined;
};

/** The value of a header: a text, or a reference to a secret. */
export const headerValue: Reader<string | SecretRef> = (value, at, context) =>
  typeof value === "string" ? value : secret(value, at, context);

/** What looks like a variable's name is not secret, and was most likely meant as one. */
function envSuggestion(written: string): { readonly suggestion: string } {
  const isName = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(written) && written.length <= 64;
  return { suggestion: `write \`env(${isName ? JSON.stringify(written) : '"NAME_OF_THE_VARIABLE"'})\`` };
}

function secretIn(value: GraphValue, { graph }: ReadContext): SecretRef | undefined {
  if (!isTagged(value) || value.$ !== "declaration") return undefined;
  const declaration = graph.declarations[value.id];
  if (declaration?.kind !== "secret") return undefined;
  const { source, name } = declaration.fields;
  return {
    kind: "secret",
    source: source === "file" ? "file" : "env",
    name: typeof name === "string" ? name : "",
  };
}

function checked(reference: SecretRef, at: Spot, { report }: ReadContext): SecretRef | undefined {
  const { source, name } = reference;
  if (source === "env" && (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || mayBeSecret(name))) {
    report.add("LK1317", "env takes the name of an environment variable, not a value", { at, secret: true });
    return undefined;
  }
  if (source === "file" && holdsCredential(name)) {
    report.add("LK1317", "file takes a path, not a value", { at, secret: true });
    return undefined;
  }
  if (source === "file" && (name === "" || name.includes("\0"))) {
    report.add("LK1317", "file takes a path", { at });
    return undefined;
  }
  return reference;
}
