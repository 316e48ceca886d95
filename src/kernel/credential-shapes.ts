/**
 * Credentials that are known by their form, as they stand in a text but not inside words: `sk-` also ends
 * "risk-assessment", and `sk-learn` is no key. Everything that looks backwards is bounded, so that no text makes it slow.
 */
export const credentialShapes: readonly RegExp[] = [
  // OpenAI, Anthropic, OpenRouter and those who write keys like them.
  /(?<![A-Za-z0-9])sk-(?:(?:proj|ant|or|svcacct|admin|live|test)-[\w-]{8,}|[A-Za-z0-9]{16,}|(?=[\w-]{0,24}\d)[\w-]{24,})/g,
  // Google: API keys and OAuth tokens.
  /(?<![A-Za-z0-9])AIza[\w-]{20,}/g,
  /(?<![A-Za-z0-9])ya29\.[\w.-]{8,}/g,
  // AWS: ids of access keys.
  /(?<![A-Za-z0-9])(?:AKIA|ASIA)[0-9A-Z]{16}/g,
  // Groq, Hugging Face, Replicate, Fireworks.
  /(?<![A-Za-z0-9])(?:gsk|hf|r8|fw)_[A-Za-z0-9]{16,}/g,
  // xAI, Perplexity, Cerebras, NVIDIA.
  /(?<![A-Za-z0-9])(?:xai|pplx|csk|nvapi)-[\w-]{16,}/g,
  // GitHub, GitLab, Slack, Stripe.
  /(?<![A-Za-z0-9])(?:gh[opsur]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{16,})/g,
  /(?<![A-Za-z0-9])xox[abeoprs]-[\w-]{10,}/g,
  /(?<![A-Za-z0-9])[rs]k_(?:live|test)_[A-Za-z0-9]{10,}/g,
  // Our own keys: see kernel/api-key.ts.
  /(?<![A-Za-z0-9])lk_[a-z0-9]{1,16}_[A-Za-z0-9]{12}_[A-Za-z0-9]*/g,
  // Our members' access tokens: see kernel/access-token.ts.
  /(?<![A-Za-z0-9])lkt_[A-Za-z0-9]{12}_[A-Za-z0-9]*/g,
  // JSON web tokens and private keys.
  /(?<![\w-])eyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g,
  /-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,20}PRIVATE KEY-----|$)/g,
  // The user part of a URL.
  /(?<=:\/\/[^\s/@:"'`]{0,64}:)[^\s/@"'`]+(?=@)/g,
  // A scheme of RFC 9110, section 11, and what follows it.
  /(?<=\bbearer\s{1,8})[\w.~+/-]{8,}=*/gi,
];
