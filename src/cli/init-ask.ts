import { confirm, isCancel, multiselect, text } from "@clack/prompts";
import type { InitChoices, InitProvider } from "./init-config.ts";
import type { Io } from "./io.ts";

const PACKAGE_NAME = /^[a-z0-9][a-z0-9._-]{0,213}$/;

/** Asks what a new project is to be made of; `undefined` when a question was left. */
export async function askChoices(io: Io, fallbackName: string): Promise<InitChoices | undefined> {
  const streams = { input: io.stdin, output: io.stdout };
  const name = await text({
    ...streams,
    message: "Name of the project",
    initialValue: fallbackName,
    validate: (value) =>
      PACKAGE_NAME.test(value ?? "") ? undefined : "Lower-case letters, digits, dots, dashes and underscores",
  });
  if (isCancel(name)) return undefined;
  const providers = await multiselect<InitProvider>({
    ...streams,
    message: "Providers beside the built-in demo (space selects)",
    required: false,
    initialValues: ["openai"],
    options: [
      { value: "openai", label: "OpenAI", hint: "OPENAI_API_KEY" },
      {
        value: "openai-compatible",
        label: "A server that speaks OpenAI's API",
        hint: "vLLM, Ollama and others",
      },
    ],
  });
  if (isCancel(providers)) return undefined;
  const endpoint = await confirm({
    ...streams,
    message: "Add an example endpoint with typed input and output?",
  });
  if (isCancel(endpoint)) return undefined;
  return { name, providers, endpoint };
}
