/** OpenAI's categories. Source: https://platform.openai.com/docs/guides/moderation#content-classifications */
export const openaiCategories: readonly string[] = [
  "harassment",
  "harassment/threatening",
  "sexual",
  "hate",
  "hate/threatening",
  "illicit",
  "illicit/violent",
  "self-harm/intent",
  "self-harm/instructions",
  "self-harm",
  "sexual/minors",
  "violence",
  "violence/graphic",
];

/**
 * Mistral's categories by the ones of OpenAI that mean the same.
 * Source: https://docs.mistral.ai/capabilities/guardrailing/
 */
export const mistralToOpenai: Readonly<Record<string, string>> = {
  sexual: "sexual",
  hate_and_discrimination: "hate",
  violence_and_threats: "violence",
  dangerous_and_criminal_content: "illicit",
  criminal: "illicit",
  selfharm: "self-harm",
};

/**
 * Topics of Mistral's that are no harm: whoever blocks what is flagged does not mean to block a question about health.
 * They are told by their names and flag nothing.
 */
export const mistralTopics: readonly string[] = ["health", "financial", "law", "pii"];
