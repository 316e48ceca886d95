import { findCredentials } from "./credential-shapes.ts";

/**
 * Credentials as their vendors make them, from the first character to the last. That a text which nobody made as a key has
 * this form is next to impossible, unlike with the shorter `credentialShapes`.
 */
const WHOLE: readonly RegExp[] = [
  // Anthropic, OpenRouter, OpenAI and those who write keys like it.
  /^sk-ant-(?:api|admin|oat)\d\d-[\w-]{80,}$/,
  /^sk-or-v1-[0-9a-f]{64}$/,
  /^sk-(?:proj|svcacct|admin)-[\w-]{40,}$/,
  /^sk-(?:[A-Za-z0-9]{48}|[0-9a-f]{32})$/,
  // Google, AWS.
  /^AIza[\w-]{35}$/,
  /^(?:AKIA|ASIA)[0-9A-Z]{16}$/,
  // Groq, Hugging Face, Replicate, xAI, Perplexity, NVIDIA.
  /^gsk_[A-Za-z0-9]{52}$/,
  /^hf_[A-Za-z0-9]{34}$/,
  /^r8_[A-Za-z0-9]{37}$/,
  /^xai-[A-Za-z0-9]{80}$/,
  /^pplx-[A-Za-z0-9]{48}$/,
  /^nvapi-[\w-]{64}$/,
  // GitHub, GitLab, Slack, Stripe.
  /^gh[opsur]_[A-Za-z0-9]{36}$/,
  /^github_pat_\w{82}$/,
  /^glpat-[\w-]{20}$/,
  /^xox[bp]-\d{10,13}-\d{10,13}-[A-Za-z0-9-]{24,}$/,
  /^[rs]k_live_[A-Za-z0-9]{24,}$/,
  // Our own: see kernel/api-key.ts.
  /^lk_[a-z0-9]{1,16}_[A-Za-z0-9]{12}_[A-Za-z0-9]{43,}$/,
  /^-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----(?:\s|\\n)*[A-Za-z0-9+/=]{40,}/,
];

/** What people write into examples: no vendor's dice would fall so. */
const MADE_UP =
  /example|placeholder|your[-_]|dummy|redacted|([^-])\1{4}|([^-]{2})\2{3}|0123456|1234567|abcdefg/i;

/** Whether a text holds a key that is whole and looks real: one for an example is not taken for it. */
export function holdsWholeKey(text: string): boolean {
  return findCredentials(text)
    .map(({ start, end }) => text.slice(start, end))
    .some((found) => WHOLE.some((shape) => shape.test(found)) && !MADE_UP.test(found));
}
