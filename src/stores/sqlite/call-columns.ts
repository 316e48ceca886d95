/** Names of the values in `KindValues`. */
export const kindColumns = [
  "artifact",
  "tenant",
  "app",
  "key",
  "service",
  "endpoint",
  "model",
  "target",
  "method",
  "path",
  "status",
  "error_code",
  "stream",
  "attempts",
] as const;

/** Names of the values in `CallValues` after `kind`. */
export const callColumns = [
  "time",
  "request_id",
  "error_detail",
  "input_tokens",
  "output_tokens",
  "cache_read_tokens",
  "cache_write_tokens",
  "reasoning_tokens",
  "cost_nano_usd",
  "latency_us",
  "first_byte_us",
  "request_bytes",
  "response_bytes",
  "dropped",
  "usage_details",
  "changed",
] as const;
