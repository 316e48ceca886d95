import type { Command, CommandTitle } from "../command.ts";

/** A command as the help lists it; its code is loaded when it is used. */
export interface CommandEntry extends CommandTitle {
  readonly load: () => Promise<Command>;
}

/** Every command, in the order in which one meets them. */
export const commandEntries: readonly CommandEntry[] = [
  {
    name: "init",
    summary: "Write a new project",
    load: async () => (await import("./init.ts")).init,
  },
  {
    name: "check",
    summary: "Compile the config and show what is wrong with it",
    load: async () => (await import("./check.ts")).check,
  },
  {
    name: "plan",
    summary: "Show what a changed config would change for whom",
    load: async () => (await import("./plan.ts")).plan,
  },
  {
    name: "build",
    summary: "Compile the config into an artifact",
    load: async () => (await import("./build.ts")).build,
  },
  {
    name: "start",
    summary: "Compile the config and serve it",
    load: async () => (await import("./start.ts")).start,
  },
  {
    name: "dev",
    summary: "Serve the config and take over each change as it is saved",
    load: async () => (await import("./dev.ts")).dev,
  },
  {
    name: "rollback",
    summary: "Make an earlier artifact the current one",
    load: async () => (await import("./rollback.ts")).rollback,
  },
  {
    name: "access",
    summary: "Show who may call what, and why",
    load: async () => (await import("./access.ts")).access,
  },
  {
    name: "keys",
    summary: "Make, list, rotate, revoke and examine keys",
    load: async () => (await import("./keys.ts")).keys,
  },
  {
    name: "services",
    summary: "Show what there is to subscribe to",
    load: async () => (await import("./services.ts")).services,
  },
  {
    name: "subscriptions",
    summary: "Ask for services, and see what your applications have",
    load: async () => (await import("./subscriptions.ts")).subscriptions,
  },
  {
    name: "approvals",
    summary: "Decide on what others ask for",
    load: async () => (await import("./approvals.ts")).approvals,
  },
  {
    name: "audit",
    summary: "Show who changed what, and whether the log holds",
    load: async () => (await import("./audit.ts")).audit,
  },
  {
    name: "tokens",
    summary: "Make, list and revoke your access tokens",
    load: async () => (await import("./tokens.ts")).tokens,
  },
  {
    name: "sign-in",
    summary: "Make a link that signs a member in once",
    load: async () => (await import("./sign-in.ts")).signIn,
  },
  {
    name: "logs",
    summary: "Show the call log",
    load: async () => (await import("./logs.ts")).logs,
  },
  {
    name: "models",
    summary: "List what is known of models: limits, abilities, prices",
    load: async () => (await import("./models.ts")).models,
  },
  {
    name: "explain",
    summary: "Explain an error code",
    load: async () => (await import("./explain.ts")).explain,
  },
  {
    name: "doctor",
    summary: "Look for what keeps the gateway from serving",
    load: async () => (await import("./doctor.ts")).doctor,
  },
];
