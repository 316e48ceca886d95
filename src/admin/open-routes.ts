/** Where people sign in. */
export const SIGN_IN_PATH = "/admin/sign-in";

/** What of signing in answers whoever asks: method and path, in which `:provider` is one segment. */
export const openSignInRoutes = [
  "GET /admin/sign-in",
  "GET /admin/sign-in/start",
  "GET /admin/sign-in/callback/:provider",
  "GET /admin/sign-in/link",
  "POST /admin/sign-in/link",
] as const;

/** What of the portal answers whoever asks, by leading them to signing in; `:id` is one segment. */
export const openPortalRoutes = ["GET /portal", "GET /portal/", "GET /portal/subscriptions/:id"] as const;
