/**
 * OAuth 2.0 access tokens (JWT as RFC 9068 has it): what a bot must show before it may use a scope that policy guards.
 * Keys come from a pinned JWKS file, which a process of its own keeps up to date where a URL is configured: this one
 * never speaks HTTP. For the control agent; the gateway thread sees only the scopes and the expiry that come out.
 *
 * <pre>
 *   identity provider --HTTPS--&gt; countersign jwks follow --rename--&gt; JWKS file --&gt; JwksFile --&gt; verifier
 *                                (child: JwksProcess)                             looks once a second
 * </pre>
 *
 * A key set stays in force until a whole and sound one replaces it:
 *
 * <pre>
 *   start --file sound--&gt; IN FORCE --file changed and sound--&gt; IN FORCE, with the new keys
 *     |                     ^  |
 *     | file missing or     |  +--file changed and not sound--&gt; IN FORCE, with the old keys; told once
 *     | not sound           |
 *     +--&gt; refused (a URL: only after 10 s in which the helper did not bring it)
 * </pre>
 */
package io.countersign.gateway.access;
