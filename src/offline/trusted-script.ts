/**
 * The one place where an address becomes a script. The page's content security policy allows scripts from this site only,
 * and, where the browser knows Trusted Types, only those that came through here.
 */
interface Policy {
  createScriptURL(address: string): unknown;
}

let policy: Policy | undefined;

/** For `new Worker` and `serviceWorker.register`. Throws TypeError for a script of another site. */
export function trustedScript(address: string): string {
  const { trustedTypes } = globalThis as {
    trustedTypes?: { createPolicy(name: string, rules: { createScriptURL(address: string): string }): Policy };
  };
  policy ??= trustedTypes?.createPolicy('snowglobe', { createScriptURL: ownAddress }) ?? {
    createScriptURL: ownAddress,
  };
  return policy.createScriptURL(address) as string; // a TrustedScriptURL, which the types of TypeScript do not know
}

function ownAddress(address: string): string {
  const { origin, href } = new URL(address, document.baseURI);
  if (origin !== location.origin) throw new TypeError(`${href} is no script of this site.`);
  return href;
}
