import { demo, model } from "latchkey/config";
import settings from "./settings.json";

export const local = demo();
export const fast = model({ summary: settings.summary, targets: [local("echo")] });
