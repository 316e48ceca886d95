import type { AdminClient } from "../../admin/client/client-types.ts";
import { type FlagValues, option, usageError } from "../args.ts";
import type { CommandContext } from "../command.ts";
import { toCliError } from "./cli-error.ts";
import { openLocalAdmin } from "./local-admin.ts";
import { isOpenToOthers, readGateway, readToken, remoteAdmin } from "./remote-admin.ts";

/** Flags that say whose admin API is asked. */
export const adminFlags = {
  gateway: option(
    "URL",
    "ask this gateway, with the access token in LATCHKEY_TOKEN; default: the config's folder",
  ),
  token: option("@FILE", "file with the access token, in place of LATCHKEY_TOKEN"),
};

/** What is given where the admin API is asked. */
export type AdminFlags = FlagValues<typeof adminFlags>;

/** The admin API, wherever it is. */
export interface OpenAdmin {
  readonly client: AdminClient;
  /** Whether it is that of the config's folder, asked in this process. */
  readonly isLocal: boolean;
}

/**
 * Does something with the admin API: with that of a gateway where `--gateway` names one, else with that of the config's
 * folder.
 * @param actsFor address of the member for whom whoever owns the folder acts; only without `--gateway`
 * @throws LatchkeyError with the code that the API answers; LK-6103 for flags, LK-6004 without an artifact, LK-6105,
 * LK-6112 where the gateway does not answer
 */
export async function withAdmin<Result>(
  context: CommandContext,
  { gateway, token }: AdminFlags,
  work: (admin: OpenAdmin) => Promise<Result>,
  actsFor?: string,
): Promise<Result> {
  if (gateway === undefined && token !== undefined) {
    throw usageError("--token goes with --gateway URL: on the gateway's own machine no token is needed");
  }
  if (gateway !== undefined && actsFor !== undefined) {
    throw usageError("--for is for the gateway's own machine: at --gateway you act for yourself");
  }
  try {
    if (gateway !== undefined) {
      const baseUrl = readGateway(gateway);
      const client = remoteAdmin(baseUrl, readToken(context.io, token));
      if (isOpenToOthers(baseUrl)) {
        context.ui.err.line("warning: the access token goes to the gateway unencrypted; use https");
      }
      return await work({ client, isLocal: false });
    }
    const { client, close } = await openLocalAdmin(context, actsFor);
    try {
      return await work({ client, isLocal: true });
    } finally {
      await close();
    }
  } catch (thrown) {
    throw toCliError(thrown);
  }
}

/** Tells when a change is in force. A gateway that answers has put it in force already. */
export function tellWhen({ isLocal }: OpenAdmin, { ui }: CommandContext): void {
  if (isLocal) ui.err.line("A gateway that runs in this folder goes by it within 250 ms.");
}
