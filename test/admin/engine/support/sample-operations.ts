import { z } from "zod";
import { operation } from "../../../../src/admin/contract/operation.ts";
import { type BoundOperation, bind } from "../../../../src/admin/operations/bound-operation.ts";
import { noSuchThing, requireVersion } from "../../../../src/admin/refusals.ts";
import { LatchkeyError } from "../../../../src/kernel/error.ts";

const none = z.strictObject({});
const ofTenant = z.strictObject({ tenant: z.string() });
const ofNote = z.strictObject({ tenant: z.string(), note: z.string().max(100) });
const note = z.object({ id: z.string(), title: z.string(), version: z.number().int() });

const me = operation({
  name: "self.get",
  method: "GET",
  path: "/me",
  permission: "self.read",
  scope: "self",
  summary: "Who you are",
  params: none,
  query: none,
  body: null,
  output: z.object({ address: z.string() }),
  status: 200,
  affectsCalls: false,
});

const check = operation({
  name: "platform.check",
  method: "POST",
  path: "/platform/check",
  permission: "platform.read",
  scope: "platform",
  summary: "Check the platform",
  params: none,
  query: none,
  body: null,
  output: z.object({ ok: z.boolean() }),
  status: 200,
  affectsCalls: false,
});

const list = operation({
  name: "notes.list",
  method: "GET",
  path: "/tenants/{tenant}/notes",
  permission: "key.read",
  scope: "tenant",
  summary: "List notes",
  params: ofTenant,
  query: z.strictObject({
    limit: z.number().int().min(1).max(200).default(50),
    tag: z.array(z.string().max(20)).default([]),
    open: z.boolean().optional(),
    state: z.enum(["new", "old"]).optional(),
  }),
  body: null,
  output: z.object({
    items: z.array(note),
    next: z.string().nullable(),
    asked: z.record(z.string(), z.unknown()),
  }),
  status: 200,
  affectsCalls: false,
});

const get = operation({
  name: "notes.get",
  method: "GET",
  path: "/tenants/{tenant}/notes/{note}",
  permission: "key.read",
  scope: "tenant",
  summary: "Read a note",
  params: ofNote,
  query: none,
  body: null,
  output: note,
  status: 200,
  affectsCalls: false,
});

const create = operation({
  name: "notes.create",
  method: "POST",
  path: "/tenants/{tenant}/notes",
  permission: "key.create",
  scope: "tenant",
  summary: "Write a note",
  params: ofTenant,
  query: none,
  body: z.strictObject({
    title: z.string().min(1).max(100),
    terms: z.strictObject({ models: z.array(z.string().max(10)).max(3).nullable() }).optional(),
    copies: z.number().int().min(1).optional(),
  }),
  output: z.object({ text: z.string(), note }),
  status: 201,
  affectsCalls: true,
  answersSecret: true,
});

const update = operation({
  name: "notes.update",
  method: "PATCH",
  path: "/tenants/{tenant}/notes/{note}",
  permission: "key.create",
  scope: "tenant",
  summary: "Change a note",
  params: ofNote,
  query: none,
  body: z.strictObject({ title: z.string().min(1).max(100).optional() }),
  output: note,
  status: 200,
  affectsCalls: false,
});

const remove = operation({
  name: "notes.remove",
  method: "DELETE",
  path: "/tenants/{tenant}/notes/{note}",
  permission: "key.revoke",
  scope: "tenant",
  summary: "Remove a note",
  params: ofNote,
  query: none,
  body: null,
  output: null,
  status: 204,
  affectsCalls: true,
});

interface Note {
  readonly id: string;
  title: string;
  version: number;
}

/** Operations on notes in memory, with a hand on what they do. */
export interface SampleOperations {
  readonly operations: readonly BoundOperation[];
  readonly notes: Map<string, Note>;
  /** Called at the start of `notes.create`; may throw or wait. */
  onCreate: () => Promise<void> | void;
  /** Names of the handlers that ran. */
  readonly ran: string[];
}

/** Makes them. */
export function sampleOperations(): SampleOperations {
  const notes = new Map<string, Note>([["first", { id: "first", title: "One", version: 3 }]]);
  const ran: string[] = [];
  const find = (id: string): Note => {
    const found = notes.get(id);
    if (found === undefined) throw noSuchThing("id");
    return found;
  };
  const sample: SampleOperations = {
    notes,
    ran,
    onCreate: () => {},
    operations: [
      bind(me, async ({ member }) => ({ address: member.address, secret: "lk_never_shown" })),
      bind(check, async () => ({ ok: true })),
      bind(list, async (_, { query }) => ({ items: [...notes.values()], next: null, asked: query })),
      bind(get, async (_, { params }) => find(params.note)),
      bind(create, async (_, { body }) => {
        ran.push("create");
        await sample.onCreate();
        if (body.title === "taken") throw new LatchkeyError("LK-2021", "The title is taken.");
        const made = { id: `note-${notes.size}`, title: body.title, version: 1 };
        notes.set(made.id, made);
        return { text: `secret of ${made.id}`, note: made };
      }),
      bind(update, async ({ version }, { params, body }) => {
        ran.push("update");
        const found = find(params.note);
        requireVersion(found, version);
        found.title = body.title ?? found.title;
        found.version++;
        return { ...found };
      }),
      bind(remove, async (_, { params }) => {
        ran.push("remove");
        notes.delete(find(params.note).id);
        return null;
      }),
    ],
  };
  return sample;
}
