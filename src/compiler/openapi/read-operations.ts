import { httpMethods } from "../../../sdk/config/http-method.ts";
import type { ArtifactBackendRoute, ArtifactOperation, ArtifactParameter } from "../../artifact/artifact.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { anonymousPath, parameterNames, routePathProblem } from "../read/route-path.ts";
import { SchemaReader } from "./schema-reader.ts";

/**
 * Makes routes of an OpenAPI document's operations: https://spec.openapis.org/oas/v3.1.1.html#paths-object. What requests
 * must be is read; answers are not.
 */
export class OperationReader {
  readonly #document: JsonObject;
  readonly #schemas: SchemaReader;
  readonly #problems: string[] = [];
  readonly #limits: string[] = [];

  constructor(document: JsonObject) {
    this.#document = document;
    this.#schemas = new SchemaReader(document);
  }

  /** What is wrong with the document, as sentences without a full stop. */
  get problems(): readonly string[] {
    return [...new Set([...this.#problems, ...this.#schemas.problems])];
  }

  /** What is not checked. */
  get limits(): readonly string[] {
    return [...this.#limits, ...this.#schemas.limits];
  }

  /** One route for each operation, in the document's order. */
  routes(): ArtifactBackendRoute[] {
    const { paths } = this.#document;
    if (!isJsonObject(paths) || Object.keys(paths).length === 0) {
      this.#problems.push("it has no paths");
      return [];
    }
    const known = new Map<string, string>();
    return Object.entries(paths).flatMap(([path, written]) => {
      const item = this.#target(written, path);
      if (path.startsWith("x-") || !isJsonObject(item)) return [];
      const problem = routePathProblem(path) ?? (path.includes("*") ? "has a *" : undefined);
      if (problem !== undefined) this.#problems.push(`the path ${path} ${problem}`);
      const same = known.get(anonymousPath(path));
      if (same !== undefined) this.#problems.push(`the paths ${same} and ${path} are the same`);
      known.set(anonymousPath(path), path);
      return this.#pathRoutes(path, item);
    });
  }

  #pathRoutes(path: string, item: JsonObject): ArtifactBackendRoute[] {
    if ("trace" in item) this.#limits.push(`TRACE ${path} is not passed on`);
    return httpMethods.flatMap((method) => {
      const operation = item[method.toLowerCase()];
      if (!isJsonObject(operation)) return [];
      const read = this.#operation(`${method} ${path}`, path, item, operation);
      return [{ methods: [method], path, rewritePath: null, operation: read }];
    });
  }

  #operation(where: string, path: string, item: JsonObject, operation: JsonObject): ArtifactOperation {
    const { operationId, summary, deprecated } = operation;
    const parameters = this.#parameters(where, item["parameters"], operation["parameters"]);
    for (const { name, in: place } of parameters) {
      if (place === "path" && !parameterNames(path).includes(name))
        this.#problems.push(`${where} has the parameter ${name}, which its path does not have`);
    }
    return {
      operationId: typeof operationId === "string" ? operationId : null,
      summary: typeof summary === "string" ? summary : null,
      deprecated: deprecated === true,
      parameters,
      body: this.#body(where, operation["requestBody"]),
    };
  }

  /** An operation's own take the place of those of its path. */
  #parameters(where: string, ...lists: readonly unknown[]): ArtifactParameter[] {
    const found = new Map<string, ArtifactParameter>();
    for (const written of lists.flatMap((list) => (Array.isArray(list) ? list : []))) {
      const read = this.#parameter(where, this.#target(written, where));
      if (read !== undefined) found.set(`${read.in} ${read.name}`, read);
    }
    return [...found.values()];
  }

  #parameter(where: string, parameter: unknown): ArtifactParameter | undefined {
    if (!isJsonObject(parameter)) return undefined;
    const { name, in: place, required, style, explode, schema } = parameter;
    if (typeof name !== "string") {
      this.#problems.push(`${where} has a parameter without a name`);
      return undefined;
    }
    if (place !== "path" && place !== "query" && place !== "header") {
      this.#limits.push(`${where}: the ${typeof place === "string" ? place : "unplaced"} parameter ${name}`);
      return undefined;
    }
    const usual = place === "query" ? "form" : "simple";
    if (schema === undefined || (style !== undefined && style !== usual)) {
      this.#limits.push(`${where}: the form of the ${place} parameter ${name}`);
      return undefined;
    }
    const whole = this.#schemas.read(schema, `${where}, ${name}`);
    const { type, items = {} } = typeOf(whole);
    if (type === "object") {
      this.#limits.push(`${where}: the form of the ${place} parameter ${name}`);
      return undefined;
    }
    const isList = type === "array";
    const isRepeated = place === "query" && explode !== false;
    return {
      name: place === "header" ? name.toLowerCase() : name,
      in: place,
      required: place === "path" || required === true,
      list: isList ? (isRepeated ? "repeated" : "commas") : null,
      schema: isList ? { ...(isJsonObject(items) ? items : {}), ...definitionsOf(whole) } : whole,
    };
  }

  #body(where: string, written: unknown): ArtifactOperation["body"] {
    const body = this.#target(written, where);
    if (!isJsonObject(body) || !isJsonObject(body["content"])) return null;
    const content = Object.entries(body["content"]).map(([mediaType, media]) => {
      const schema = isJsonObject(media) ? media["schema"] : undefined;
      const isJson = /^application\/(?:[\w.+-]+\+)?json\b/i.test(mediaType);
      return {
        mediaType: mediaType.toLowerCase(),
        schema: isJson && schema !== undefined ? this.#schemas.read(schema, `${where}, body`) : null,
      };
    });
    return { required: body["required"] === true, content };
  }

  /** What a reference object points at, or the object itself. */
  #target(value: unknown, where: string): unknown {
    let target = value;
    for (let steps = 0; isJsonObject(target) && typeof target["$ref"] === "string"; steps++) {
      const reference = target["$ref"];
      target = steps > 16 ? undefined : this.#schemas.resolve(reference);
      if (target === undefined)
        this.#problems.push(`${where} refers to ${JSON.stringify(reference)}, which is not in the document`);
    }
    return target;
  }
}

/** A schema, or what it refers to if that is all. */
function typeOf(schema: JsonObject): JsonObject {
  const { $ref, $defs } = schema;
  if (typeof $ref !== "string" || !isJsonObject($defs)) return schema;
  const target = $defs[$ref.slice("#/$defs/".length)];
  return isJsonObject(target) ? target : schema;
}

function definitionsOf({ $defs }: JsonObject): JsonObject {
  return $defs === undefined ? {} : { $defs };
}
