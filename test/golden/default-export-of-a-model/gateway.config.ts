import { demo, model } from "latchkey/config";

const local = demo();

export default model({ targets: [local("echo")] });
