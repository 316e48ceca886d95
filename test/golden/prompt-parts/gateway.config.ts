import {
  defineGateway,
  demo,
  endpoint,
  fragment,
  json,
  list,
  model,
  optional,
  prompt,
  service,
  tenant,
} from "latchkey/config";
import { z } from "zod";

const local = demo();
const fast = model({ targets: [local("echo")] });

const answer = endpoint({
  version: "1.0.0",
  model: fast,
  input: z.object({
    groups: z.array(z.object({ name: z.string(), members: z.array(z.string()) })),
    tags: z.array(z.string()),
    note: z.string().nullish(),
    meta: z.object({ count: z.int(), nested: z.object({ deep: z.boolean() }) }),
  }),
  prompt: ({ groups, tags, note, meta }) => [
    prompt.user`${list(groups, (group) => fragment`${group.name}: ${list(group.members, (member) => fragment`${member} of ${group.name} (${list(tags, (tag) => fragment`${tag}`)})`, { separator: ", " })}`)}
  ${optional(note, (text) => fragment`Note: ${text}`, fragment`No note`)}
  ${meta.count} ${meta.nested.deep} ${json(meta)} ${1 + 1}`,
  ],
});
const team = tenant({ members: { "ops@example.com": "owner" } });
const texts = service({ owner: team, offers: [answer], visibility: "everyone" });

export default defineGateway({
  providers: { local },
  models: { fast },
  endpoints: { answer },
  services: { texts },
  tenants: { team },
});
