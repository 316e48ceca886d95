import { defineGateway, model, openaiCompatible, service, tenant } from "latchkey/config";

const a = openaiCompatible({ baseUrl: "api.example.com/v1" });
const b = openaiCompatible({ baseUrl: "https://user:secret@example.com/v1" });
const c = openaiCompatible({ baseUrl: "https://example.com/v1?key=secret" });
const d = openaiCompatible({ baseUrl: "https://example.com/v1/chat/completions" });
const e = openaiCompatible({ baseUrl: "ftp://example.com" });
const f = openaiCompatible({ baseUrl: "https://example.com/v1/responses/" });
const price = { input: "0 USD", output: "0 USD" } as const;
const fast = model({
  targets: [
    a("x", { price }),
    b("x", { price }),
    c("x", { price }),
    d("x", { price }),
    e("x", { price }),
    f("x", { price }),
  ],
});
const team = tenant({ members: { "ops@example.com": "owner" } });
const texts = service({ owner: team, offers: [fast] });

export default defineGateway({
  providers: { a, b, c, d, e, f },
  models: { fast },
  services: { texts },
  tenants: { team },
});
