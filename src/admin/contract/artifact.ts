import { z } from "zod";
import { nothing } from "./names.ts";
import { operation } from "./operation.ts";
import { countSchema } from "./values.ts";

/** Tells what is in force. */
export const getArtifact = operation({
  name: "artifact.current",
  method: "GET",
  path: "/artifact",
  permission: "artifact.read",
  scope: "platform",
  summary: "The artifact in force: its hash, and how much it declares",
  params: nothing,
  query: nothing,
  body: null,
  output: z.strictObject({
    hash: z.string(),
    format: countSchema,
    counts: z.strictObject({
      providers: countSchema,
      models: countSchema,
      endpoints: countSchema,
      backends: countSchema,
      services: countSchema,
      tenants: countSchema,
      apps: countSchema,
      keys: countSchema,
    }),
  }),
  status: 200,
  affectsCalls: false,
});
