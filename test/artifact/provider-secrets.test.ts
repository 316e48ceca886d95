import { expect, test } from "bun:test";
import { secretsOfProvider } from "../../src/artifact/provider-secrets.ts";

const ref = (name: string) => ({ kind: "secret" as const, source: "env" as const, name });
const aws = { kind: "aws-sigv4" as const, service: "bedrock", region: "eu-central-1" };
const keys = { accessKeyId: ref("ID"), secretAccessKey: ref("KEY") };

test.each([
  [{ kind: "none" as const }, ""],
  [{ kind: "bearer" as const, token: ref("KEY") }, "KEY"],
  [{ kind: "header" as const, name: "x-api-key", value: ref("KEY") }, "KEY"],
  [{ ...aws, ...keys, sessionToken: null }, "ID KEY"],
  [{ ...aws, ...keys, sessionToken: ref("TOKEN") }, "ID KEY TOKEN"],
  [{ kind: "google-service-account" as const, credentials: ref("JSON") }, "JSON"],
  [
    {
      ...{ kind: "azure-entra" as const, authority: "https://login.example", scope: "all" },
      ...{ tenantId: ref("TENANT"), clientId: ref("CLIENT"), clientSecret: ref("SECRET") },
    },
    "TENANT CLIENT SECRET",
  ],
])("a provider's secrets are those of its credential and its headers: %j", (auth, names) => {
  const headers: [string, string | ReturnType<typeof ref>][] = [
    ["x-team", "texts"],
    ["x-other", ref("OTHER")],
  ];
  const found = secretsOfProvider({ auth, headers }).map(({ name }) => name);
  expect(found).toEqual([...names.split(" ").filter((name) => name !== ""), "OTHER"]);
});
