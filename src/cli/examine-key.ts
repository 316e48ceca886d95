import { parseApiKey } from "../kernel/api-key.ts";
import { sha256Hex } from "../kernel/hash.ts";
import type { FoundKey, Overlay } from "../overlay/overlay.ts";

/** What is known of a key that someone holds. */
export interface KeyFinding {
  /** Whether the gateway lets calls with it in. */
  readonly works: boolean;
  readonly wellFormed: boolean;
  readonly publicId: string | null;
  /** Where it is known from. */
  readonly known: "declared" | "issued" | null;
  readonly tenant: string | null;
  readonly app: string | null;
  /** Name of a declared key, label of an issued one. */
  readonly name: string | null;
  /** First moment at which it no longer works; null: never. */
  readonly expires: string | null;
  /** Networks in CIDR form that it works from; null: from anywhere. */
  readonly networks: readonly string[] | null;
  /** HTTP methods that it works for; null: any. */
  readonly methods: readonly string[] | null;
  readonly models: readonly string[];
  /** Endpoints with their versions. */
  readonly endpoints: readonly string[];
  /** Backends with their versions. */
  readonly backends: readonly string[];
  /** The same for people. */
  readonly lines: readonly string[];
}

const nothing = {
  works: false,
  publicId: null,
  known: null,
  tenant: null,
  app: null,
  name: null,
  expires: null,
  networks: null,
  methods: null,
  models: [],
  endpoints: [],
  backends: [],
} as const;

/** Looks a key up in what is in force, as the gateway does. */
export function examineKey(text: string, overlay: Overlay, nowMs: number): KeyFinding {
  const parts = parseApiKey(text);
  if (parts === undefined) {
    const lines = [
      "It is not a Latchkey key, or a character is wrong or missing: its checksum does not hold.",
    ];
    return { ...nothing, wellFormed: false, lines };
  }
  const key = overlay.findKey(sha256Hex(text));
  if (key === undefined) {
    const lines = [
      `Public id ${parts.publicId}; form and checksum are right.`,
      "No application has this key, or it was revoked.",
    ];
    return { ...nothing, wellFormed: true, publicId: parts.publicId, lines };
  }
  return describe(key, parts.publicId, overlay, nowMs);
}

function describe(
  { row, known, label, reach }: FoundKey,
  publicId: string,
  { index: { artifact } }: Overlay,
  nowMs: number,
): KeyFinding {
  const app = artifact.apps[row.app];
  const tenant = artifact.tenants[app?.tenant ?? -1]?.name ?? "";
  const appName = app?.name ?? "";
  const { expiresAtMs, networks, methods } = row;
  const expired = expiresAtMs !== null && expiresAtMs <= nowMs;
  const expires = expiresAtMs === null ? null : new Date(expiresAtMs).toISOString();
  const listed = (names: readonly string[]): string => names.join(", ") || "none";
  return {
    works: !expired,
    wellFormed: true,
    ...{ publicId, known, tenant, app: appName, name: label, expires, networks, methods },
    ...reach,
    lines: [
      `Public id ${publicId}; form and checksum are right.`,
      `${known === "declared" ? "Declared in the config" : "Issued by the gateway"} as ${tenant}/${appName}/${label}.`,
      expires === null ? "It does not expire." : `It ${expired ? "expired" : "expires"} at ${expires}.`,
      ...(networks === null ? [] : [`Networks: ${listed(networks)}.`]),
      ...(methods === null ? [] : [`Methods: ${listed(methods)}.`]),
      `Models: ${listed(reach.models)}.`,
      `Endpoints: ${listed(reach.endpoints)}.`,
      ...(artifact.backends.length === 0 ? [] : [`Backends: ${listed(reach.backends)}.`]),
    ],
  };
}
