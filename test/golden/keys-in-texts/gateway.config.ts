import { app, defineGateway, demo, endpoint, model, prompt, service, tenant } from "latchkey/config";
import { z } from "zod";

// Nobody's keys, in pieces so that no scanner of repositories takes them for real ones.
const token = `sk-proj-${"qT7vRz2LmX9c"}${"Wd4KfJ8sYb1Hn6Pg0UeA3oViZk5Qx"}${"rCt-MSwaEBlN"}`;
const google = `AIza${"SyD3kQ9vZr7Lm2Xc8Wd4Kf"}${"J6sYb1Hn5Pg0U"}`;
const aws = ["AKIA", "Q7RZ2LMX9CWD4KFJ"].join("");
const local = demo();
const fast = model({ targets: [local("echo")], summary: `Ask with ${google}` });
const answer = endpoint({
  version: "1.0.0",
  model: fast,
  input: z.object({ text: z.string().default(aws) }),
  prompt: ({ text }) => [
    prompt.system`Call the tool with ${token}.`,
    prompt.system`A key looks like sk-proj-0123456789abcdef, AKIAIOSFODNN7EXAMPLE or AIzaSyXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX.`,
    prompt.user`${text}`,
  ],
});
const team = tenant({ apps: { shop: app({ uses: () => [texts] }) } });
const texts = service({ owner: team, offers: [fast, answer] });

export default defineGateway({
  providers: { local },
  models: { fast },
  endpoints: { answer },
  services: { texts },
  tenants: { team },
});
