import { defineGateway, demo, model } from "latchkey/config";

const local = demo();

export default defineGateway({
  providers: { local },
  models: { fast: model({ targets: [local("echo")] }) },
  signIn: { link: false },
});
