const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A text as it stands in HTML, between tags and in quoted attributes. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? "");
}

/**
 * The page behind a sign-in link. It uses the link up only when its button is pressed: programs that look at links
 * before people do (previews, scanners, prefetch) do no harm.
 * @param action path that the form is sent to
 */
export function signInPage(token: string, action: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign in to Latchkey</title>
<style>
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { display: grid; place-content: center; min-height: 90vh; text-align: center; }
button { font: inherit; padding: 0.5em 1.5em; }
</style>
</head>
<body>
<main>
<h1>Sign in to Latchkey</h1>
<form method="post" action="${escapeHtml(action)}">
<input type="hidden" name="token" value="${escapeHtml(token)}">
<button type="submit" autofocus>Sign in</button>
</form>
<p>This link works once.</p>
</main>
</body>
</html>
`;
}
