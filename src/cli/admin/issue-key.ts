import { type FlagValues, flag, option } from "../args.ts";
import type { CommandContext } from "../command.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { momentCell } from "./cells.ts";
import { adminFlags, tellWhen, withAdmin } from "./open-admin.ts";
import { readApp, readCount, readEnd, readNames } from "./read-values.ts";
import { outFlag, showSecretOnce } from "./secret-file.ts";

/** Flags of a key that is issued. */
export const issueFlags = {
  app: option("TENANT/APP", "issue the key to this application: it works at once"),
  expires: option("TIME|DATE", "when it ends: after 90d, or with the day 2027-06-30 (UTC); default: never"),
  services: option("NAMES", "only what these services open"),
  models: option("NAMES", "only these models"),
  endpoints: option("NAMES", "only these endpoints: name, or name@version"),
  backends: option("NAMES", "only these backends: name, or name@version"),
  methods: option("NAMES", "only these HTTP methods"),
  "read-only": flag("only GET, HEAD and OPTIONS"),
  networks: option("CIDRS", "only from these networks, such as 10.0.0.0/8,2001:db8::/32"),
  "requests-per-minute": option("N", "a limit of its own"),
  out: outFlag,
  ...adminFlags,
};

/** What else is said of it. */
interface IssuedTo {
  readonly app: string;
  readonly environment: string;
  readonly name: string;
}

/** Issues a key to an application and shows its text once. */
export async function issueKey(
  flags: FlagValues<typeof issueFlags>,
  { app: reference, environment, name }: IssuedTo,
  context: CommandContext,
): Promise<ExitCode> {
  const { tenant, app } = readApp("app", reference);
  const expiresAtMs =
    flags.expires === undefined ? null : readEnd("expires", flags.expires, context.io.clock.now());
  const body = {
    ...{ app, name, environment, expiresAtMs },
    scope: {
      services: readNames("services", flags.services),
      models: readNames("models", flags.models),
      endpoints: readNames("endpoints", flags.endpoints),
      backends: readNames("backends", flags.backends),
      methods: readNames("methods", flags.methods)?.map((method) => method.toUpperCase()) ?? null,
      readOnly: flags["read-only"],
    },
    networks: readNames("networks", flags.networks),
    requestsPerMinute: readCount("requests-per-minute", flags["requests-per-minute"]),
  };
  return withAdmin(context, flags, async (admin) => {
    const make = () => admin.client.keys.create({ params: { tenant }, body });
    const { text, key } = await showSecretOnce(context, flags.out, make);
    const { ui } = context;
    const end =
      key.expiresAtMs === null ? "it does not expire" : `it expires at ${momentCell(key.expiresAtMs)}`;
    ui.err.line(`Key ${key.id} of ${tenant}/${app}; ${end}.`);
    tellText(flags.out, context);
    tellWhen(admin, context);
    ui.data(flags.out === undefined ? { text, key } : { file: flags.out, key });
    return exitCodes.ok;
  });
}

/** Says where the only copy of a text is. */
export function tellText(file: string | undefined, { ui }: CommandContext): void {
  ui.err.line(
    file === undefined
      ? "Its text is shown this once and stored nowhere."
      : `Its text is in ${file}, which only you can read, and nowhere else.`,
  );
}
