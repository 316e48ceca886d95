import type { ArtifactOperation, ArtifactParameter } from "../../artifact/artifact.ts";
import { compareSchemas } from "../diff/schema/compare-schemas.ts";
import { fieldText } from "../diff/schema/comparison.ts";

type Body = NonNullable<ArtifactOperation["body"]>;

/** Requests that one operation allows and the one in its place does not, each as a phrase that names the field. */
export function operationBreaks(
  before: ArtifactOperation | null,
  after: ArtifactOperation | null,
): readonly string[] {
  if (after === null) return [];
  if (before === null) return demands(after) ? ["is checked against a document now, and was not"] : [];
  return [...parameterBreaks(before, after), ...bodyBreaks(before.body, after.body)];
}

/** Whether there is anything that a request could fail to meet, a path that is there aside. */
function demands({ parameters, body }: ArtifactOperation): boolean {
  return body !== null || parameters.some((one) => one.required || Object.keys(one.schema).length > 0);
}

function parameterBreaks(before: ArtifactOperation, after: ArtifactOperation): readonly string[] {
  const known = new Map(before.parameters.map((one) => [parameterKey(one), one]));
  return after.parameters.flatMap((one) => {
    const old = known.get(parameterKey(one));
    const where = `${one.in}.${one.name}`;
    // A parameter of the path is always there; under another name it is another one.
    if (old === undefined) return one.required && one.in !== "path" ? [`${where} is required now`] : [];
    return [
      ...(one.required && !old.required ? [`${where} is required now`] : []),
      ...(one.list === old.list ? [] : [`${where} is written as another kind of list`]),
      ...compareSchemas(old.schema, one.schema, "input").map((found) => fieldText(where, found)),
    ];
  });
}

/** Names of headers are the same in upper and lower case. */
function parameterKey({ in: place, name }: ArtifactParameter): string {
  return `${place} ${place === "header" ? name.toLowerCase() : name}`;
}

/** Without a body in the document, whatever is sent as one passes. */
function bodyBreaks(before: Body | null, after: Body | null): readonly string[] {
  if (after === null) return [];
  const required = after.required && before?.required !== true ? ["body is required now"] : [];
  if (before === null) return required.length > 0 ? required : ["body is checked now, and was not"];
  return [
    ...required,
    ...before.content.flatMap(({ mediaType, schema }) => {
      const taker = takerOf(after, mediaType);
      if (taker === undefined) return [`body may no longer be ${mediaType}`];
      if (taker.schema === null) return [];
      if (schema === null) return [`body of ${mediaType} is checked now, and was not`];
      return compareSchemas(schema, taker.schema, "input").map((found) => fieldText("body", found));
    }),
  ];
}

/** The exact type goes before one that stands for many. */
function takerOf({ content }: Body, mediaType: string): Body["content"][number] | undefined {
  const wanted = mediaType.toLowerCase();
  const named = (name: string) => content.find((one) => one.mediaType.toLowerCase() === name);
  return named(wanted) ?? named(`${wanted.split("/")[0]}/*`) ?? named("*/*");
}
